import { prepareClass } from "../rules/class-case.ts";
import type { CheckInput } from "../rules/rule.ts";
import { analyseTerm } from "./analyse-term.ts";
import type { ClassAnalysis } from "./figures.ts";
import { termBefore, termMeant, termsOfClass } from "./terms.ts";

/** A class's term beside the one before. Null: the class is not marked by such a term. Pure. */
export function analyseClass(
  input: CheckInput,
  asked: string,
  school: { readonly maxMark: number; readonly name: string },
): ClassAnalysis | null {
  const of = prepareClass(input);
  const terms = termsOfClass(of.snapshot, of.calendar, of.today);
  const term = termMeant(terms, asked);
  if (term === null) return null;
  const before = termBefore(terms, term);
  const { classExternalId, className, classTeacher } = of.snapshot;
  return {
    school: school.name,
    classExternalId,
    className,
    classTeacher,
    now: analyseTerm(of, term, school),
    before: before === null ? null : analyseTerm(of, before, school),
  };
}
