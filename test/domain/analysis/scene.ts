import { analyseClass } from "../../../src/domain/analysis/analyse-class.ts";
import type { ClassAnalysis } from "../../../src/domain/analysis/figures.ts";
import type { ClassSnapshot, EntryFact, FinalMarkFact, LessonFact } from "../../../src/domain/facts.ts";
import { createMapping, defaultMapping } from "../../../src/domain/mapping.ts";
import { defaultPolicy, type Policy } from "../../../src/domain/policy.ts";
import { defaultSettings } from "../../../src/domain/settings.ts";
import { at, classOf, lesson, pupil } from "../rules/classroom.ts";

export const TERMS = [
  { externalId: "q1", name: "1 четверть", from: "2026-09-01", to: "2026-10-23" },
  { externalId: "q2", name: "2 четверть", from: "2026-11-02", to: "2026-12-29" },
] as const;
export const PUPILS = ["p1", "p2", "p3", "p4"];

interface Subject {
  readonly id: string;
  readonly name: string;
  readonly group?: string;
  /** Pupils' cells, a line each, a lesson each a word; «.» is an empty cell. */
  readonly cells: Readonly<Record<string, string>>;
  /** The lessons' weights, as far as they are not one. */
  readonly weights?: readonly (number | null)[];
}

const seen = { absentAt: at("2026-09-01 08:00"), seenAt: at("2026-09-02 08:00") };

/** Lessons of a subject on consecutive weekdays from `from` on, with what stands in their cells. */
export function taught({ id, name, group, cells, weights = [] }: Subject, from: string) {
  const words = Object.fromEntries(Object.entries(cells).map(([who, line]) => [who, line.split(" ")]));
  const count = Math.max(...Object.values(words).map((line) => line.length));
  const days: string[] = [];
  for (let day = Temporal.PlainDate.from(from); days.length < count; day = day.add({ days: 1 }))
    if (day.dayOfWeek <= 5) days.push(day.toString());
  const lessons = days.map((date, index): LessonFact => {
    const row = lesson({ id: `${id}/${date}${group ?? ""}`, date, pupils: Object.keys(cells) });
    const content = { topic: "Тема", homework: null, workType: null, weight: weights[index] ?? null };
    const versions = [{ absentAt: null, seenAt: seen.seenAt, content }] as const;
    return { ...row, subjectExternalId: id, subject: name, group: group ?? null, versions };
  });
  const entries = Object.entries(words).flatMap(([who, line]) =>
    line.flatMap((text, index): EntryFact[] => {
      const date = days[index] ?? "";
      if (text === ".") return [];
      return [
        {
          lessonExternalId: `${id}/${date}${group ?? ""}`,
          pupilExternalId: who,
          date,
          subjectExternalId: id,
          vanishedAt: null,
          versions: [{ ...seen, content: text }],
        },
      ];
    }),
  );
  return { lessons, entries };
}

/** Final marks of a subject by pupil. */
export function finals(term: string, id: string, name: string, marks: Readonly<Record<string, string>>) {
  return Object.entries(marks).map(
    ([who, content]): FinalMarkFact => ({
      pupilExternalId: who,
      termExternalId: term,
      subjectExternalId: id,
      subject: name,
      vanishedAt: null,
      versions: [{ ...seen, content }],
    }),
  );
}

interface Scene extends Partial<Pick<ClassSnapshot, "finals" | "grade" | "terms" | "pupils">> {
  readonly taught: readonly ReturnType<typeof taught>[];
}

export function snapshotOf({ taught: subjects, ...rest }: Scene): ClassSnapshot {
  return classOf({
    terms: TERMS,
    pupils: PUPILS.map((id, index) => pupil(id, "2026-12-30 18:00", index + 1)),
    lessons: subjects.flatMap(({ lessons }) => lessons),
    entries: subjects.flatMap(({ entries }) => entries),
    ...rest,
  });
}

export function analysed(
  snapshot: ClassSnapshot,
  term = "1 четверть",
  over: { policy?: Partial<Policy>; asOf?: string; maxMark?: number } = {},
): ClassAnalysis {
  const { policy, asOf = "2026-12-30 18:00", maxMark = 5 } = over;
  const analysis = analyseClass(
    {
      snapshot,
      policy: { ...defaultPolicy, ...policy },
      calendar: defaultSettings.calendar,
      mapping: createMapping(defaultMapping, maxMark),
      asOf: at(asOf),
    },
    term,
    { name: "Школа «Ручей»", maxMark },
  );
  if (analysis === null) throw new Error(`no term ${term}`);
  return analysis;
}
