import { checkRules } from "./check-rules.ts";
import { composeDailyMail } from "./compose-daily-mail.ts";
import { composeNotices } from "./compose-notices.ts";
import { composeTeacherMail } from "./compose-teacher-mail.ts";
import { composeWeekMail } from "./compose-week-mail.ts";
import type { Job } from "./define-job.ts";
import { deliverMail } from "./deliver-mail.ts";
import { followPrints } from "./follow-prints.ts";
import { monthlyControl } from "./monthly-control.ts";
import { readScans } from "./read-scans.ts";
import { syncSchool } from "./sync-school.ts";

/** Every job of the service. */
export const JOBS = [
  syncSchool,
  checkRules,
  composeDailyMail,
  composeTeacherMail,
  composeWeekMail,
  monthlyControl,
  composeNotices,
  readScans,
  followPrints,
  deliverMail,
] as unknown as readonly Job<unknown>[];
