import { isWorkingDay } from "../calendar.ts";
import type { IsoDate } from "../time.ts";
import { workingDayAfter } from "./counting.ts";
import { type CycleTerms, countsFrom, type NoticeDays, type NoticePlan, planAfter, planFirst } from "./plan.ts";

/** A family on paper, as the cycle sees it. */
export interface PaperPupil {
  readonly pupilExternalId: string;
  /** The first day on which it may expect a notice. */
  readonly since: IsoDate;
  /** Its last notice that was not withdrawn; null: none yet. */
  readonly last: NoticeDays | null;
  /** The day on which final marks appeared that no notice told yet; null: none. */
  readonly finalsOn: IsoDate | null;
}

export interface DueNotice {
  readonly pupilExternalId: string;
  readonly kind: "regular" | "first" | "final";
  readonly why: NoticePlan["why"] | "final";
  /** The day on which it was planned; before today, when that day was missed. */
  readonly plannedOn: IsoDate;
  /** The last day on which it is in time. */
  readonly limit: IsoDate;
}

export interface Cycle {
  readonly terms: CycleTerms;
  /** Days for telling of a hand-out, see `countsFrom`. */
  readonly handDays: number;
  /** Days for the notice of final marks, after they appeared. */
  readonly finalDays: number;
}

/** When the family's next notice is to be composed: the earlier one of the rhythm's and that of its final marks. */
export function nextNotice({ terms, handDays, finalDays }: Cycle, pupil: PaperPupil): DueNotice {
  const { pupilExternalId, last, since, finalsOn } = pupil;
  if (last === null) {
    const { on, limit, why } = planFirst(terms, since);
    return { pupilExternalId, kind: "first", why, plannedOn: on, limit };
  }
  const from = countsFrom(terms.counting, last, handDays);
  const { on, limit, why } = planAfter(terms, { composedOn: last.composedOn, countsFrom: from });
  if (finalsOn !== null) {
    const finalLimit = workingDayAfter(terms.counting, finalsOn, finalDays);
    // The usual one tells them too.
    if (on > finalLimit)
      return { pupilExternalId, kind: "final", why: "final", plannedOn: finalsOn, limit: finalLimit };
  }
  return { pupilExternalId, kind: "regular", why, plannedOn: on, limit };
}

/**
 * Whose notice is to be composed on `today`, of one class: what is planned for today once its hour has come, and what a day before was missed of. Nothing on a
 * day on which the class does not work, for then nobody hands out.
 */
export function dueNotices(
  cycle: Cycle,
  pupils: readonly PaperPupil[],
  { today, hourCome }: { today: IsoDate; hourCome: boolean },
): readonly DueNotice[] {
  const { calendar, of } = cycle.terms.counting;
  if (!isWorkingDay(calendar, today, of)) return [];
  return pupils
    .map((pupil) => nextNotice(cycle, pupil))
    .filter(({ plannedOn, kind }) => plannedOn < today || (plannedOn === today && (hourCome || kind === "final")));
}
