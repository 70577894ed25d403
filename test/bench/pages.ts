import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import autocannon from "autocannon";
import type { Page } from "playwright-core";
import heapFlags from "../../src/heap-flags.json" with { type: "json" };
import { connectStore } from "../../src/store/connect.ts";
import { launchBrowser } from "../support/browser.ts";
import { startTestServer } from "../support/test-server.ts";
import { SESSION_COOKIE } from "../web/support.ts";
import { liveTenYears, liveYear } from "./lived-year.ts";
import { type BenchRow, millis } from "./row.ts";
import { spreadEvidence, tenSchools, yearStore } from "./year-store.ts";

/** What a deputy director opens every day. */
const PAGES = ["/", "/overview", "/findings", "/control", "/notices", "/passes"];
const PER_SECOND = 100;
const SECONDS = 5;
const ROUNDS = 3;
/** Each begins a hundredth of a second after the one before and asks once a second: an even stream, which goes on whatever one of them waits for. */
const SENDERS = PER_SECOND;
const WRITES_PER_SECOND = 50;

interface Seen {
  readonly kilobytes: number;
  readonly requests: number;
  readonly paintMs: number;
}

/**
 * The six most used pages of a running service, in a process of its own, over a year of a whole school: p99 at a hundred requests a second, then over ten such
 * schools; and what a real browser fetches and when it first paints.
 */
export async function run(): Promise<BenchRow[]> {
  const server = await startTestServer();
  const folder = mkdtempSync(join(tmpdir(), "sverka-pages-"));
  try {
    const url = await yearStore(server, async (store) => {
      await spreadEvidence(store);
      await liveYear(store);
    });
    const one = await withService({ url, folder }, async (service) => {
      const p99 = await slowest(service);
      const written = await whileWriting(url, () => slowest(service));
      return { p99, written, seen: await look(service) };
    });
    const store = connectStore(url);
    await tenSchools(store);
    await liveTenYears(store);
    await store.close();
    const ten = await withService({ url, folder }, slowest);
    return rowsOf(one, ten);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await server.close();
  }
}

type Slowest = ReadonlyMap<string, number>;

function rowsOf(
  { p99: one, written, seen }: { p99: Slowest; written: Slowest; seen: ReadonlyMap<string, Seen> },
  ten: Slowest,
): BenchRow[] {
  const worst = (times: Slowest) => Math.max(...times.values());
  const told = (times: Slowest) => [...times].map(([page, ms]) => `${page} ${millis(ms)}`).join(", ");
  const most = (of: (page: Seen) => number) => Math.max(...[...seen.values()].map(of));
  return [
    {
      what: `p99 of the six most used pages, a year of 300 pupils, ${PER_SECOND} requests/s, while nothing is written; the slowest page`,
      ours: told(one),
      rival: "–",
      reached: worst(one),
      unit: "ms",
      target: { atMost: 50 },
    },
    {
      what: `the same while ${WRITES_PER_SECOND} transactions a second write, so that no answer is kept`,
      ours: told(written),
      rival: `nothing written: ${millis(worst(one))}`,
      reached: worst(written),
      unit: "ms",
      target: null,
    },
    {
      what: "the same with ten such schools in the store, beside one",
      ours: told(ten),
      rival: `one school: ${millis(worst(one))}`,
      reached: worst(ten) / worst(one),
      unit: "×",
      target: { atMost: 1.3 },
    },
    {
      what: `the heaviest of these pages, as the browser fetches it with all its parts, compressed; at most ${most(({ requests }) => requests)} requests`,
      ours: [...seen].map(([page, { kilobytes }]) => `${page} ${kilobytes.toFixed(1)} KB`).join(", "),
      rival: "–",
      reached: most(({ kilobytes }) => kilobytes),
      unit: "KB",
      target: { atMost: 60 },
    },
    {
      what: "first paint in Chromium on loopback, an empty cache, the slowest of these pages",
      ours: [...seen].map(([page, { paintMs }]) => `${page} ${millis(paintMs)}`).join(", "),
      rival: "–",
      reached: most(({ paintMs }) => paintMs),
      unit: "ms",
      target: { atMost: 300 },
    },
  ];
}

interface Served {
  readonly address: string;
  readonly token: string;
}

async function withService<Result>(
  { url, folder }: { url: string; folder: string },
  work: (service: Served) => Promise<Result>,
): Promise<Result> {
  const program = fileURLToPath(new URL("serve-pages.ts", import.meta.url));
  const child = spawn(process.execPath, [...heapFlags.service, program, folder], {
    env: { ...process.env, DATABASE_URL: url },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  try {
    for await (const line of createInterface({ input: child.stdout })) return await work(JSON.parse(line) as Served);
    throw new Error("the service did not start");
  } finally {
    child.stdin.end();
    await ended;
  }
}

/** A transaction with a number of its own is all that a reader sees of a write. */
async function whileWriting<Result>(url: string, work: () => Promise<Result>): Promise<Result> {
  const store = connectStore(url);
  const writing = setInterval(
    () => store.pool.query("SELECT pg_current_xact_id()").catch(() => undefined),
    1000 / WRITES_PER_SECOND,
  );
  try {
    return await work();
  } finally {
    clearInterval(writing);
    await store.close();
  }
}

/** Of each page the median of its rounds' p99, the pages in turns. */
async function slowest(service: Served): Promise<Slowest> {
  const rounds: Map<string, number[]> = new Map(PAGES.map((page) => [page, []]));
  // The first round only warms up.
  for (let round = -1; round < ROUNDS; round += 1)
    for (const [page, times] of rounds) {
      const ms = await p99Of(service, page);
      if (round >= 0) times.push(ms);
    }
  return new Map([...rounds].map(([page, times]) => [page, times.toSorted((a, b) => a - b)[ROUNDS >> 1] ?? 0]));
}

/** autocannon alone sends what it may in a second at once. */
async function p99Of({ address, token }: Served, page: string): Promise<number> {
  const latencies: number[] = [];
  const results = await Promise.all(
    Array.from({ length: SENDERS }, async (_, sender) => {
      await setTimeout((sender * 1000) / SENDERS);
      const { promise, resolve, reject } = Promise.withResolvers<autocannon.Result>();
      const options = {
        url: `${address}${page}`,
        headers: { cookie: `${SESSION_COOKIE}=${token}`, "accept-encoding": "gzip" },
        connections: 1,
        overallRate: PER_SECOND / SENDERS,
        duration: SECONDS,
      };
      autocannon(options, (error, result) => (error ? reject(error) : resolve(result))).on(
        "response",
        (_client, _status, _bytes, ms) => latencies.push(ms),
      );
      return promise;
    }),
  );
  const [refusals, errors] = [sum(results, ({ non2xx }) => non2xx), sum(results, (one) => one.errors)];
  if (refusals > 0 || errors > 0) throw new Error(`${page}: ${refusals} refusals, ${errors} errors`);
  if (latencies.length < PER_SECOND * SECONDS * 0.9) throw new Error(`${page}: only ${latencies.length} answers`);
  return latencies.toSorted((one, other) => one - other)[Math.floor(latencies.length * 0.99)] ?? 0;
}

const sum = <One>(all: readonly One[], of: (one: One) => number): number => all.reduce((n, one) => n + of(one), 0);

async function look({ address, token }: Served): Promise<ReadonlyMap<string, Seen>> {
  const browser = await launchBrowser();
  try {
    const seen = new Map<string, Seen>();
    for (const path of PAGES) {
      const times: Seen[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const context = await browser.newContext();
        await context.addCookies([{ name: SESSION_COOKIE, value: token, url: address }]);
        times.push(await lookAt(await context.newPage(), `${address}${path}`));
        await context.close();
      }
      const [first, middle] = times.toSorted((a, b) => a.paintMs - b.paintMs);
      const one = middle ?? first;
      if (one !== undefined) seen.set(path, one);
    }
    return seen;
  } finally {
    await browser.close();
  }
}

async function lookAt(page: Page, url: string): Promise<Seen> {
  let requests = 0;
  page.on("request", () => {
    requests += 1;
  });
  await page.goto(url, { waitUntil: "load" });
  const { bytes, paintMs } = await page.evaluate<{ bytes: number; paintMs: number }>(`new Promise((resolve) => {
    const answer = (entry) => resolve({
      bytes: [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")].reduce((sum, one) => sum + one.transferSize, 0),
      paintMs: entry.startTime,
    });
    new PerformanceObserver((list, observer) => { for (const one of list.getEntriesByName("first-contentful-paint")) { observer.disconnect(); answer(one); } })
      .observe({ type: "paint", buffered: true });
  })`);
  return { kilobytes: bytes / 1000, requests, paintMs };
}
