import { dayOf } from "../days.ts";
import { endOfDay } from "../deadline.ts";
import { lastNoticeDay, type NoticeCounting } from "../notice-cycle/counting.ts";
import type { FamilyNotice } from "../school-lists.ts";
import type { EpochMs, IsoDate } from "../time.ts";
import type { ClassCase } from "./class-case.ts";

/** Where a notice got stuck: it was never composed, it never left the printer, nobody told that it was handed out, its slip did not come back. */
export type NoticeStage = "composed" | "printer" | "handed" | "returned";

export function countingOf({ calendar, policy, snapshot }: ClassCase): NoticeCounting {
  const of = { grade: snapshot.grade, className: snapshot.className };
  return { calendar, of, countHolidays: policy.noticeBiweekly.countHolidays };
}

/** The notices of the class as they were known at `asOf`, oldest first. */
export function noticesBy({ snapshot: { lists }, asOf }: ClassCase): readonly FamilyNotice[] {
  const by = (at: EpochMs | null) => (at !== null && at <= asOf ? at : null);
  return lists.notices
    .filter(({ composedAt }) => composedAt <= asOf)
    .map((notice) => ({
      ...notice,
      printedAt: by(notice.printedAt),
      handedAt: by(notice.handedAt),
      returnedAt: by(notice.returnedAt),
    }))
    .toSorted((one, other) => one.composedAt - other.composedAt);
}

export type Printed = FamilyNotice & { readonly printedAt: EpochMs };

/** Those that were printed, in the order of their printing. */
export function printedOf(notices: readonly FamilyNotice[]): readonly Printed[] {
  return notices
    .filter((notice): notice is Printed => notice.printedAt !== null)
    .toSorted((one, other) => one.printedAt - other.printedAt);
}

/** Why no notice was printed between the day `from` and the deadline: one was composed by then and did not get through the printer, or none was. */
export function failedBefore(
  notices: readonly FamilyNotice[],
  from: IsoDate,
  dueAt: EpochMs,
  zone: string,
): NoticeStage {
  const stuck = notices.some(
    ({ composedAt, printedAt }) =>
      composedAt < dueAt && (printedAt === null || printedAt >= dueAt) && dayOf(composedAt, zone) >= from,
  );
  return stuck ? "printer" : "composed";
}

/** Consecutive notices that got stuck at the same stage: one case, named by the day on which the first of them was printed. */
export interface StuckRun {
  readonly stage: NoticeStage;
  readonly from: IsoDate;
  readonly times: number;
}

/** The newest prints of which nobody told that they were handed out, once the oldest of them is overdue; null: none. */
export function unhanded(of: ClassCase, notices: readonly FamilyNotice[]): StuckRun | null {
  const printed = printedOf(notices);
  const run = printed.slice(printed.findLastIndex(({ handedAt }) => handedAt !== null) + 1);
  return stuckRun(of, "handed", run, (notice) => notice.printedAt, of.policy.noticeBiweekly.handDays);
}

/** The newest notices that were handed out and whose slips have not come back. What tells final marks is asked for by «Регламент», п. 6. */
export function unreturned(of: ClassCase, notices: readonly FamilyNotice[]): StuckRun | null {
  const handed = printedOf(notices).filter(({ handedAt, hasSlip, finals }) => handedAt !== null && hasSlip && !finals);
  const run = handed.slice(handed.findLastIndex(({ returnedAt }) => returnedAt !== null) + 1);
  return stuckRun(
    of,
    "returned",
    run,
    (notice) => notice.handedAt ?? notice.printedAt,
    of.policy.noticeBiweekly.returnDays,
  );
}

function stuckRun(
  of: ClassCase,
  stage: NoticeStage,
  run: readonly Printed[],
  since: (notice: Printed) => EpochMs,
  days: number,
): StuckRun | null {
  const { zone } = of.calendar;
  const isOver = (notice: Printed) =>
    endOfDay(lastNoticeDay(countingOf(of), dayOf(since(notice), zone), days), zone) <= of.asOf;
  const [first] = run;
  if (first === undefined || !isOver(first)) return null;
  return { stage, from: dayOf(first.printedAt, zone), times: run.filter(isOver).length };
}
