import { defaultPolicy } from "../../../src/domain/policy.ts";
import type { EpochMs } from "../../../src/domain/time.ts";
import { moment } from "../../emulator/school/days.ts";
import type { EmulatedSchool, SchoolClass, TrueEvent, TrueLesson } from "../../emulator/school/model.ts";
import { type Looks, looksAtLesson } from "./observed.ts";
import { keyOf, lookedIn, type TrueCase } from "./truth-case.ts";

const MOST = defaultPolicy.journalCurrent.days;

/** Each row of school days with lessons of a page, from each day on, with whether anything was really entered in it. */
export function pageCases(school: EmulatedSchool, klass: SchoolClass): readonly TrueCase[] {
  const lessons = school.lessons.filter(({ classId }) => classId === klass.id);
  const ids = new Map(lessons.map((lesson) => [lesson.externalId, lesson]));
  const entries = Map.groupBy(
    school.entries.filter(({ lessonId }) => ids.has(lessonId)),
    ({ lessonId }) => lessonId,
  );
  const signs = lessons.flatMap((lesson) =>
    [...(entries.get(lesson.externalId) ?? [])].map(({ pupilId, events }) => ({ pupilId, at: events[0]?.at ?? 0 })),
  );
  return [...Map.groupBy(lessons, ({ subjectId, group }) => `${subjectId}/${group}`).values()].flatMap((page) => {
    const events = page.flatMap((lesson) => [
      changesOf(lesson.events),
      ...(entries.get(lesson.externalId) ?? []).map((entry) => changesOf(entry.events)),
    ]);
    // What was taken out and entered again may leave no trace for whoever looks from outside.
    if (events.includes(null)) return [];
    const times = events.flatMap((own) => own ?? []).sort((one, other) => one - other);
    return casesOf(klass, page, times, signs);
  });
}

/** The instants at which the content became another one; null when it was ever taken out. */
function changesOf(events: readonly TrueEvent<unknown>[]): readonly EpochMs[] | null {
  if (events.some(({ content }) => content === null)) return null;
  return events
    .filter(({ content }, i) => JSON.stringify(content) !== JSON.stringify(events[i - 1]?.content))
    .map(({ at }) => at);
}

interface Sign {
  readonly pupilId: string;
  readonly at: EpochMs;
}

function casesOf(
  klass: SchoolClass,
  page: readonly TrueLesson[],
  times: readonly EpochMs[],
  signs: readonly Sign[],
): readonly TrueCase[] {
  const days = [...new Set(page.map(({ date }) => date))].sort();
  const [some] = page;
  if (some === undefined) return [];
  return days.slice(0, Math.max(0, days.length - MOST)).map((since, index): TrueCase => {
    const [begins, due] = [moment(since, 0), moment(days[index + MOST] ?? since, 24 * 60)];
    const inside = times.some((at) => at >= begins && at < due);
    const before = times.findLast((at) => at < begins) ?? null;
    const next = times.find((at) => at >= due) ?? Number.POSITIVE_INFINITY;
    // Later days of the same row have findings of their own only when something was entered in between.
    const isFirst = index === 0 || (before !== null && before >= moment(days[index - 1] ?? since, 0));
    const rows = page.filter(({ date }) => date >= since && date <= (days[index + MOST] ?? since));
    return {
      rule: "journal-current",
      key: keyOf({
        rule: "journal-current",
        classExternalId: klass.id,
        subjectExternalId: some.subjectId,
        about: `${since}${some.group === 0 ? "" : `/${some.group}`}`,
        pupilExternalId: null,
      }),
      met: inside,
      proven: (looks, asOf) =>
        !inside &&
        isFirst &&
        rows.every(({ shownFrom }) => shownFrom <= begins) &&
        everyPage(klass, looks, (own) => before === null || lookedIn(own, before, begins + 1)) &&
        everyPage(klass, looks, (own) => lookedIn(own, due, Math.min(next, asOf + 1))) &&
        signs.some(({ pupilId, at }) => at > begins && lookedIn(looks(pupilId, "entries"), at, due + 1)) &&
        page.every(
          (lesson) => lookedIn(looksAtLesson(lesson, looks), lesson.shownFrom, asOf + 1) || lesson.date > since,
        ),
    };
  });
}

function everyPage(klass: SchoolClass, looks: Looks, holds: (looks: readonly EpochMs[]) => boolean): boolean {
  return klass.pupilIds.every((id) => holds(looks(id, "entries")) && holds(looks(id, "lessons")));
}
