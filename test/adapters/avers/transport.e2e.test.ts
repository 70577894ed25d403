import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import type { JournalSession } from "../../../src/ports/journal.ts";
import { gather, HEALTHY, NOON, pageOf, testJournal, want } from "./support/fake.ts";

// What only a real connection can show: cut-off bodies, stalls, many requests at once.

type Answer = (request: IncomingMessage, response: ServerResponse, times: number) => void;

const MARK = '[[1,1001,"5",new Date(2026,9,5),12,0,5,null,null]]';
const servers: Server[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A healthy journal whose page of entries answers as it is told. */
async function serve(entries: Answer, start?: Answer, date?: number): Promise<{ url: string; times: () => number }> {
  let times = 0;
  const server = createServer((request, response) => {
    request.resume();
    if (date !== undefined) response.setHeader("Date", new Date(date).toUTCString());
    const action = new URL(request.url ?? "/", "http://x").pathname.replace(/^\/(act\/)?/, "").toUpperCase();
    if (action === "" && start !== undefined) return start(request, response, 1);
    if (action !== "GET_STUDENT_JOURNAL_DATA") return void response.end(HEALTHY[action] ?? "[]");
    times += 1;
    entries(request, response, times);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, times: () => times };
}

async function sign(entries: Answer, options = {}): Promise<{ session: JournalSession; times: () => number }> {
  const { url, times } = await serve(entries);
  return { session: await testJournal({ baseUrl: url, ...options }).journal.signIn(), times };
}

const many = (count: number) => Array.from({ length: count }, (_, i) => want("entries", `${i}`));

describe("the transport", () => {
  it.each<[string, Answer]>([
    [
      "shorter than announced, the connection closed",
      (_, response) => {
        response.writeHead(200, { "Content-Length": MARK.length + 42 });
        response.write(MARK);
        response.socket?.end();
      },
    ],
    [
      "chunked and broken off",
      (_, response) => {
        response.write(MARK);
        setImmediate(() => response.socket?.destroy());
      },
    ],
    ["reset before it begins", (request) => void request.socket.destroy()],
    [
      "packed, and broken in its packing",
      (_, response) => {
        const packed = gzipSync(MARK);
        response.writeHead(200, { "Content-Encoding": "gzip" }).end(packed.subarray(0, packed.length - 12));
      },
    ],
  ])("asks again for an answer that is %s", async (_, fault) => {
    const { session, times } = await sign((request, response, n) =>
      n < 3 ? fault(request, response, n) : void response.end(MARK),
    );
    expect((await pageOf(session, "entries")).read().rows).toHaveLength(1);
    expect(times()).toBe(3);
  });

  it("reads a packed answer", async () => {
    const { session } = await sign(
      (_, response) => void response.writeHead(200, { "Content-Encoding": "gzip" }).end(gzipSync(MARK)),
    );
    expect((await pageOf(session, "entries")).read().rows).toHaveLength(1);
  });

  it.each<[string, Answer]>([
    ["no answer comes", () => {}],
    ["the answer stalls in its middle", (_, response) => void response.write(MARK.slice(0, 10))],
    [
      "the answer only trickles",
      (_, response) => {
        const timer = setInterval(() => response.write(" "), 20);
        response.on("close", () => clearInterval(timer));
      },
    ],
  ])("does not wait for ever when %s", async (_, fault) => {
    const { session, times } = await sign(fault, { requestTimeoutMs: 150, retries: 1 });
    expect(await gather(session, [want("entries")])).toMatchObject([
      { failure: { code: "journal-unreachable", message: expect.stringContaining("время") } },
    ]);
    expect(times()).toBe(2);
  });

  it("refuses an answer that is longer than the limit, and does not ask again", async () => {
    const { session, times } = await sign((_, response) => void response.end(`[[${"1,".repeat(2 * 1024 * 1024)}1]]`), {
      maxAnswerBytes: 1024 * 1024,
    });
    expect(await gather(session, [want("entries")])).toMatchObject([
      { failure: { code: "journal-answer", message: expect.stringContaining("1 МБ") } },
    ]);
    expect(times()).toBe(1);
  });

  it.each([1, 4])("keeps at most %i requests in flight, retries and proofs included", async (maxInFlight) => {
    let inFlight = 0;
    let most = 0;
    const { session } = await sign(
      (_, response, n) => {
        inFlight += 1;
        most = Math.max(most, inFlight);
        setTimeout(() => {
          inFlight -= 1;
          if (n % 7 === 0) response.writeHead(500);
          response.end(n % 5 === 0 ? "[]" : MARK);
        }, 5);
      },
      { maxInFlight },
    );
    expect(await gather(session, many(40))).toHaveLength(40);
    expect(most).toBe(maxInFlight);
  });

  it("asks no faster than its pages are taken", async () => {
    const { session, times } = await sign((_, response) => void response.end(MARK));
    const pages = session.pages(many(100));
    await pages[Symbol.asyncIterator]().next();
    // All that could be asked without another page being taken has been asked when a request of its own has come and gone.
    await session.directory().catch(() => undefined);
    expect(times()).toBeLessThanOrEqual(9);
  });

  it("leaves at once when it is stopped in the middle of an answer", async () => {
    const stop = new AbortController();
    const { session } = await sign((_, response) => {
      response.write("[[");
      setImmediate(() => stop.abort(new Error("enough")));
    });
    await expect(gather(session, many(10), stop.signal)).rejects.toThrow("enough");
  });

  it("hangs up on the answers that nobody waits for any more", async () => {
    const hungUp = Array.from({ length: 3 }, () => Promise.withResolvers<void>());
    const { session } = await sign((_, response, n) => {
      if (n === 1) response.end(MARK);
      else response.on("close", () => hungUp[n - 2]?.resolve());
    });
    for await (const _ of session.pages(many(4))) break;
    await Promise.all(hungUp.map(({ promise }) => promise));
  });

  it("gives up a pass whose time has run out", async () => {
    const { session } = await sign(() => {}, { passTimeoutMs: 500 });
    await expect(gather(session, many(10))).rejects.toMatchObject({ code: "journal-time" });
  });
});

describe("the journal's clock", () => {
  const looks = async (at: number, secondClock = true) => {
    const { url } = await serve((_, response) => void response.end(MARK), undefined, at);
    const { journal } = testJournal({ baseUrl: url, secondClock, clock: { now: () => NOON } });
    const session = await journal.signIn();
    const { askedAt, answeredAt } = await pageOf(session, "entries");
    return { askedAt: askedAt - NOON, answeredAt: answeredAt - NOON, odd: session.oddities.map(({ code }) => code) };
  };
  const HOUR = 3_600_000;

  it("counts beside this computer's, so that either of them may be wrong and nobody is accused by it", async () => {
    expect(await looks(NOON - HOUR)).toEqual({ askedAt: -HOUR, answeredAt: 0, odd: ["clocks-differ"] });
    expect(await looks(NOON + HOUR)).toEqual({ askedAt: 0, answeredAt: HOUR + 1000, odd: ["clocks-differ"] });
  });

  it("says nothing by its whole seconds, nor by a few of them worth a warning", async () => {
    expect(await looks(NOON - 2000)).toEqual({ askedAt: 0, answeredAt: 0, odd: [] });
    expect(await looks(NOON + 2000)).toEqual({ askedAt: 0, answeredAt: 0, odd: [] });
    expect(await looks(NOON - 30_000)).toEqual({ askedAt: -30_000, answeredAt: 0, odd: [] });
    expect(await looks(Number.NaN)).toEqual({ askedAt: 0, answeredAt: 0, odd: [] });
  });

  it("is not asked where time is simulated", async () => {
    expect(await looks(NOON - HOUR, false)).toEqual({ askedAt: 0, answeredAt: 0, odd: [] });
  });
});

describe("the start page", () => {
  const page = Buffer.from("<html><title>АВЕРС: Журнал 4.1 (23813)</title></html>");

  it.each<[string, (response: ServerResponse) => void]>([
    ["closed", (response) => void response.socket?.end()],
    ["kept open", () => {}],
  ])("may announce more than it sends, its connection %s", async (_, after) => {
    const { url } = await serve(
      (_, response) => void response.end(MARK),
      (_, response) => {
        response.writeHead(200, {
          "Content-Type": "text/html; charset=windows-1251",
          "Content-Length": page.length + 42,
        });
        response.write(page, () => after(response));
      },
    );
    const session = await testJournal({ baseUrl: url, requestTimeoutMs: 20_000 }).journal.signIn();
    expect(session.build).toEqual({ title: "АВЕРС: Журнал 4.1 (23813)", version: "4.1", known: true });
    expect((await pageOf(session, "entries")).read().rows).toHaveLength(1);
  });

  it("is no more than odd when nothing comes", async () => {
    const { url } = await serve(
      (_, response) => void response.end(MARK),
      () => {},
    );
    const session = await testJournal({ baseUrl: url, requestTimeoutMs: 150 }).journal.signIn();
    expect(session.build).toBeNull();
  });
});
