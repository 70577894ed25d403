import type { SchoolCalendar } from "../domain/calendar.ts";
import type { Policy } from "../domain/policy.ts";

/** What pages take from the whole house: the root puts it together, the use cases do the work. */
export interface Verbs {
  /** The policy by which checks judge, and the calendar. */
  judging(): Promise<{ readonly policy: Policy; readonly calendar: SchoolCalendar }>;
}
