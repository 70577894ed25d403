import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const argon2Async = promisify(argon2);

/** RFC 9106 and OWASP: 19 MiB, two rounds, one lane. They stand in each hash, so that they may grow later. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 };
const TAG = 32;
/** Each takes 19 MiB and a processor: more at once only make all of them slow. */
const AT_ONCE = 2;

let running = 0;
const waiting: (() => void)[] = [];

/** Argon2id in PHC form: `$argon2id$v=19$m=…,t=…,p=…$salt$tag`. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const tag = await tagOf(password, nonce, COST);
  const base64 = (bytes: Buffer) => bytes.toString("base64").replace(/=+$/, "");
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${base64(nonce)}$${base64(tag)}`;
}

/** Whether it is the password of the hash. Without a hash it takes as long and says no: nobody learns by the time which logins there are. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(hash ?? "");
  if (parts === null) {
    await tagOf(password, randomBytes(16), COST);
    return false;
  }
  const [, memory, passes, parallelism, nonce = "", tag = ""] = parts;
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  return timingSafeEqual(await tagOf(password, Buffer.from(nonce, "base64"), cost), Buffer.from(tag, "base64"));
}

async function tagOf(
  password: string,
  nonce: Buffer,
  cost: Pick<Argon2Parameters, "memory" | "passes" | "parallelism">,
): Promise<Buffer> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    // One password however the keyboard composes its letters.
    return await argon2Async("argon2id", { message: password.normalize("NFKC"), nonce, tagLength: TAG, ...cost });
  } finally {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}
