import { SverkaError } from "../../src/domain/error.ts";
import type { Oddity } from "../../src/ports/journal.ts";
import { abortable } from "./concurrently.ts";
import { lookOf } from "./emptiness.ts";
import { answerError, lostError } from "./errors.ts";
import type { Form } from "./exchange.ts";
import type { Answer, Http } from "./http.ts";
import { parseLiterals } from "./literals.ts";
import { createProver } from "./proof.ts";
import { type Note, readRows } from "./rows.ts";
import { userData } from "./wire/account.ts";

/** What is asked of a journal after signing in. Every method throws `SverkaError`s of the journal, or the signal's reason. */
export interface Asker {
  /** One action's answer, whole by its look; empty answers are given back as they came, unproved. */
  ask(action: string, form: Form | null, signal: AbortSignal): Promise<Answer>;
  /** Proves that the sign-in holds, by a question that begins now or later. Throws `journal-lost` when it does not. */
  prove(signal: AbortSignal): Promise<void>;
  /** Where a reader's oddities of one action go. */
  note(where: string): Note;
  /** Whether no page can be had any more, so that the pass must end. */
  isFatal(error: unknown): boolean;
  readonly oddities: readonly Oddity[];
}

export interface AskerNeeds {
  readonly http: Http;
  readonly cookies: string;
  /** Ends with the pass. */
  readonly lifetime: AbortSignal;
}

const FATAL: ReadonlySet<string> = new Set(["journal-lost", "journal-time"]);

export function createAsker({ http, cookies, lifetime }: AskerNeeds): Asker {
  const oddities = new Map<string, Oddity & { readonly times: number }>();
  let lost: SverkaError | null = null;

  const note =
    (where: string): Note =>
    (code, sentence) => {
      const key = `${code}/${where}`;
      const times = (oddities.get(key)?.times ?? 0) + 1;
      oddities.set(key, { code, where, sentence, times });
    };

  const send = (action: string, form: Form | null, signal: AbortSignal): Promise<Answer> => {
    // The journal no longer takes this password: another call with it could lock the account.
    if (lost !== null) return Promise.reject(lost);
    return http.call({ path: `act/${action}`, form, cookies, signal, check: checkWhole });
  };

  const holds = async (): Promise<boolean> => {
    const { bytes } = await send(userData.action, null, lifetime);
    const look = lookOf(bytes);
    if (look === "empty" || look === "denied") return false;
    if (readRows(bytes.toString("utf8"), userData, note(userData.action)).rows.length > 0) return true;
    throw answerError(userData.action);
  };

  const proof = createProver(async () => {
    // One look more, in case this very answer was a hiccup; then the sign-in is lost for good.
    if ((await holds()) || (await holds())) return;
    lost = lostError();
    throw lost;
  });
  const prove = (signal: AbortSignal) => abortable(proof, signal);

  const ask = async (action: string, form: Form | null, signal: AbortSignal): Promise<Answer> => {
    const answer = await send(action, form, signal);
    if (Math.abs(answer.ahead) > MINUTE_MS) note("Date")("clocks-differ", CLOCKS_DIFFER);
    if (lookOf(answer.bytes) !== "denied") return answer;
    await prove(signal);
    throw answerError(`отказ на ${action}`);
  };

  return {
    ask,
    prove,
    note,
    isFatal: (error) => !(error instanceof SverkaError) || FATAL.has(error.code) || http.gone !== null || lost !== null,
    get oddities() {
      return [...oddities.values()].map(({ times, ...oddity }) =>
        times === 1 ? oddity : { ...oddity, sentence: `${oddity.sentence} Таких случаев: ${times}.` },
      );
    },
  };
}

const MINUTE_MS = 60_000;
const CLOCKS_DIFFER =
  "Часы этого компьютера и журнала расходятся больше чем на минуту, поэтому доказано меньше: проверьте дату и время на компьютере.";

/** A cut-off answer, a proxy's page or garbage is worth another try. Throws `journal-answer`. */
function checkWhole(bytes: Buffer): void {
  if (lookOf(bytes) === "broken") parseLiterals(bytes.toString("utf8"));
}
