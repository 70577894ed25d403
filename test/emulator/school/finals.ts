import type { EpochMs, IsoDate } from "../../../src/domain/time.ts";
import { addDays, HALF_YEARS, moment, QUARTERS, schoolDays, WHOLE_YEAR, YEAR } from "./days.ts";
import type { Pupil, SchoolClass, SubjectPage, Term, TrueEvent, TrueFinal } from "./model.ts";
import type { Random } from "./random.ts";

const HOUR = 60;

/** 24:00 of the day after a term, or of the next school day; after the school year of the day after. */
export function finalsDue(term: Term, grade: number): EpochMs {
  const next = addDays(term.to, 1);
  for (let day = next; day <= YEAR.to; day = addDays(day, 1)) {
    if (schoolDays(day, day, grade).length > 0) return moment(day, 24 * HOUR);
  }
  return moment(next, 24 * HOUR);
}

/** The terms by which a class is marked and which end by `to`. */
export function endedTerms(klass: SchoolClass, to: IsoDate): readonly Term[] {
  return [...QUARTERS, ...HALF_YEARS, WHOLE_YEAR].filter((term) => klass.termIds.includes(term.id) && term.to <= to);
}

/**
 * Grades 2 and up are assessed by their terms: most pages on the last day, some in the very last minutes of the deadline, some after it, some never;
 * on some, one pupil's mark is late. «н/а» in time may become a mark after a retake, and a few pupils are forgotten.
 */
export function makeFinals(
  random: Random,
  klass: SchoolClass,
  pages: readonly SubjectPage[],
  pupils: readonly Pupil[],
  to: IsoDate,
): TrueFinal[] {
  if (klass.grade < 2) return [];
  return endedTerms(klass, to).flatMap((term) => {
    const due = finalsDue(term, klass.grade);
    return pages.flatMap((page) => {
      const own = pupils.filter(({ group }) => page.group === 0 || group === page.group);
      const lastDay = () => moment(term.to, random.between(10 * HOUR, 20 * HOUR));
      const late = () => due + random.between(HOUR, 60 * HOUR) * 60_000;
      const roll = random.next();
      const at =
        roll < 0.62 ? lastDay() : roll < 0.78 ? due - random.between(1, 4) * 60_000 : roll < 0.88 ? late() : null;
      const oneLate = roll >= 0.92;
      if (at === null && !oneLate) return [];
      return own.flatMap((pupil, index) => {
        const first = at ?? (index === 0 ? late() : lastDay());
        const mark = String(random.between(3, 5));
        if (random.chance(0.01)) return [];
        const events: TrueEvent<string>[] = random.chance(0.02)
          ? [
              { at: first, content: "н/а" },
              { at: first + random.between(2, 9) * 24 * HOUR * 60_000, content: mark },
            ]
          : [{ at: first, content: mark }];
        return [{ pupilId: pupil.id, termId: term.id, subjectId: page.subjectId, events }];
      });
    });
  });
}
