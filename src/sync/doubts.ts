import type { EpochMs, IsoDate } from "../domain/time.ts";
import type { PageHead } from "../ports/journal.ts";
import { placesOf } from "../store/facts/before.ts";
import type { LookBack } from "./look-back.ts";
import { heldPages, type MassLimits } from "./quarantine.ts";

/** A lesson or a cell, as far as it tells whether its absence before proves anything. */
export interface Seen {
  readonly lessonExternalId: string;
  readonly date: IsoDate;
  readonly subjectExternalId: string;
  /** Its topic, its cell. */
  readonly text: string | null;
}

/** A page of lessons or entries with a new answer. */
export interface NewAnswer {
  readonly key: string;
  readonly page: Pick<PageHead, "kind" | "pupilExternalId">;
  readonly rows: readonly Seen[];
  readonly before: LookBack;
  /** How many facts the page held at its last trusted look, and when that was. */
  readonly factsBefore: number;
  readonly askedBeforeAt: EpochMs | null;
}

export interface Known {
  /** By pupil, the subjects that the page of lessons showed before this pass. */
  readonly subjects: ReadonlyMap<string, ReadonlySet<string>>;
  /** Whether any entry of the class had been seen before this pass. */
  readonly entries: boolean;
}

/** More back-dated lessons with entries than this at once look like a right that was granted, not like a teacher's week of work. */
const BACKDATED_LIMIT = 5;

/** By page, whether a row's absence at the page's last look proves nothing. */
export type Doubts = ReadonlyMap<string, (row: Seen) => boolean>;

/**
 * When the last look at a page does not prove that a row was not there (avers-protocol.md §§ 2, 4; a wrong accusation is the worst bug): the account could
 * not see the subject, or no entries at all; what the look had lacked comes back, so that it was no true answer; the row stands where another one
 * has left, so that it may be the same one under a new number. Pure.
 */
export function doubtsOf(
  answers: readonly NewAnswer[],
  known: Known,
  limits: MassLimits,
  dayOf: (at: EpochMs) => IsoDate,
): Doubts {
  const blind = new Set<string>();
  for (const { page, rows, askedBeforeAt } of answers) {
    if (page.kind !== "entries" || askedBeforeAt === null) continue;
    for (const row of rows) if (row.date < dayOf(askedBeforeAt)) blind.add(row.lessonExternalId);
  }
  const allEntries = !known.entries && blind.size > BACKDATED_LIMIT;
  const untrue = untrueBefore(answers, limits);
  return new Map(
    answers.map(({ key, page, before }) => {
      const shown = known.subjects.get(page.pupilExternalId) ?? new Set();
      const whole = untrue.has(key) || (page.kind === "entries" && allEntries);
      return [
        key,
        (row) => whole || !shown.has(row.subjectExternalId) || placesOf(row).some((place) => before.left.has(place)),
      ];
    }),
  );
}

/** Pages whose last look was no true answer: facts that it had lacked come back in a mass, or where it had shown nothing at all. */
function untrueBefore(answers: readonly NewAnswer[], limits: MassLimits): ReadonlySet<string> {
  const back = answers.map(({ key, page, rows, before }) => ({
    key,
    kind: page.kind,
    facts: rows.length,
    lost: before.returned,
    confirmed: false,
  }));
  const emptied = answers.filter(({ factsBefore, before }) => factsBefore === 0 && before.returned > 0);
  return new Set([...heldPages(back, limits), ...emptied.map(({ key }) => key)]);
}
