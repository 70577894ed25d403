import type { EpochMs } from "../../src/domain/time.ts";
import { type EmulatedSchool, standingAt } from "../emulator/index.ts";

/** What the truth of a generated school says of a class's quarter at an instant, counted anew and plainly. */
export function truthOf(school: EmulatedSchool, className: string, termName: string, at: EpochMs) {
  const klass = school.classes.find(({ name }) => name === className);
  const term = school.terms.find(({ name }) => name === termName);
  if (klass === undefined || term === undefined) throw new Error(`no ${className} or ${termName}`);
  const pupils = school.pupils.filter(({ classId }) => classId === klass.id);
  const dates = new Map(school.lessons.map((lesson) => [lesson.externalId, lesson.date]));

  let missed = 0;
  let lessonMarks = 0;
  let late = 0;
  let ill = 0;
  const days = new Set<string>();
  for (const { pupilId, lessonId, events } of school.entries) {
    const date = dates.get(lessonId) ?? "";
    const text =
      pupils.some(({ id }) => id === pupilId) && term.from <= date && date <= term.to ? standingAt(events, at) : null;
    if (text !== null) lessonMarks += text.split(/[\s/]/).filter((one) => /^[2-5][-+]?$/.test(one)).length;
    // «н/а» is a mark, no absence.
    const letter = text === "н/а" ? "" : text?.split(/[\s/]/)[0]?.toUpperCase();
    if (letter === "ОП") late += 1;
    if (letter === "Б") ill += 1;
    if (!["Н", "НП", "УП", "Б"].includes(letter ?? "")) continue;
    missed += 1;
    days.add(`${pupilId} ${date}`);
  }

  const marks = new Map<string, Map<string, string>>();
  for (const { pupilId, termId, subjectId, events } of school.finals) {
    const text = termId === term.id ? standingAt(events, at) : null;
    if (text !== null) marks.set(subjectId, (marks.get(subjectId) ?? new Map()).set(pupilId, text));
  }
  const results = new Map<string, string[]>(pupils.map(({ id }) => [id, []]));
  for (const { subjectId, group } of school.pages.filter(({ classId }) => classId === klass.id)) {
    const own = pupils.filter((pupil) => group === 0 || pupil.group === group);
    const given = own.filter(({ id }) => marks.get(subjectId)?.has(id));
    if (given.length * 2 < own.length) continue;
    for (const { id } of own) results.get(id)?.push(marks.get(subjectId)?.get(id) ?? "");
  }
  const counted = [...results.values()].filter((own) => own.length > 0);
  const numbers = counted.flat().filter((text) => /^\d$/.test(text));
  return {
    pupils: counted.length,
    quality: counted.filter((own) => own.every((text) => text === "4" || text === "5")).length,
    success: counted.filter((own) => own.every((text) => /^[345]$/.test(text))).length,
    unassessed: counted.filter((own) => own.some((text) => text === "" || text === "н/а")).length,
    mean: numbers.reduce((sum, text) => sum + Number(text), 0) / numbers.length,
    lessonMarks,
    absences: { missed, days: days.size, late, ill },
  };
}
