import type { EpochMs } from "../../../src/domain/time.ts";
import { endedTerms, finalsDue } from "../../emulator/school/finals.ts";
import type { EmulatedSchool, SchoolClass, TrueFinal } from "../../emulator/school/model.ts";
import { looksAtLesson } from "./observed.ts";
import { keyOf, lookedIn, type TrueCase } from "./truth-case.ts";

/** Each page and ended term of a class: whether every final mark was entered in time. */
export function finalCases(school: EmulatedSchool, klass: SchoolClass): readonly TrueCase[] {
  if (klass.grade < 2) return [];
  const pupils = school.pupils.filter(({ classId }) => classId === klass.id);
  const finals = Map.groupBy(
    school.finals.filter(({ pupilId }) => klass.pupilIds.includes(pupilId)),
    ({ termId, subjectId }) => `${termId}/${subjectId}`,
  );
  const lessons = Map.groupBy(
    school.lessons.filter(({ classId }) => classId === klass.id),
    ({ subjectId, group }) => `${subjectId}/${group}`,
  );
  const pages = school.pages.filter(({ classId }) => classId === klass.id);
  return endedTerms(klass, "9999-12-31").flatMap((term) => {
    const due = finalsDue(term, klass.grade);
    return pages.map((page): TrueCase => {
      const own = new Set(pupils.filter(({ group }) => page.group === 0 || group === page.group).map(({ id }) => id));
      const marks = (finals.get(`${term.id}/${page.subjectId}`) ?? []).filter(({ pupilId }) => own.has(pupilId));
      // Only lessons tell a group apart.
      const taught = (lessons.get(`${page.subjectId}/${page.group}`) ?? []).filter(({ date }) => date <= term.to);
      return {
        rule: "final-mark-24h",
        key: keyOf({
          rule: "final-mark-24h",
          classExternalId: klass.id,
          subjectExternalId: page.subjectId,
          about: `${term.id}/mark${page.group === 0 ? "" : `/${page.group}`}`,
          pupilExternalId: null,
        }),
        met: marks.length > 0 && marks.every((mark) => enteredAt(mark) <= due),
        proven: (looks, asOf) =>
          taught.some((one) => lookedIn(looksAtLesson(one, looks), one.shownFrom, asOf + 1)) &&
          marks.some((mark) => {
            const [at, own] = [enteredAt(mark), looks(mark.pupilId, "finals")];
            return at > due && lookedIn(own, due, at) && lookedIn(own, at, asOf + 1);
          }),
      };
    });
  });
}

/** Whether a pupil's final mark was really entered after its deadline; a finding may name no other pupil as late. */
export function isReallyLate(
  school: EmulatedSchool,
  klass: SchoolClass,
  of: Pick<TrueFinal, "pupilId" | "termId" | "subjectId">,
): boolean {
  const term = endedTerms(klass, "9999-12-31").find(({ id }) => id === of.termId);
  const mark = school.finals.find(
    ({ pupilId, termId, subjectId }) => pupilId === of.pupilId && termId === of.termId && subjectId === of.subjectId,
  );
  return term !== undefined && mark !== undefined && enteredAt(mark) > finalsDue(term, klass.grade);
}

const enteredAt = ({ events }: TrueFinal): EpochMs => events[0]?.at ?? Number.POSITIVE_INFINITY;
