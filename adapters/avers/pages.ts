import { createHash } from "node:crypto";
import { SverkaError } from "../../src/domain/error.ts";
import type { FailedPage, JournalPage, PageKind, PageRequest } from "../../src/ports/journal.ts";
import type { Asker } from "./asker.ts";
import { concurrently } from "./concurrently.ts";
import { lookOf } from "./emptiness.ts";
import type { Form } from "./exchange.ts";
import type { Answer } from "./http.ts";
import { readRows, type Shape } from "./rows.ts";
import { diaryOf } from "./wire/diary.ts";
import { entriesOf } from "./wire/entries.ts";
import { finals } from "./wire/finals.ts";
import { holders } from "./wire/holders.ts";
import { lessons } from "./wire/lessons.ts";
import { messages } from "./wire/messages.ts";
import { pageForm, type RequestContext } from "./wire/requests.ts";

type RowOf<Kind extends PageKind> = ReturnType<Extract<JournalPage, { kind: Kind }>["read"]>["rows"][number];

type Shapes = { readonly [Kind in PageKind]: Shape<RowOf<Kind>> };

/** The shapes of pages in a build; null is one that the start page does not name. */
const shapesOf = (version: string | null): Shapes => ({
  lessons,
  entries: entriesOf(version),
  finals,
  messages,
  holders,
  diary: diaryOf(version),
});

/** Emptiness of these accuses people, so it is asked for three times, with proofs of the sign-in between. */
const WEIGHTY: ReadonlySet<PageKind> = new Set(["lessons", "entries"]);

export interface PagesOrder {
  readonly asker: Asker;
  readonly context: RequestContext;
  readonly wanted: readonly PageRequest[];
  readonly maxInFlight: number;
  readonly signal: AbortSignal | undefined;
  readonly lifetime: AbortSignal;
}

/**
 * The wanted pages as they come; those that came empty come last, after a proof of the sign-in that began when the last of them had
 * arrived. Throws what ends a pass: see `Asker.isFatal`, and the signal's reason.
 */
export async function* fetchPages(order: PagesOrder): AsyncGenerator<JournalPage | FailedPage> {
  const { asker, wanted, context } = order;
  const shapes = shapesOf(context.version);
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, order.lifetime, ...(order.signal ? [order.signal] : [])]);
  const failed = (request: PageRequest, error: unknown): FailedPage => {
    signal.throwIfAborted();
    if (!(error instanceof SverkaError) || asker.isFatal(error)) throw error;
    return { request, failure: error };
  };
  const fetched = concurrently(wanted, order.maxInFlight * 2, (request) =>
    fetchPage(asker, { request, action: shapes[request.kind].action, form: pageForm(request, context) }, signal).catch(
      (error: unknown) => failed(request, error),
    ),
  );
  const empty: Fetched[] = [];
  try {
    for await (const page of fetched) {
      if ("failure" in page) yield page;
      else if (page.empty) empty.push(page);
      else yield pageOf(asker, shapes, page);
    }
    if (empty.length === 0) return;
    const doubt = await asker.prove(signal).then(
      () => null,
      (error: unknown) => ({ error }),
    );
    for (const page of empty) yield doubt === null ? pageOf(asker, shapes, page) : failed(page.request, doubt.error);
  } finally {
    stop.abort();
  }
}

interface Question {
  readonly request: PageRequest;
  readonly action: string;
  readonly form: Form;
}

interface Fetched {
  readonly request: PageRequest;
  readonly answer: Answer;
  /** Not to be believed before a proof that begins now or later. */
  readonly empty: boolean;
}

/**
 * An empty answer of a weighty page is what three asks in a row say, a proof between each two. The page is then dated by the second:
 * the first may have come while the sign-in was not taken (no proof stands before it), and the third alone may be a hiccup; the
 * second stands between two proofs and is confirmed by asking again.
 */
async function fetchPage(asker: Asker, { request, action, form }: Question, signal: AbortSignal): Promise<Fetched> {
  const look = async () => {
    const answer = await asker.ask(action, form, signal);
    return { request, answer, empty: lookOf(answer.bytes) === "empty" };
  };
  const first = await look();
  if (!first.empty || !WEIGHTY.has(request.kind)) return first;
  await asker.prove(signal);
  const second = await look();
  if (!second.empty) return second;
  await asker.prove(signal);
  const third = await look();
  return third.empty ? { ...third, answer: { ...third.answer, askedAt: second.answer.askedAt } } : third;
}

const NOTHING = Buffer.from("[]");

function pageOf(asker: Asker, shapes: Shapes, { request, answer, empty }: Fetched): JournalPage {
  const { askedAt, answeredAt } = answer;
  // An empty page is the same page however its emptiness is spelt.
  const bytes = empty ? NOTHING : answer.bytes;
  const digest = createHash("sha1").update(bytes).digest("base64url");
  const shape: Shape<unknown> = shapes[request.kind];
  const read = () => readRows(bytes.toString("utf8"), shape, asker.note(shape.action));
  // `Shapes` gives each kind its own rows.
  return { ...request, askedAt, answeredAt, digest, read } as JournalPage;
}
