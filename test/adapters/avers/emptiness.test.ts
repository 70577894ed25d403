import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lookOf } from "../../../adapters/avers/emptiness.ts";
import { createProver } from "../../../adapters/avers/proof.ts";
import {
  type Asked,
  fakeJournal,
  gather,
  HEALTHY,
  NOON,
  pageOf,
  type Reply,
  testJournal,
  want,
} from "./support/fake.ts";

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

const LESSON = '[[1,null,1,null,"Тема",0,null,new Date(2026,9,5),null,null,0,0,null,"",12,0]]';
const USER = HEALTHY.GET_USER_DATA ?? "";

async function sign(replies: Record<string, Reply | ((asked: Asked) => Reply)> = {}, options = {}) {
  const fake = fakeJournal(replies);
  const { journal, logged } = testJournal(options);
  const session = await journal.signIn();
  const before = fake.asked.length;
  return { fake, session, logged, since: () => fake.asked.slice(before).map(({ action }) => action) };
}

describe("an empty answer", () => {
  it("of lessons and entries is asked for three times, with proofs of the sign-in between and after", async () => {
    for (const [kind, action] of [
      ["lessons", "GET_STUDENT_LESSONS"],
      ["entries", "GET_STUDENT_JOURNAL_DATA"],
    ] as const) {
      const { session, since } = await sign();
      const page = await pageOf(session, kind);
      expect(page.read()).toEqual({ rows: [], refused: 0 });
      expect(since()).toEqual([action, "GET_USER_DATA", action, "GET_USER_DATA", action, "GET_USER_DATA"]);
      nock.cleanAll();
    }
  });

  it("is dated by the ask that stands between two proofs and is confirmed, until the last answer", async () => {
    // The clock ticks a second at each look: askedAt and answeredAt of every request.
    let ticks = 0;
    const asked: number[] = [];
    const proved: number[] = [];
    const { session } = await sign(
      {
        GET_STUDENT_LESSONS: () => {
          asked.push(NOON + ticks * 1000);
          return "[]";
        },
        GET_USER_DATA: () => {
          proved.push(NOON + ticks * 1000);
          return USER;
        },
      },
      { clock: { now: () => NOON + ++ticks * 1000 } },
    );
    const page = await pageOf(session, "lessons");
    const [first = 0, second = 0, third = 0] = asked;
    const proofs = proved.slice(1);
    expect(page.askedAt).toBe(second);
    expect(page.askedAt).toBeGreaterThan(proofs[0] ?? 0);
    expect(page.answeredAt).toBe(third + 1000);
    expect(page.answeredAt).toBeLessThan(proofs[2] ?? 0);
    expect(first).toBeLessThan(second);
  });

  it("that turns out not to be empty is the page, with its own instants", async () => {
    for (const attempt of [2, 3]) {
      const { session } = await sign({ GET_STUDENT_LESSONS: ({ times }) => (times >= attempt ? LESSON : "[]") });
      const page = await pageOf(session, "lessons");
      expect(page.read().rows).toHaveLength(1);
      expect(page.answeredAt - page.askedAt).toBe(1000);
      nock.cleanAll();
    }
  });

  it("of other pages needs one proof, which many share", async () => {
    const { session, since } = await sign();
    const wanted = Array.from({ length: 30 }, (_, i) => want(i % 2 ? "finals" : "messages", `${i}`));
    expect(await gather(session, wanted)).toHaveLength(30);
    expect(since().filter((action) => action === "GET_USER_DATA")).toHaveLength(1);
    expect(since()).toHaveLength(31);
    expect(since().at(-1)).toBe("GET_USER_DATA");
  });

  it.each(["[[]]", " [ ] ;\r\n", "\ufeff[]", "[[],[]]"])("may be spelt %j", async (body) => {
    const { session, since } = await sign({ GET_STUDENT_LESSONS: body });
    const { digest, read } = await pageOf(session, "lessons");
    expect(read().rows).toEqual([]);
    expect(since()).toHaveLength(6);
    nock.cleanAll();
    const plain = await sign();
    expect((await pageOf(plain.session, "lessons")).digest).toBe(digest);
  });

  it("is believed when only the first proof hiccuped", async () => {
    const { session, since } = await sign({ GET_USER_DATA: ({ times }) => (times === 2 ? "[]" : USER) });
    await pageOf(session, "finals");
    expect(since()).toEqual(["GET_STUDENT_DIRECTOR_DATA", "GET_USER_DATA", "GET_USER_DATA"]);
  });

  it.each(["finals", "lessons"] as const)(
    "of %s is not believed when the password was changed: the pass ends",
    async (kind) => {
      const { session, since } = await sign({ GET_USER_DATA: ({ times }) => (times === 1 ? USER : "[]") });
      const pages: unknown[] = [];
      const run = async () => {
        for await (const page of session.pages([want(kind, "1"), want(kind, "2")])) pages.push(page);
      };
      await expect(run()).rejects.toMatchObject({ code: "journal-lost" });
      expect(pages).toEqual([]);
      const asked = since().length;
      await expect(gather(session, [want("holders")])).rejects.toMatchObject({ code: "journal-lost" });
      await expect(session.directory()).rejects.toMatchObject({ code: "journal-lost" });
      expect(since()).toHaveLength(asked);
    },
  );

  it("is not believed when the proof is a plain no", async () => {
    const { session } = await sign({ GET_USER_DATA: ({ times }) => (times === 1 ? USER : "[error_symbol]") });
    await expect(gather(session, [want("finals")])).rejects.toMatchObject({ code: "journal-lost" });
  });

  it("is a failed page when the proof could not be had", async () => {
    const { session } = await sign({ GET_USER_DATA: ({ times }) => (times === 1 ? USER : "<html>502</html>") });
    expect(await gather(session, [want("finals"), want("lessons")])).toEqual([
      { request: want("lessons"), failure: expect.objectContaining({ code: "journal-answer" }) },
      { request: want("finals"), failure: expect.objectContaining({ code: "journal-answer" }) },
    ]);
  });

  it("is not what a refusal of the page is", async () => {
    const { session, since } = await sign({ GET_STUDENT_LESSONS: "[error_symbol]" });
    expect(await gather(session, [want("lessons")])).toEqual([
      { request: want("lessons"), failure: expect.objectContaining({ code: "journal-answer" }) },
    ]);
    expect(since()).toEqual(["GET_STUDENT_LESSONS", "GET_USER_DATA"]);
  });
});

describe("a proof", () => {
  it("begins after it was asked for, and those who wait share the next", async () => {
    const begun: PromiseWithResolvers<void>[] = [];
    const prove = createProver(() => {
      const proof = Promise.withResolvers<void>();
      begun.push(proof);
      return proof.promise;
    });
    const first = prove();
    const [second, third] = [prove(), prove()];
    expect(begun).toHaveLength(1);
    begun[0]?.resolve();
    await first;
    await expect.poll(() => begun.length).toBe(2);
    begun[1]?.resolve();
    await Promise.all([second, third]);
    void prove();
    expect(begun).toHaveLength(3);
  });

  it("that failed says nothing to those who asked later", async () => {
    let times = 0;
    const prove = createProver(async () => {
      times += 1;
      if (times === 1) throw new Error("once");
    });
    const [first, second] = [prove(), prove()];
    await expect(first).rejects.toThrow("once");
    await second;
    expect(times).toBe(2);
  });
});

describe("the look of an answer", () => {
  it.each([
    ["[]", "empty"],
    ["[[],]", "empty"],
    ["", "broken"],
    ["[error_symbol]", "denied"],
    ["ok", "broken"],
    ["[[1]]", "list"],
    [" \r\n[[1],\r\n[2] , ] ;\n", "list"],
    ["\ufeff[[1]]", "list"],
    ["[[1],[2]", "broken"],
    ["[[1],", "broken"],
    ["<html>]]</html>", "broken"],
    ["[1]", "broken"],
  ])("of %j is %s", (body, look) => expect(lookOf(Buffer.from(body))).toBe(look));
});
