import nock from "nock";
import { type AversOptions, createAversJournal } from "../../../../adapters/avers/journal.ts";
import type { Journal, JournalPage, JournalSession, PageKind, PageRequest } from "../../../../src/ports/journal.ts";

export interface Asked {
  readonly method: string;
  /** The action in upper case, `LOGIN`, `AUTH`, or an empty text for the start page. */
  readonly action: string;
  readonly form: URLSearchParams;
  readonly cookie: string | null;
  /** How many times this action has been asked, this time included. */
  readonly times: number;
}

/** A body with status 200, or all of an answer. */
export type Reply = string | readonly [status: number, body: string, headers?: Record<string, string>] | Error;

export const BASE = "http://journal.example:8080/ejournal";

/** What a healthy journal with nothing in it says. */
export const HEALTHY: Readonly<Record<string, string>> = {
  "": "<html><head><title>АВЕРС: Электронный Классный Журнал 4.1 (23813)</title></head></html>",
  LOGIN: '[[501,0,null,null,null,"Соколова Анна Юрьевна",null,77,null]]',
  AUTH: "ok",
  GET_USER_DATA: '[["Соколова","Анна","Юрьевна","Школа-интернат «Ручей»",1,5]]',
  GET_UCH_YEAR: "[[2026]]",
};

/** A recorded journal: says what `replies` says for an action, else what a healthy one does, else `[]`. */
export function fakeJournal(replies: Record<string, Reply | ((asked: Asked) => Reply)>, origin = new URL(BASE)) {
  const asked: Asked[] = [];
  const answer = (method: string, path: string, body: string, cookie: string | null) => {
    const action = new URL(path, origin).pathname
      .slice(origin.pathname.length)
      .replace(/^\/(act\/)?/, "")
      .toUpperCase();
    const times = asked.filter((one) => one.action === action).length + 1;
    const question = { method, action, form: new URLSearchParams(body), cookie, times };
    asked.push(question);
    const reply = replies[action] ?? HEALTHY[action] ?? "[]";
    return typeof reply === "function" ? reply(question) : reply;
  };
  const scope = nock(origin.origin).persist();
  for (const method of ["GET", "POST"] as const) {
    scope.intercept(/.*/, method).reply(async (request: Request) => {
      const reply = answer(method, request.url, await request.text(), request.headers.get("cookie"));
      if (reply instanceof Error) throw reply;
      return typeof reply === "string" ? [200, reply, { "Content-Type": "text/plain; charset=UTF-8" }] : reply;
    });
  }
  return { asked, times: (action: string) => asked.filter((one) => one.action === action).length };
}

export interface TestJournal {
  readonly journal: Journal;
  /** What was slept, in milliseconds. */
  readonly naps: number[];
  /** Everything that was logged, as JSON. */
  readonly logged: string[];
}

export const NOON = Date.parse("2026-10-05T12:00:00+03:00");

/** The adapter with a clock that ticks a second at each look, a sleep that takes no time, and no jitter. */
export function testJournal(options: Partial<AversOptions> = {}): TestJournal {
  const naps: number[] = [];
  const logged: string[] = [];
  let now = NOON;
  const log = (about: object, message: string) => void logged.push(JSON.stringify({ about, message }));
  const journal = createAversJournal({
    baseUrl: BASE,
    login: "Завуч",
    password: "пароль-1",
    clock: { now: () => (now += 1000) },
    random: () => 1,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      naps.push(ms);
    },
    log: { debug: log, warn: log },
    ...options,
  });
  return { journal, naps, logged };
}

export const want = (kind: PageKind, pupilExternalId = "1001"): PageRequest => ({
  kind,
  classExternalId: "41",
  pupilExternalId,
});

/** The answers to these requests, in the order in which they came. */
export async function gather(session: JournalSession, wanted: readonly PageRequest[], signal?: AbortSignal) {
  const pages = [];
  for await (const page of session.pages(wanted, signal)) pages.push(page);
  return pages;
}

/** The only answer, which is no failure. */
export async function pageOf<Kind extends PageKind>(
  session: JournalSession,
  kind: Kind,
): Promise<Extract<JournalPage, { kind: Kind }>> {
  const [page] = await gather(session, [want(kind)]);
  if (page === undefined || "failure" in page || page.kind !== kind)
    throw new Error(`no page: ${JSON.stringify(page)}`);
  return page as Extract<JournalPage, { kind: Kind }>;
}
