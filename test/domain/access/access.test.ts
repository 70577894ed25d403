import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { COMMON_PASSWORDS } from "../../../src/access/common-passwords.ts";
import { createCipher, digestOfCode, newCode } from "../../../src/access/secrets.ts";
import { LOGIN, loginFor } from "../../../src/domain/access/accounts.ts";
import { CHAIN_START, chained, firstBreak } from "../../../src/domain/access/audit-chain.ts";
import { passwordProblem } from "../../../src/domain/access/password.ts";
import { endOfSession, stageAfterPassword } from "../../../src/domain/access/session.ts";
import { afterFailure, type Failures, waitUntil } from "../../../src/domain/access/throttle.ts";

const problem = (password: string) =>
  passwordProblem(password, { common: COMMON_PASSWORDS, own: ["lugova.ap", "Лугова"] });

describe("a new password", () => {
  it("has at least twelve characters, counted as people count", () => {
    expect(problem("дождь по крыше")).toBeNull();
    expect(problem("коротко")).toContain("короче 12");
    expect(problem("🙂".repeat(11))).toContain("короче 12");
    expect(problem("ветер ".repeat(40))).toContain("длиннее");
  });

  it.each(["1qaz2wsx3edc", "Qwerty123456", "GFHJKMGFHJKM", "qwerty123456!!", "ghjcnjgfhjkm"])(
    "is none of the commonest: %s",
    (password) => {
      expect(problem(password)).toContain("распространённых");
    },
  );

  it.each(["aaaaaaaaaaaa", "абвабвабвабв", "12345678901234", "абвгдежзийкл"])("is no pattern: %s", (password) => {
    expect(problem(password)).not.toBeNull();
  });

  it.each(["Сверка2026!!", "школа-журнал-1", "Admin20262026", "gfhjkm.gfhjkm", "завуч12345678"])(
    "is not made of the words of the house: %s",
    (password) => {
      expect(problem(password)).not.toBeNull();
    },
  );

  it("may hold such a word among others", () => {
    for (const password of ["журнал пахнет краской", "школа за синим лесом"]) expect(problem(password)).toBeNull();
  });

  it("is not one's own name", () => {
    expect(problem("lugova.ap2026")).toContain("логина");
    expect(problem("лугова говорит о погоде")).toBeNull();
  });
});

describe("failed attempts", () => {
  const grown = (count: number): Failures => {
    let known: Failures | null = null;
    for (let i = 0; i < count; i++) known = afterFailure(known, 0);
    return known ?? { failures: 0, lastAt: 0 };
  };

  it("make the wait double, up to a limit and never for ever", () => {
    const waits = [1, 2, 3, 4, 5, 6, 12, 100, 100_000].map((count) =>
      waitUntil("account-and-address", grown(Math.min(count, 200))),
    );
    expect(waits).toEqual([0, 0, 1000, 2000, 4000, 8000, 512_000, 900_000, 900_000]);
  });

  it("of strangers elsewhere keep the owner out for half a minute at most", () => {
    expect(waitUntil("account", grown(1000))).toBe(30_000);
  });

  it("are forgotten after a day", () => {
    expect(afterFailure({ failures: 50, lastAt: 0 }, 24 * 3_600_000 + 1)).toMatchObject({ failures: 1 });
  });
});

describe("a session", () => {
  const limits = { idleMs: 1000, absoluteMs: 5000 };
  const session = { createdAt: 0, seenAt: 4000, endedAt: null };
  it("ends when idle, when old, and when ended", () => {
    expect(endOfSession(session, limits, 4999)).toBeNull();
    expect(endOfSession(session, limits, 5000)).toBe("absolute");
    expect(endOfSession({ ...session, seenAt: 100 }, limits, 1100)).toBe("idle");
    expect(endOfSession({ ...session, endedAt: 1 }, limits, 4500)).toBe("ended");
  });

  it("waits for the second factor where there is one or has to be", () => {
    expect(stageAfterPassword({ hasTotp: true, mustHaveTotp: true })).toBe("code");
    expect(stageAfterPassword({ hasTotp: false, mustHaveTotp: true })).toBe("setup");
    expect(stageAfterPassword({ hasTotp: false, mustHaveTotp: false })).toBe("full");
  });
});

describe("the audit chain", () => {
  const hash = (text: string) => createHash("sha256").update(text).digest("hex");
  const line = (number: number) => ({
    schoolId: 1,
    number,
    at: number * 1000,
    accountId: 7,
    action: "findings.see",
    object: `finding/${number}`,
    details: "{}",
    address: "127.0.0.1",
  });
  const chain: ReturnType<typeof chained>[] = [];
  for (const number of [1, 2, 3, 4]) chain.push(chained(line(number), chain.at(-1)?.hash ?? CHAIN_START, hash));
  const start = { number: 0, hash: CHAIN_START };

  it("holds as it was written", () => expect(firstBreak(chain, start, hash)).toBeNull());

  it("breaks where a line was changed, taken out, exchanged or written anew", () => {
    const [one, two, three, four] = chain;
    if (!one || !two || !three || !four) throw new Error("four lines");
    expect(firstBreak([one, { ...two, accountId: 8 }, three], start, hash)).toEqual({ number: 2, what: "content" });
    expect(firstBreak([one, three, four], start, hash)).toEqual({ number: 2, what: "gap" });
    expect(firstBreak([one, { ...three, number: 2 }, four], start, hash)).toEqual({ number: 2, what: "link" });
    expect(firstBreak([one, chained({ ...line(2), accountId: 8 }, one.hash, hash), three], start, hash)).toEqual({
      number: 3,
      what: "link",
    });
  });
});

describe("logins and codes", () => {
  it("offers a login from the name", () => {
    expect(loginFor("Лугова Анна Петровна")).toBe("lugova.ap");
    expect(loginFor("Щукин И. Ю.")).toBe("schukin.iy");
    for (const name of ["Ёжикова Ж. Ъ.", "Полев"]) expect(loginFor(name)).toMatch(LOGIN);
  });

  it("takes a code however it is typed", () => {
    const code = newCode();
    expect(code).toMatch(/^([A-Z2-7]{4}-){5}[A-Z2-7]{4}$/);
    expect(digestOfCode(` ${code.toLowerCase().replaceAll("-", " ")} `)).toBe(digestOfCode(code));
    expect(digestOfCode(code.replaceAll("O", "0").replaceAll("I", "1").replaceAll("A", "А"))).toBe(digestOfCode(code));
  });

  it("opens a sealed secret for its owner and key only", () => {
    const cipher = createCipher(Buffer.alloc(32, 1));
    const sealed = cipher.seal(Buffer.from("тайна"), "totp/1");
    expect(cipher.open(sealed, "totp/1")?.toString()).toBe("тайна");
    expect(cipher.open(sealed, "totp/2")).toBeNull();
    expect(createCipher(Buffer.alloc(32, 2)).open(sealed, "totp/1")).toBeNull();
    expect(cipher.open(Buffer.from("x"), "totp/1")).toBeNull();
  });
});
