import type { ClassLists, CurriculumLine, HeldPage, LoadLine } from "../../../src/domain/school-lists.ts";
import type { EmulatedSchool, SchoolClass, SubjectPage } from "./model.ts";
import type { Random } from "./random.ts";

/** How the lists treat one subject of a class. Only some of these are wrong. */
export type PageTreatment =
  | "plain"
  | "initials"
  | "replaced"
  | "half-hours-more"
  | "two-holders"
  | "no-holder"
  | "other-hours"
  | "journal-differs";

export interface PageFate {
  readonly classId: string;
  readonly subjectId: string;
  readonly treatment: PageTreatment;
}

const TREATMENTS: readonly PageTreatment[] = [
  "plain",
  "plain",
  "plain",
  "initials",
  "replaced",
  "half-hours-more",
  "two-holders",
  "no-holder",
  "other-hours",
  "journal-differs",
];

interface Made {
  readonly lists: Pick<ClassLists, "curriculum" | "load" | "held">;
  readonly fates: readonly PageFate[];
}

/** Curriculum, load and the journal's holders of one class: subjects taught in two groups by two teachers are right. */
export function makePages(random: Random, school: EmulatedSchool, klass: SchoolClass): Made {
  const subjects = new Map(school.subjects.map(({ id, name }) => [id, name]));
  const staff = new Map(school.staff.map((teacher) => [teacher.id, teacher]));
  const own = Map.groupBy(
    school.pages.filter(({ classId }) => classId === klass.id),
    ({ subjectId }) => subjectId,
  );
  const lists = { curriculum: [] as CurriculumLine[], load: [] as LoadLine[], held: [] as HeldPage[] };
  const fates: PageFate[] = [];
  for (const [subjectId, pages] of own) {
    const treatment = random.pick(TREATMENTS);
    const place = { subjectExternalId: subjectId, subject: subjects.get(subjectId) ?? "" };
    const hours = pages[0]?.weeklyHours ?? 0;
    const planned = treatment === "half-hours-more" ? hours + 0.5 : hours;
    const strange = random.pick(school.staff.filter(({ id, name }) => isOther(pages, id, name)));
    fates.push({ classId: klass.id, subjectId, treatment });
    lists.curriculum.push({ ...place, weeklyHours: planned });
    for (const page of pages) {
      const group = page.group === 0 ? "" : `${page.group} группа`;
      const holder = staff.get(page.holderId);
      if (holder === undefined) continue;
      const line = (name: string, externalId: string | null, weeklyHours: number): LoadLine => ({
        ...place,
        group,
        holder: { externalId, name },
        weeklyHours,
      });
      if (treatment === "initials") lists.load.push(line(initialsOf(holder.name), null, planned));
      else if (treatment !== "no-holder") {
        lists.load.push(line(holder.name, holder.id, treatment === "other-hours" ? planned + 1 : planned));
      }
      if (treatment === "replaced") lists.load.push(line(strange.name, strange.id, 0));
      if (treatment === "two-holders") lists.load.push(line(strange.name, strange.id, 1));
      const inJournal = treatment === "journal-differs" ? strange.name : holder.name;
      lists.held.push({ ...place, group: page.group === 0 ? "" : String(page.group), holder: inJournal });
    }
  }
  return { lists, fates };

  /** Nobody of the subject, nor anybody whose name might be read as theirs. */
  function isOther(pages: readonly SubjectPage[], id: string, name: string): boolean {
    const surname = name.split(" ")[0];
    return pages.every(({ holderId }) => holderId !== id && staff.get(holderId)?.name.split(" ")[0] !== surname);
  }
}

function initialsOf(name: string): string {
  const [surname, ...given] = name.split(" ");
  return `${surname} ${given.map((part) => `${part[0]}.`).join("")}`;
}
