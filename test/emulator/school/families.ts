import type {
  ClassLists,
  DeliveryAgreement,
  FamilyNotice,
  ParentLook,
  RosterChange,
} from "../../../src/domain/school-lists.ts";
import type { EpochMs, IsoDate } from "../../../src/domain/time.ts";
import { addDays, isSchoolTime, moment, schoolDays, weekday, YEAR } from "./days.ts";
import type { EmulatedSchool, SchoolClass } from "./model.ts";
import type { Random } from "./random.ts";

export type Agreement = "complete" | "second-incomplete" | "none" | "no-date" | "no-basis" | "new-family";

/** What became of one family: its agreement, the notices that came too late or not at all, the whole weeks with fewer than two looks. */
export interface FamilyFate {
  readonly classId: string;
  readonly pupilId: string;
  readonly agreement: Agreement;
  readonly paper: boolean;
  /** Days after which no notice came in time: of the last one, or the first day of all. */
  readonly lateAfter: readonly { readonly from: IsoDate; readonly due: EpochMs }[];
  readonly inTimeAfter: readonly IsoDate[];
  readonly rareWeeks: readonly IsoDate[];
}

const AGREEMENTS: readonly Agreement[] = [
  "complete",
  "complete",
  "complete",
  "complete",
  "second-incomplete",
  "none",
  "no-date",
  "no-basis",
  "new-family",
];
const FIRST = "2026-09-01";

interface Made {
  readonly lists: Pick<ClassLists, "delivery" | "looks" | "notices" | "rosterChanges">;
  readonly fates: readonly FamilyFate[];
}

/** Agreements, notices and looks of one class's families up to a day. */
export function makeFamilies(random: Random, school: EmulatedSchool, klass: SchoolClass, to: IsoDate): Made {
  const delivery: DeliveryAgreement[] = [];
  const looks: ParentLook[] = [];
  const printed: FamilyNotice[] = [];
  const rosterChanges: RosterChange[] = [];
  const fates: FamilyFate[] = [];
  for (const { id: pupilId, paper } of school.pupils.filter(({ classId }) => classId === klass.id)) {
    const agreement = random.pick(AGREEMENTS);
    const way = paper ? ("paper" as const) : ("electronic" as const);
    delivery.push(...agreementsOf(pupilId, way, agreement));
    if (agreement === "new-family") rosterChanges.push(joining(rosterChanges.length, pupilId, klass.id, to));
    const agreed = agreement === "complete" || agreement === "second-incomplete" || agreement === "no-basis";
    const notices = agreed && paper ? makeNotices(random, pupilId, klass.grade, to) : null;
    printed.push(...(notices?.printed ?? []));
    const rareWeeks = agreed && !paper ? makeLooks(random, pupilId, klass.grade, to, looks) : [];
    const { lateAfter = [], inTimeAfter = [] } = notices ?? {};
    fates.push({ classId: klass.id, pupilId, agreement, paper, lateAfter, inTimeAfter, rareWeeks });
  }
  return { lists: { delivery, looks, notices: printed, rosterChanges }, fates };
}

function agreementsOf(pupilId: string, way: DeliveryAgreement["way"], agreement: Agreement): DeliveryAgreement[] {
  const complete = { pupilExternalId: pupilId, way, basis: "заявление", agreedOn: FIRST };
  if (agreement === "none" || agreement === "new-family") return [];
  if (agreement === "no-date") return [{ ...complete, agreedOn: null }];
  if (agreement === "no-basis") return [{ ...complete, basis: null }];
  return agreement === "complete" ? [complete] : [complete, { ...complete, basis: null, agreedOn: null }];
}

/** The pupil came a few days before the end of what is generated. */
function joining(id: number, pupilExternalId: string, classId: string, to: IsoDate): RosterChange {
  const at = moment(addDays(to, -5), 10 * 60);
  const came = { fromClassExternalId: null, toClassExternalId: classId, administratorAt: null, classTeacherAt: null };
  return { id, at, kind: "joined", pupilExternalId, ...came };
}

/** The 14th day of school time, and if no lessons are held on it, the next day with lessons; null when the school year ends before. */
function lastDayFor(from: IsoDate, grade: number): IsoDate | null {
  let day = from;
  for (let left = 14; left > 0; ) {
    day = addDays(day, 1);
    if (day > YEAR.to) return null;
    if (isSchoolTime(day, grade)) left -= 1;
  }
  while (weekday(day) > 5 || !isSchoolTime(day, grade)) {
    if (day > YEAR.to) return null;
    day = addDays(day, 1);
  }
  return day;
}

/** Notices at any time up to the very last evening; some come a day or a week too late, some never again. */
function makeNotices(random: Random, pupilExternalId: string, grade: number, to: IsoDate) {
  const printed: FamilyNotice[] = [];
  const lateAfter: { from: IsoDate; due: EpochMs }[] = [];
  const inTimeAfter: IsoDate[] = [];
  for (let from = FIRST as IsoDate; from < to; ) {
    const last = lastDayFor(from, grade);
    if (last === null) break;
    const due = moment(addDays(last, 1), 0);
    const late = random.chance(0.15);
    if (late) lateAfter.push({ from, due });
    if (late && random.chance(0.3)) return { printed, lateAfter, inTimeAfter };
    const soon = addDays(from, random.between(3, 10));
    const day = late ? addDays(last, random.between(1, 8)) : random.chance(0.5) || soon > last ? last : soon;
    const at = moment(day, day === last ? 24 * 60 - random.between(1, 3) : random.between(8 * 60, 17 * 60));
    if (day > to) break;
    if (!late) inTimeAfter.push(from);
    const handedAt = random.chance(0.9) ? at : null;
    const stages = { composedAt: at, printedAt: at, handedAt, returnedAt: null, hasSlip: true, finals: false };
    printed.push({ pupilExternalId, from, to: day, ...stages });
    from = day;
  }
  return { printed, lateAfter, inTimeAfter };
}

/** Two or three looks a week; in some weeks fewer. Which weeks are whole is counted by lessons. */
function makeLooks(random: Random, pupilExternalId: string, grade: number, to: IsoDate, looks: ParentLook[]) {
  const rare: IsoDate[] = [];
  for (let monday = "2026-08-31"; addDays(monday, 6) <= to; monday = addDays(monday, 7)) {
    const days = schoolDays(monday, addDays(monday, 4), grade).filter((day) => day >= FIRST);
    const count = random.chance(0.25) ? random.between(0, 1) : random.between(2, 3);
    const chosen = random.shuffled(Array.from({ length: 7 }, (_, index) => addDays(monday, index))).slice(0, count);
    for (const on of chosen) looks.push({ pupilExternalId, on, kind: "look" });
    if (count < 2 && days.length === 5) rare.push(monday);
  }
  return rare;
}
