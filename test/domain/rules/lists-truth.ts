import type { Finding } from "../../../src/domain/finding.ts";
import type { EpochMs, IsoDate } from "../../../src/domain/time.ts";
import { addDays, moment, weekday } from "../../emulator/school/days.ts";
import type { ToldLists } from "../../emulator/school/lists.ts";
import type { EmulatedSchool, TrueLesson } from "../../emulator/school/model.ts";

/** One demand upon people who answer to lists, with what really happened. */
export interface ListCase {
  readonly key: string;
  /** The demand was met, or only looks as if it was not: no finding may count against anybody. */
  readonly right: boolean;
  /** From this instant on it was not, and a check must find it. */
  readonly wrongFrom: EpochMs | null;
}

/** The same case as its finding is called. */
export function listKey({ rule, classExternalId, subjectExternalId, pupilExternalId, lessonDate }: Finding): string {
  const about = rule === "delivery-agreed" || rule === "page-assigned" ? "" : (lessonDate ?? "");
  return [rule, classExternalId, subjectExternalId ?? "", pupilExternalId ?? "", about].join(" ");
}

const never = Number.POSITIVE_INFINITY;

/** Everything but programmes and looks, which are no single cases. */
export function listCases({ pages, families, office }: ToldLists): readonly ListCase[] {
  const cases: ListCase[] = [];
  const add = (key: string, wrongFrom: EpochMs | null) => cases.push({ key, right: wrongFrom === null, wrongFrom });
  for (const { classId, subjectId, treatment } of pages) {
    const wrong = treatment === "two-holders" || treatment === "no-holder" || treatment === "other-hours";
    add(`page-assigned ${classId} ${subjectId}  `, wrong ? 0 : null);
  }
  for (const { classId, pupilId, agreement, lateAfter, inTimeAfter } of families) {
    const wrong = agreement === "none" || agreement === "no-date" || agreement === "no-basis";
    add(`delivery-agreed ${classId}  ${pupilId} `, wrong ? moment("2026-09-15", 0) : null);
    for (const from of inTimeAfter) add(`notice-biweekly ${classId}  ${pupilId} ${from}`, null);
    for (const { from, due } of lateAfter) add(`notice-biweekly ${classId}  ${pupilId} ${from}`, due);
  }
  for (const { rule, from, wrong, due } of office) add(`${rule}    ${from}`, wrong ? due : null);
  return cases;
}

/** One page's programme up to a Sunday, from the timetable and the true instants alone: a lesson that was cancelled is missing from it too. */
export interface TrueProgramme {
  readonly held: number;
  recordedBy(at: EpochMs): number;
}

export function trueProgramme(lessons: readonly TrueLesson[], upTo: IsoDate): TrueProgramme {
  const held = lessons.filter(({ date }) => date <= upTo);
  const first = held.map(({ events }) => events[0]?.at ?? never);
  return { held: held.length, recordedBy: (at) => first.filter((one) => one <= at).length };
}

/** Over the policy's share and over its hours. */
export function tooFew({ held }: TrueProgramme, recorded: number): boolean {
  return held - recorded > Math.max(2, 0.05 * held);
}

export function lessonsOfPage(school: EmulatedSchool): ReadonlyMap<string, readonly TrueLesson[]> {
  return Map.groupBy(
    [...school.lessons, ...school.cancelled],
    ({ classId, subjectId, group }) => `${classId} ${subjectId} ${group}`,
  );
}

/** The last Sunday whose week had ended at the instant, by Moscow's clock. */
export function sundayBefore(at: EpochMs): IsoDate {
  const day = new Date(at + 3 * 3_600_000).toISOString().slice(0, 10);
  return addDays(day, -weekday(day));
}
