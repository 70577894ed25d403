import type { EpochMs, IsoDate } from "../src/domain/time.ts";

/** The verbs of the product, as jobs call them. The composition root makes them. */
export interface Services {
  /** One pass over the school's journal. */
  syncSchool(order: { schoolId: number; signal: AbortSignal }): Promise<void>;
  checkRules(order: { schoolId: number; asOf: EpochMs }): Promise<void>;
  composeDailyMail(order: { schoolId: number; day: IsoDate }): Promise<void>;
  /** The teachers' letters of that day; nothing when it is past. */
  composeTeacherMail(order: { schoolId: number; day: IsoDate }): Promise<void>;
  composeWeekMail(order: { schoolId: number; day: IsoDate }): Promise<void>;
  /** Makes the control that is due, and writes to the deputy director of it. */
  makeMonthlyControl(): Promise<void>;
  /** Composes the notices that are due and sends them to the printer; nothing when the school wants that only by hand. */
  composeNotices(): Promise<void>;
  /** Reads what the copier has put into the folder of scans, and destroys the originals whose day is over. */
  readScans(order: { signal: AbortSignal }): Promise<void>;
  /** Sends prints and looks after them. */
  followPrints(order: { signal: AbortSignal }): Promise<void>;
  deliverMail(order: { signal: AbortSignal }): Promise<void>;
}
