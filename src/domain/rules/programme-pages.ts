import { addDays, dayOf, weekdayOf } from "../days.ts";
import type { EpochMs, IsoDate } from "../time.ts";
import type { ClassCase, LessonCase } from "./class-case.ts";
import { groupKey, type LoadedGroup } from "./page-holders.ts";

/** One page of a subject: a group's lessons together with those of the whole class. */
export interface ProgrammePage {
  /** «» is the whole class. */
  readonly key: string;
  readonly lessons: readonly LessonCase[];
  /** The journal tells no groups where the load has several: then only a pupil's own lessons can be counted. */
  readonly mixed: boolean;
}

/** The pages of one subject. Groups of the load count where the journal's own groups are among them; else their names lead nowhere. */
export function programmePages(
  lessons: readonly LessonCase[],
  loaded: readonly LoadedGroup[],
): readonly ProgrammePage[] {
  const byGroup = Map.groupBy(lessons, ({ lesson }) => groupKey(lesson.group));
  const whole = byGroup.get("") ?? [];
  const told = [...byGroup.keys()].filter((key) => key !== "");
  const expected = loaded.map(({ key }) => key).filter((key) => key !== "");
  if (told.length === 0) return [{ key: "", lessons: whole, mixed: expected.length > 1 }];
  const keys = told.every((key) => expected.includes(key)) ? expected : told;
  return keys.map((key) => ({ key, lessons: [...(byGroup.get(key) ?? []), ...whole], mixed: false }));
}

/**
 * The last Sunday up to which the page may be judged: its week has passed, and a trusted look at the page came after it. Null when there is none.
 */
export function judgedUpTo(of: ClassCase, { lessons }: ProgrammePage): IsoDate | null {
  const look = lastLookAtPage(of, lessons);
  if (look === null) return null;
  const day = dayOf(look, of.calendar.zone);
  return addDays(day, -weekdayOf(day));
}

/** Any page on which its newest lesson stands shows its other ones too. A look back falls back on what is known of its lessons' own looks. */
function lastLookAtPage({ pupils, asOf }: ClassCase, lessons: readonly LessonCase[]): EpochMs | null {
  const newest = lessons.reduce<LessonCase | null>(
    (last, one) => (last === null || one.lesson.date > last.lesson.date ? one : last),
    null,
  );
  const asked = (newest?.lesson.pupils ?? [...pupils.keys()]).map((id) => pupils.get(id)?.lessonsAskedAt ?? null);
  if (newest === null) {
    const known = asked.filter((at) => at !== null && at <= asOf);
    return known.length < asked.length || known.length === 0 ? null : Math.min(...(known as EpochMs[]));
  }
  const looks = asked.filter((at) => at !== null && at <= asOf) as EpochMs[];
  if (looks.length > 0) return Math.max(...looks);
  let last: EpochMs | null = null;
  for (const { lesson } of lessons) {
    for (const { absentAt, seenAt } of lesson.versions) {
      for (const at of [absentAt, seenAt]) if (at !== null && at <= asOf && (last === null || at > last)) last = at;
    }
  }
  return last;
}

/** How many of the lessons hold a topic. */
export function recordedLessons(page: ProgrammePage, lessons: readonly LessonCase[]): number {
  return page.mixed ? mostOfOnePupil(lessons.filter(isRecorded)) : lessons.filter(isRecorded).length;
}

export function isRecorded({ versions }: LessonCase): boolean {
  return topicOf(versions.at(-1)?.content.topic).length > 0;
}

/** How many of the recorded lessons one pupil has had at most. */
export function mostOfOnePupil(recorded: readonly LessonCase[]): number {
  const counts = new Map<string, number>();
  for (const { lesson } of recorded) for (const id of lesson.pupils) counts.set(id, (counts.get(id) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}

const topicOf = (topic: string | null | undefined) => (topic ?? "").trim();
