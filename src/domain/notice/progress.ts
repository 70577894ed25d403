import { type Forecast, type ForecastTerms, forecastOf, meanOf, type WeighedMark } from "../forecast.ts";
import type { Mapping } from "../mapping.ts";
import type { NoticeEntry, NoticeFacts, NoticeLesson } from "./facts.ts";
import { isAddedEntry } from "./news.ts";
import type { NoticeProgress, NoticeSubject } from "./notice.ts";
import { counted, dayMonth, decimal, line, neededMarks, shortDay } from "./words.ts";
import { createWorkNames, type WorkNames } from "./work-names.ts";

const mostNeeded = 10;

/** Marks, means, forecasts and final marks by subject, as far as there are any. */
export function composeProgress(
  facts: NoticeFacts,
  { mapping, forecast, plain }: { mapping: Mapping; forecast: ForecastTerms; plain: boolean },
): NoticeProgress {
  const lessons = new Map(facts.lessons.map((lesson) => [lesson.externalId, lesson]));
  const work = createWorkNames();
  const finalTerms = termsOf(facts);
  const scaleFits = facts.school.maxMark === 5;
  const weighted = facts.lessons.some((lesson) => lesson.weight !== null && lesson.weight !== 1);

  const subjects = subjectsOf(facts).flatMap((subject): NoticeSubject[] => {
    const entries = facts.entries
      .filter((entry) => entry.subjectExternalId === subject.externalId)
      .toSorted((one, other) => compare(one.date, other.date) || compare(one.lessonExternalId, other.lessonExternalId));
    const marks = entries.flatMap((entry) =>
      shownMarks(entry, lessons.get(entry.lessonExternalId), { facts, mapping, work }),
    );
    const counting = entries
      .filter((entry) => inTerm(facts, entry))
      .flatMap((entry) => weighedMarks(entry, lessons, mapping));
    const mean = meanOf(counting);
    const finals = finalTerms.map(
      (term) =>
        facts.finals.find(
          (final) => final.termExternalId === term.externalId && final.subjectExternalId === subject.externalId,
        )?.text ?? null,
    );
    const ended = facts.finals.some(
      (final) => final.subjectExternalId === subject.externalId && final.termExternalId === facts.term?.externalId,
    );
    const outlook = facts.term === null || ended || !scaleFits ? null : forecastOf(counting, forecast);
    if (marks.length === 0 && mean === null && finals.every((final) => final === null)) return [];
    return [
      {
        name: subject.name,
        marks,
        mean: mean === null ? null : decimal(mean),
        forecast: outlook === null ? null : tell(outlook, plain),
        finals: finals.map((final) => (final === null ? null : line(final, 12))),
      },
    ];
  });

  const anyForecast = subjects.some((subject) => subject.forecast !== null);
  const anyAdded = subjects.some((subject) => subject.marks.some((mark) => mark.added));
  return {
    subjects,
    meanHead: "Средний балл",
    forecastHead: facts.term === null || !scaleFits ? null : `Прогноз: ${line(facts.term.name, 30)}`,
    forecastNote:
      anyForecast && facts.term !== null
        ? note(facts.term.from, facts.span.to, { weighted, plain, leastMarks: forecast.leastMarks })
        : null,
    finalTerms: finalTerms.map((term) => shortTerm(term.name)),
    legend: work.legend(),
    addedNote: anyAdded ? "отметка за более ранний урок, появилась в журнале в эти дни" : null,
  };
}

function shownMarks(
  entry: NoticeEntry,
  lesson: NoticeLesson | undefined,
  { facts, mapping, work }: { facts: NoticeFacts; mapping: Mapping; work: WorkNames },
): NoticeSubject["marks"] {
  const inside = facts.span.from <= entry.date && entry.date <= facts.span.to;
  const added = isAddedEntry(entry, facts);
  if (!inside && !added) return [];
  const cell = mapping.readCell(entry.text);
  const type = line(lesson?.workType ?? "", 60);
  return [...cell.marks, ...cell.unknown].map((text) => ({
    text: line(text, 12),
    date: shortDay(entry.date),
    work: type === "" ? null : work.shortOf(type),
    added,
  }));
}

function weighedMarks(entry: NoticeEntry, lessons: ReadonlyMap<string, NoticeLesson>, mapping: Mapping): WeighedMark[] {
  const weight = lessons.get(entry.lessonExternalId)?.weight ?? null;
  return mapping.readCell(entry.text).numbers.map((value) => ({ value, weight }));
}

function inTerm(facts: NoticeFacts, entry: NoticeEntry): boolean {
  const from = facts.term?.from ?? facts.span.from;
  return from <= entry.date && entry.date <= facts.span.to;
}

function subjectsOf(facts: NoticeFacts): { externalId: string; name: string }[] {
  const names = new Map<string, string>();
  for (const { subjectExternalId, subject } of [...facts.lessons, ...facts.entries, ...facts.finals])
    names.set(subjectExternalId, line(subject, 60));
  return [...names]
    .map(([externalId, name]) => ({ externalId, name }))
    .sort((one, other) => one.name.localeCompare(other.name, "ru"));
}

function termsOf(facts: NoticeFacts): NoticeFacts["terms"] {
  return facts.terms.filter((term) => facts.finals.some((final) => final.termExternalId === term.externalId));
}

/** «1 четв.»: final marks stand in narrow columns. */
function shortTerm(name: string): string {
  return line(name, 24)
    .replace(/четверть/i, "четв.")
    .replace(/полугодие/i, "полуг.")
    .replace(/триместр/i, "трим.");
}

function tell({ mark, marks, next }: Forecast, plain: boolean): NonNullable<NoticeSubject["forecast"]> {
  return {
    mark: String(mark),
    band: next === null ? "" : bandOf(next, plain),
    basis: `по ${counted(marks, "отметке", "отметкам", "отметкам")}`,
  };
}

function bandOf(next: { mark: number; needed: number }, plain: boolean): string {
  const goal = plain ? `чтобы вышло ${next.mark},` : `для ${next.mark}`;
  if (next.needed <= mostNeeded) return `${goal} ${neededMarks(next.mark, next.needed)}`;
  return `${goal} нужно больше десяти отметок «${next.mark}»`;
}

function note(
  from: string,
  to: string,
  { weighted, plain, leastMarks }: { weighted: boolean; plain: boolean; leastMarks: number },
): string {
  const days = `с ${dayMonth(from)} по ${dayMonth(to)}`;
  if (plain)
    return `Прогноз – это не итоговая отметка. Так получится, если ребёнок будет учиться так же. Мы посчитали его по отметкам ${days}.`;
  const weights = weighted ? " с учётом веса работ" : "";
  return `Прогноз – не итоговая отметка: он показывает, что вышло бы сегодня, и посчитан${weights} по отметкам ${days}, если их не меньше ${leastMarks}.`;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
