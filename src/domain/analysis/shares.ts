import type { ClassFigures, PupilFigures, Shares, SubjectFigures } from "./figures.ts";
import { counts, isFailed, isUnassessed, type Result } from "./result.ts";

/** The class's shares, each pupil counted once. */
export function classShares(pupils: readonly PupilFigures[]): Omit<ClassFigures, "absences"> {
  const own = pupils.flatMap(({ standing }) => standing ?? []);
  const results = pupils.flatMap(({ subjects }) => subjects.flatMap(({ result }) => result ?? []));
  return {
    pupils: own.length,
    quality: own.filter(({ quality }) => quality).length,
    success: own.filter(({ success }) => success).length,
    unassessed: own.filter(({ unassessed }) => unassessed).length,
    failing: own.filter(({ failed }) => failed).length,
    excellent: own.filter(({ standing }) => standing === "excellent").length,
    good: own.filter(({ standing }) => standing === "good").length,
    mean: meanMark(results),
  };
}

/** The same of one subject. */
export function subjectShares(results: readonly Result[]): Shares & Pick<SubjectFigures, "marks"> {
  const own = results.filter(counts);
  const marked = (least: number) => own.filter(({ value }) => value === least).length;
  const failed = own.filter(isFailed).length;
  const unassessed = own.filter(isUnassessed).length;
  return {
    pupils: own.length,
    quality: own.filter(({ value }) => value !== null && value >= 4).length,
    success: own.length - failed - unassessed,
    unassessed,
    mean: meanMark(own),
    marks: [marked(5), marked(4), marked(3), failed],
  };
}

export function meanMark(results: readonly Result[]): number | null {
  const marks = results.flatMap(({ value }) => value ?? []);
  return marks.length === 0 ? null : marks.reduce((sum, mark) => sum + mark, 0) / marks.length;
}
