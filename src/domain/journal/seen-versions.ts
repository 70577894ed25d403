import type { Version } from "../facts.ts";
import type { EpochMs } from "../time.ts";

/** A fact's content from its own sighting on, until the next version was seen or it was found gone. */
export interface SeenVersion<Content> extends Version<Content> {
  /** When this version was found gone; null: it never was, or another content took its place. */
  readonly vanishedAt: EpochMs | null;
}

/** What a fact was at a moment, as the service knew it then. */
export interface StateAt<Content> {
  readonly content: Content;
  /** It had said something else before, or had been away. */
  readonly changed: boolean;
  /** It had been found gone; the content is what stood last. */
  readonly gone: boolean;
}

/** Null: nothing of it had been seen by `at`. Takes the versions oldest first. Pure. */
export function stateAt<Content>(versions: readonly SeenVersion<Content>[], at: EpochMs): StateAt<Content> | null {
  const known = versions.filter(({ seenAt }) => seenAt <= at);
  const last = known.at(-1);
  if (last === undefined) return null;
  return {
    content: last.content,
    changed: known.length > 1,
    gone: last.vanishedAt !== null && last.vanishedAt <= at,
  };
}

/** One thing that happened to a fact. It was so since some moment in `(after, by]`; `after` is null where no earlier look tells. */
export interface FactEvent<Content> {
  readonly kind: "seen" | "changed" | "withdrawn" | "returned";
  readonly after: EpochMs | null;
  readonly by: EpochMs;
  readonly content: Content;
}

/** Everything that happened to a fact until `at`, oldest first. Pure. */
export function eventsUntil<Content>(versions: readonly SeenVersion<Content>[], at: EpochMs): FactEvent<Content>[] {
  const events = versions.flatMap(({ content, absentAt, seenAt, vanishedAt }, index): FactEvent<Content>[] => {
    const before = versions[index - 1];
    const kind = before === undefined ? "seen" : before.vanishedAt === null ? "changed" : "returned";
    const came: FactEvent<Content> = { kind, after: absentAt, by: seenAt, content };
    return vanishedAt === null ? [came] : [came, { kind: "withdrawn", after: null, by: vanishedAt, content }];
  });
  return events.filter(({ by }) => by <= at);
}

/** Looks of one pass lie close together, passes do not. */
const SAME_PASS_MS = 30 * 60_000;

/** The moments after which a page looked different, by whole minutes, oldest first: one for all changes that one pass found. Pure. */
export function changeMoments(histories: Iterable<readonly SeenVersion<unknown>[]>): EpochMs[] {
  const all = [...histories].flatMap((versions) =>
    versions.flatMap(({ seenAt, vanishedAt }) => (vanishedAt === null ? [seenAt] : [seenAt, vanishedAt])),
  );
  const moments: EpochMs[] = [];
  let last: EpochMs | null = null;
  for (const at of all.toSorted((one, other) => one - other)) {
    if (last !== null && at - last < SAME_PASS_MS) moments.pop();
    moments.push(Math.ceil(at / 60_000) * 60_000);
    last = at;
  }
  return moments;
}
