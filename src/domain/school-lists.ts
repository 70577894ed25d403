import type { EpochMs, IsoDate } from "./time.ts";

// What the journal does not tell and the school does, by imported lists and by what this service did itself. A list is null while nobody has
// ever imported it: then a rule that needs it says «нет данных» instead of accusing anybody.

/** Учебный план of one class. */
export interface CurriculumLine {
  readonly subjectExternalId: string;
  readonly subject: string;
  readonly weeklyHours: number;
}

/** Распределение нагрузки of one class: one line a holder. */
export interface LoadLine {
  readonly subjectExternalId: string;
  readonly subject: string;
  /** «» is the whole class. */
  readonly group: string;
  readonly holder: { readonly externalId: string | null; readonly name: string };
  readonly weeklyHours: number;
}

/** Who holds a page as the journal says. */
export interface HeldPage {
  readonly subjectExternalId: string;
  readonly subject: string;
  /** «» is the whole class. */
  readonly group: string;
  readonly holder: string;
}

/** Календарно-тематическое планирование of one class. */
export interface PlannedTopic {
  readonly subjectExternalId: string;
  /** «» is the whole class. */
  readonly group: string;
  readonly number: number;
  readonly plannedOn: IsoDate | null;
  readonly topic: string;
  readonly hours: number;
}

/** How a guardian agreed to be told («Регламент», пп. 2 and 5). */
export interface DeliveryAgreement {
  readonly pupilExternalId: string;
  readonly way: "electronic" | "paper";
  /** The paper or electronic basis of the consent. */
  readonly basis: string | null;
  readonly agreedOn: IsoDate | null;
}

/** A family's look into the diary, or its acknowledgement of final marks. */
export interface ParentLook {
  readonly pupilExternalId: string;
  readonly on: IsoDate;
  readonly kind: "look" | "acknowledged";
}

/** A notice on its way to a family, about the days from `from` to `to`; one that was withdrawn is not there. A stage that it has not reached is null. */
export interface FamilyNotice {
  readonly pupilExternalId: string;
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly composedAt: EpochMs;
  readonly printedAt: EpochMs | null;
  /** When somebody told that it was handed out. */
  readonly handedAt: EpochMs | null;
  /** When its slip was back. */
  readonly returnedAt: EpochMs | null;
  /** Whether it has a slip by which its return can be known. */
  readonly hasSlip: boolean;
  /** Whether it tells final marks that no earlier one told. */
  readonly finals: boolean;
}

/** A change of a class list between two passes («Порядок», п. 3.2.1). */
export interface RosterChange {
  readonly id: number;
  readonly at: EpochMs;
  readonly kind: "joined" | "left" | "moved";
  readonly pupilExternalId: string;
  readonly fromClassExternalId: string | null;
  readonly toClassExternalId: string | null;
  /** When the administrator and the class teacher acknowledged it. */
  readonly administratorAt: EpochMs | null;
  readonly classTeacherAt: EpochMs | null;
}

/** A pupil came into the class or went out of it, when a pass found so. */
export interface PupilMove {
  readonly pupilExternalId: string;
  readonly kind: "came" | "went";
  readonly at: EpochMs;
}

/** All of them as far as they concern one class. */
export interface ClassLists {
  /** The instant of the service's first pass that ended: nothing before it is accused. Null before it. */
  readonly since: EpochMs | null;
  readonly held: readonly HeldPage[];
  readonly curriculum: readonly CurriculumLine[] | null;
  readonly load: readonly LoadLine[] | null;
  readonly plan: readonly PlannedTopic[] | null;
  readonly delivery: readonly DeliveryAgreement[] | null;
  readonly looks: readonly ParentLook[] | null;
  readonly notices: readonly FamilyNotice[];
  readonly rosterChanges: readonly RosterChange[];
  /** Oldest first. */
  readonly moves: readonly PupilMove[];
}

export const NO_LISTS: ClassLists = {
  since: null,
  held: [],
  curriculum: null,
  load: null,
  plan: null,
  delivery: null,
  looks: null,
  notices: [],
  rosterChanges: [],
  moves: [],
};

/** «Порядок», п. 9: an archive of a week, or the printed book of a term (`book`) or of the year. */
export interface ArchiveRecord {
  readonly kind: "week" | "book" | "year";
  /** The first day of what is archived. */
  readonly from: IsoDate;
  readonly classExternalId: string;
  readonly verifiedOn: IsoDate | null;
  readonly handedOn: IsoDate | null;
}

/** A monthly control («Порядок», п. 8). */
export interface ControlRecord {
  /** `YYYY-MM` */
  readonly month: string;
  readonly madeAt: EpochMs;
  readonly concludedAt: EpochMs | null;
  readonly deliveredAt: EpochMs | null;
}
