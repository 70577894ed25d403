import { addDays, weekdayOf } from "../../days.ts";
import type { FinalMarkFact, Person } from "../../facts.ts";
import type { ClassCase, LessonCase } from "../class-case.ts";
import { holderOf } from "../page-holder.ts";
import { pageOf } from "../page-touches.ts";
import type { ResultTerm } from "./result-terms.ts";

/** A subject page in a term: who is taught on it, and the final marks of that term that the journal has for them. */
export interface FinalPage {
  readonly subjectExternalId: string;
  readonly subject: string;
  readonly group: string | null;
  readonly lessons: readonly LessonCase[];
  /** No more than one lesson in each school week of the term. */
  readonly rare: boolean;
  readonly pupils: ReadonlySet<string>;
  /** By pupil. */
  readonly finals: ReadonlyMap<string, FinalMarkFact>;
  readonly accountable: Person | null;
}

/** The pages of a term: those with lessons in it, and those of which only final marks are known. */
export function finalPages(of: ClassCase, term: ResultTerm, finals: readonly FinalMarkFact[]): readonly FinalPage[] {
  const inTerm = of.lessons.filter(
    ({ tookPlace, lesson }) => tookPlace && term.from <= lesson.date && lesson.date <= term.to,
  );
  const weeks = new Set(inTerm.map(({ lesson: { date } }) => addDays(date, -weekdayOf(date)))).size;
  const drafts = [...Map.groupBy(inTerm, ({ lesson }) => pageOf(lesson)).values()].flatMap((lessons) => {
    const last = lessons.reduce((one, other) => (isLater(other, one) ? other : one)).lesson;
    const { subjectExternalId, subject, group } = last;
    return [
      {
        subjectExternalId,
        subject,
        group,
        lessons,
        rare: lessons.length <= weeks,
        pupils: new Set(last.pupils),
        finals: new Map<string, FinalMarkFact>(),
      },
    ];
  });
  const bySubject = Map.groupBy(drafts, ({ subjectExternalId }) => subjectExternalId);
  for (const final of finals) {
    const own = bySubject.get(final.subjectExternalId) ?? [];
    // Whose group is not known is put to nobody's account.
    let page = own.find(({ pupils }) => pupils.has(final.pupilExternalId)) ?? own.find(({ group }) => group === null);
    if (page === undefined) {
      const { subjectExternalId, subject } = final;
      page = { subjectExternalId, subject, group: null, lessons: [], rare: true, pupils: new Set(), finals: new Map() };
      drafts.push(page);
      bySubject.set(subjectExternalId, [...own, page]);
    }
    page.pupils.add(final.pupilExternalId);
    page.finals.set(final.pupilExternalId, final);
  }
  return drafts.map((page) => ({ ...page, accountable: accountableFor(of, page) }));
}

function isLater({ lesson: one }: LessonCase, { lesson: other }: LessonCase): boolean {
  return one.date === other.date ? one.externalId > other.externalId : one.date > other.date;
}

/** Who holds the page; where the journal does not say, the one teacher of its lessons. */
function accountableFor({ snapshot }: ClassCase, page: Omit<FinalPage, "accountable">): Person | null {
  const holder = holderOf(snapshot, page, page.lessons);
  if (holder !== null) return holder;
  const teachers = new Map(
    page.lessons.flatMap(({ lesson: { teacher } }) => (teacher === null ? [] : [[teacher.name, teacher]])),
  );
  const [only, another] = [...teachers.values()];
  return another === undefined ? (only ?? null) : null;
}
