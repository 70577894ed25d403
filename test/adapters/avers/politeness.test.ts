import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { retryAfter, retryDelay } from "../../../adapters/avers/backoff.ts";
import { createGate } from "../../../adapters/avers/gate.ts";
import { followed } from "../../../adapters/avers/redirect.ts";
import { type Asked, BASE, fakeJournal, gather, NOON, pageOf, type Reply, testJournal, want } from "./support/fake.ts";

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

const MARK = '[[1,1001,"5",new Date(2026,9,5),12,0,5,null,null]]';
const ENTRIES = "GET_STUDENT_JOURNAL_DATA";
const reset = () => Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });

async function sign(reply: Reply | ((asked: Asked) => Reply), options = {}) {
  const fake = fakeJournal({ [ENTRIES]: reply });
  const { journal, naps } = testJournal(options);
  const session = await journal.signIn();
  return { fake, session, naps };
}

describe("a request that failed", () => {
  it.each<[string, Reply]>([
    ["a broken connection", reset()],
    ["an error of the server", [500, "oops"]],
    ["a bad gateway", [502, "<html>"]],
    ["a time-out of the server", [408, ""]],
    ["a page of HTML", "<!DOCTYPE html><html>maintenance</html>"],
    ["a cut-off answer", MARK.slice(0, 30)],
    ["an answer cut off between rows", MARK.slice(0, -1)],
    ["no text at all", ""],
    ["a bare word", "ok"],
  ])("with %s is tried again", async (_, reply) => {
    const { fake, session } = await sign(({ times }) => (times < 5 ? reply : MARK));
    expect((await pageOf(session, "entries")).read().rows).toHaveLength(1);
    expect(fake.times(ENTRIES)).toBe(5);
  });

  it("is given up after four more tries, each later than the one before", async () => {
    const { fake, session, naps } = await sign([500, ""]);
    expect(await gather(session, [want("entries")])).toEqual([
      { request: want("entries"), failure: expect.objectContaining({ code: "journal-unreachable", kind: "journal" }) },
    ]);
    expect(fake.times(ENTRIES)).toBe(5);
    expect(naps).toEqual([500, 1000, 2000, 4000]);
  });

  it("waits a random part of the delay, and never more than the cap", () => {
    const backoff = { baseMs: 500, capMs: 3000 };
    expect([0, 1, 2, 3, 9].map((tries) => retryDelay({ ...backoff, random: () => 1 }, tries, null))).toEqual([
      500, 1000, 2000, 3000, 3000,
    ]);
    expect(retryDelay({ ...backoff, random: () => 0.25 }, 1, null)).toBe(250);
  });

  it.each<[number]>([[400], [403], [404], [410]])("with status %i is not tried again", async (status) => {
    const { fake, session } = await sign([status, "no"]);
    const [page] = await gather(session, [want("entries")]);
    expect(page).toMatchObject({ failure: { code: "journal-answer" } });
    expect(fake.times(ENTRIES)).toBe(1);
  });

  it("does not end the others", async () => {
    const { session } = await sign(({ form }) => (form.get("student") === "2" ? [500, ""] : MARK));
    const pages = await gather(session, [want("entries", "1"), want("entries", "2"), want("entries", "3")]);
    expect(pages.filter((page) => "failure" in page)).toHaveLength(1);
    expect(pages).toHaveLength(3);
  });

  it("ends the pass when eight in a row had no answer at all", async () => {
    const { fake, session } = await sign(reset());
    const pages = Array.from({ length: 40 }, (_, i) => want("entries", `${i}`));
    await expect(gather(session, pages)).rejects.toMatchObject({ code: "journal-unreachable" });
    expect(new Set(fake.asked.map(({ form }) => form.get("student"))).size).toBeLessThan(20);
    const before = fake.asked.length;
    await expect(session.directory()).rejects.toMatchObject({ code: "journal-unreachable" });
    expect(fake.asked.length).toBe(before);
  });

  it.each([
    [502, true],
    [500, false],
  ])("ends the pass when all pages have status %i: %s", async (status, ends) => {
    const { session } = await sign([status, ""]);
    const pages = gather(
      session,
      Array.from({ length: 40 }, (_, i) => want("entries", `${i}`)),
    );
    if (ends) await expect(pages).rejects.toMatchObject({ code: "journal-unreachable" });
    else expect(await pages).toHaveLength(40);
  });

  it("is no trouble of the network when it is a fault of the program", async () => {
    let broken = false;
    const { session } = await sign(MARK, {
      clock: {
        now: () => {
          if (broken) throw new RangeError("a fault of the program");
          return NOON;
        },
      },
    });
    broken = true;
    await expect(gather(session, [want("entries")])).rejects.toThrow(RangeError);
  });

  it("does not end the pass as long as some are answered", async () => {
    const { session } = await sign(({ form }) => (Number(form.get("student")) % 5 ? reset() : MARK));
    const pages = await gather(
      session,
      Array.from({ length: 40 }, (_, i) => want("entries", `${i}`)),
    );
    expect(pages.filter((page) => "failure" in page)).toHaveLength(32);
  });
});

describe("a journal that asks for patience", () => {
  it.each([
    ["7", 7000],
    ["100000", 120_000],
    [new Date(NOON + 60_000).toUTCString(), 60_000],
  ])("gets it: Retry-After %s", async (header, least) => {
    const { fake, session, naps } = await sign(
      ({ times }) => (times === 1 ? [429, "", { "Retry-After": header }] : MARK),
      { clock: { now: () => NOON }, random: () => 0 },
    );
    await pageOf(session, "entries");
    expect(naps).toEqual([least]);
    expect(fake.times(ENTRIES)).toBe(2);
  });

  it("without saying how long gets the usual delay", async () => {
    const { session, naps } = await sign(({ times }) => (times === 1 ? [429, ""] : MARK));
    await pageOf(session, "entries");
    expect(naps).toEqual([500]);
  });

  it("for ever is busy", async () => {
    const { session } = await sign([429, "", { "Retry-After": "1" }]);
    const [page] = await gather(session, [want("entries")]);
    expect(page).toMatchObject({ failure: { code: "journal-busy" } });
  });

  it("may ask for it in words that nobody understands", () => {
    expect(retryAfter("soon", NOON)).toBeNull();
    expect(retryAfter(undefined, NOON)).toBeNull();
    expect(retryAfter("Thu, 01 Jan 1970 00:00:00 GMT", NOON)).toBe(0);
  });
});

describe("a redirect", () => {
  const to = (location: string) => async () => {
    const fake = fakeJournal({
      [ENTRIES]: ({ times }) => (times === 1 ? [307, "", { Location: location }] : MARK),
    });
    const session = await testJournal().journal.signIn();
    return { fake, session };
  };

  it("on the same host is followed, with the same method, form and cookies", async () => {
    const { fake, session } = await to("/ejournal/act/GET_STUDENT_JOURNAL_DATA?again=1")();
    expect((await pageOf(session, "entries")).read().rows).toHaveLength(1);
    const [first, second] = fake.asked.filter(({ action }) => action === ENTRIES);
    expect(second).toMatchObject({ method: "POST", cookie: first?.cookie });
    expect(second?.form.get("student")).toBe("1001");
  });

  it.each([
    "http://elsewhere.example:8080/ejournal/",
    "http://journal.example:9090/ejournal/",
    "//elsewhere.example/",
    "ftp://journal.example:8080/",
    "http://user:secret@journal.example:8080/",
    "http://",
  ])("to %j is not followed", async (location) => {
    const elsewhere = nock("http://elsewhere.example").persist().post(/.*/).reply(200, MARK);
    const { session } = await to(location)();
    expect(await gather(session, [want("entries")])).toMatchObject([{ failure: { code: "journal-redirect" } }]);
    expect(elsewhere.isDone()).toBe(false);
  });

  it("of everything ends the pass", async () => {
    const { session } = await sign([302, "", { Location: "http://elsewhere.example/" }]);
    const wanted = Array.from({ length: 40 }, (_, i) => want("entries", `${i}`));
    await expect(gather(session, wanted)).rejects.toMatchObject({ code: "journal-redirect" });
  });

  it("never leads from https to http, and may lead the other way", () => {
    const secure = new URL("https://journal.example/");
    const plain = new URL(BASE);
    expect(() => followed(secure, "http://journal.example/", secure)).toThrow(
      expect.objectContaining({ code: "journal-redirect" }),
    );
    expect(followed(plain, "https://journal.example/x", plain).href).toBe("https://journal.example/x");
    expect(() => followed(plain, undefined, plain)).toThrow(expect.objectContaining({ code: "journal-redirect" }));
  });

  it("of a sign-in does not take the password to another host", async () => {
    const stranger = nock("http://elsewhere.example").persist().post(/.*/).reply(200, "[[1,0]]");
    fakeJournal({ LOGIN: [302, "", { Location: "http://elsewhere.example/login" }] });
    await expect(testJournal().journal.signIn()).rejects.toMatchObject({ code: "journal-redirect" });
    expect(stranger.isDone()).toBe(false);
  });

  it("in a circle ends", async () => {
    const { fake, session } = await sign([302, "", { Location: `${BASE}/act/${ENTRIES}` }]);
    expect(await gather(session, [want("entries")])).toMatchObject([{ failure: { code: "journal-redirect" } }]);
    expect(fake.times(ENTRIES)).toBe(4);
  });
});

describe("a pass that is to end", () => {
  it("ends at once when it is stopped, with the reason it was given", async () => {
    const stop = new AbortController();
    const { fake, session } = await sign(({ times }) => {
      if (times === 3) stop.abort(new Error("enough"));
      return MARK;
    });
    const wanted = Array.from({ length: 100 }, (_, i) => want("entries", `${i}`));
    await expect(gather(session, wanted, stop.signal)).rejects.toThrow("enough");
    expect(fake.times(ENTRIES)).toBeLessThan(10);
  });

  it("ends while it waits for another try", async () => {
    const stop = new AbortController();
    const { session } = await sign([500, ""], {
      sleep: async (_: number, signal: AbortSignal) => {
        stop.abort(new Error("enough"));
        signal.throwIfAborted();
      },
    });
    await expect(gather(session, [want("entries")], stop.signal)).rejects.toThrow("enough");
  });

  it("does not even sign in when it was stopped before", async () => {
    const fake = fakeJournal({});
    await expect(testJournal().journal.signIn(AbortSignal.abort(new Error("enough")))).rejects.toThrow("enough");
    expect(fake.asked).toEqual([]);
  });

  it("stops asking when nobody takes its pages any more", async () => {
    const { fake, session } = await sign(MARK);
    for await (const _ of session.pages(Array.from({ length: 100 }, (_, i) => want("entries", `${i}`)))) break;
    expect(fake.times(ENTRIES)).toBeLessThan(20);
  });

  it("says so when its time has run out", async () => {
    let late = () => {};
    const { session } = await sign(
      () => {
        late();
        return [500, ""];
      },
      { passTimeoutMs: 300, sleep: (_: number, signal: AbortSignal) => aborted(signal) },
    );
    const entered = new Promise<void>((resolve) => {
      late = resolve;
    });
    const result = expect(gather(session, [want("entries")])).rejects.toMatchObject({ code: "journal-time" });
    await entered;
    await result;
    await expect(session.directory()).rejects.toMatchObject({ code: "journal-time" });
  });
});

/** Sleeps until it is woken by the end. */
const aborted = (signal: AbortSignal) =>
  new Promise<void>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

describe("the gate", () => {
  it("lets so many in and no more, and the next one when a place is free", async () => {
    const gate = createGate({ limit: 2, pauseMs: 0, sleep: async () => {} });
    const works = Array.from({ length: 5 }, () => Promise.withResolvers<void>());
    const begun: number[] = [];
    const all = works.map((work, i) =>
      gate(async () => {
        begun.push(i);
        await work.promise;
      }),
    );
    expect(begun).toEqual([0, 1]);
    works[1]?.reject(new Error("failed"));
    await expect(all[1]).rejects.toThrow("failed");
    await expect.poll(() => begun).toEqual([0, 1, 2]);
    for (const work of works) work.resolve();
    await Promise.allSettled(all);
    expect(begun).toEqual([0, 1, 2, 3, 4]);
  });

  it("keeps a place taken for the pause", async () => {
    const naps: PromiseWithResolvers<void>[] = [];
    const gate = createGate({
      limit: 1,
      pauseMs: 250,
      sleep: (ms) => {
        expect(ms).toBe(250);
        const nap = Promise.withResolvers<void>();
        naps.push(nap);
        return nap.promise;
      },
    });
    let second = false;
    await gate(async () => {});
    const next = gate(async () => {
      second = true;
    });
    await Promise.resolve();
    expect(second).toBe(false);
    naps[0]?.resolve();
    await next;
    expect(second).toBe(true);
  });

  it("lets go of those who no longer want to enter", async () => {
    const gate = createGate({ limit: 1, pauseMs: 0, sleep: async () => {} });
    const first = Promise.withResolvers<void>();
    const holding = gate(() => first.promise);
    const stop = new AbortController();
    const leaving = gate(async () => "in", stop.signal);
    const staying = gate(async () => "in");
    stop.abort(new Error("gone"));
    await expect(leaving).rejects.toThrow("gone");
    first.resolve();
    await holding;
    expect(await staying).toBe("in");
  });
});
