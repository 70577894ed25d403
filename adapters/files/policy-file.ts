import { z } from "zod";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { clockTime, gradeRange, keys, list, section, share, text, weekday, whole, yesNo } from "./fields.ts";
import { contradictions } from "./policy-contradictions.ts";

const { version, reading, markOral, markWritten, markWrittenMissing, noMarks, control, quarantine, forecast } =
  defaultPolicy;
const { absenceConsistent, journalCurrent, finalMark } = defaultPolicy;
const { pageAssigned, programmeFulfilled, noticeBiweekly, noticeCycle, deliveryAgreed, parentsLook, archiveWeekly } =
  defaultPolicy;
const { scans } = defaultPolicy;

const { termAnalysis } = defaultPolicy;

const mean = z.number({ error: "нужно число, например 4.5" }).min(1, "нужно число не меньше 1");
const nearness = "нужно число от 0 до 0.5, например 0.1";

/** `config/policy/order-204.yaml`: every number of the rules. */
export const policyFile = section({
  version: text().default(version),
  reading: section({
    beginsNextDay: yesNo().default(reading.beginsNextDay),
    movesToWorkingDay: yesNo().default(reading.movesToWorkingDay),
    movesSameDay: yesNo().default(reading.movesSameDay),
  }),
  markOral: section({
    grades: gradeRange().default(markOral.grades),
    days: whole(1, 60).default(markOral.days),
  }),
  markWritten: section({
    grades: gradeRange().default(markWritten.grades),
    days: whole(1, 60).default(markWritten.days),
    seniorGrades: gradeRange().default(markWritten.seniorGrades),
    seniorDays: whole(1, 60).default(markWritten.seniorDays),
  }).refine((value) => value.seniorGrades.from > value.grades.to || value.seniorGrades.to < value.grades.from, {
    path: ["seniorGrades"],
    error: "эти классы уже названы в «grades»: один класс не может иметь двух сроков",
  }),
  markWrittenMissing: section({
    grades: gradeRange().default(markWrittenMissing.grades),
    share: share().default(markWrittenMissing.share),
  }),
  noMarks: section({ grades: gradeRange().default(noMarks.grades) }),
  control: section({
    workingDay: whole(1, 15).default(control.workingDay),
    days: whole(1, 60).default(control.days),
    thanks: yesNo().default(control.thanks),
  }),
  absenceConsistent: section({
    marksForWrittenWork: yesNo().default(absenceConsistent.marksForWrittenWork),
  }),
  journalCurrent: section({ days: whole(1, 100).default(journalCurrent.days) }),
  finalMark: section({
    grades: gradeRange().default(finalMark.grades),
    days: whole(1, 60).default(finalMark.days),
    leastMarks: whole(1, 50).default(finalMark.leastMarks),
  }),
  pageAssigned: section({ groupsAddUp: yesNo().default(pageAssigned.groupsAddUp) }),
  programmeFulfilled: section({
    share: share().default(programmeFulfilled.share),
    hours: whole(0, 100).default(programmeFulfilled.hours),
  }),
  noticeBiweekly: section({
    days: whole(1, 60).default(noticeBiweekly.days),
    handDays: whole(1, 60).default(noticeBiweekly.handDays),
    returnDays: whole(1, 60).default(noticeBiweekly.returnDays),
    countHolidays: yesNo().default(noticeBiweekly.countHolidays),
  }),
  noticeCycle: section({
    byItself: yesNo().default(noticeCycle.byItself),
    day: weekday().default(noticeCycle.day),
    hour: clockTime().default(noticeCycle.hour),
    weeks: whole(1, 8).default(noticeCycle.weeks),
    firstWeek: whole(1, 8).default(noticeCycle.firstWeek),
    byClass: list(
      keys({
        classes: list(text()).min(1, "нужен хотя бы один класс"),
        day: weekday().optional(),
        hour: clockTime().optional(),
        weeks: whole(1, 8).optional(),
        firstWeek: whole(1, 8).optional(),
      }),
    ).default([]),
    firstDays: whole(1, 30).default(noticeCycle.firstDays),
    layout: z
      .enum(["simplex", "duplex", "two-up"], { error: "нужно simplex, duplex или two-up" })
      .default(noticeCycle.layout),
    keepDays: whole(30, 3660).default(noticeCycle.keepDays),
  }),
  deliveryAgreed: section({ days: whole(1, 366).default(deliveryAgreed.days) }),
  parentsLook: section({
    weekly: whole(1, 7).default(parentsLook.weekly),
    acknowledgeDays: whole(1, 60).default(parentsLook.acknowledgeDays),
  }),
  archiveWeekly: section({
    days: whole(1, 60).default(archiveWeekly.days),
    bookDays: whole(1, 120).default(archiveWeekly.bookDays),
  }),
  scans: section({ keepDays: whole(1, 1100).default(scans.keepDays) }),
  quarantine: section({
    share: share().default(quarantine.share),
    facts: whole(0, 1_000_000).default(quarantine.facts),
  }),
  forecast: section({
    thresholds: z
      .tuple([mean, mean, mean], { error: "нужны три порога, например [4.5, 3.5, 2.5]" })
      .refine(([five, four, three]) => five > four && four > three, { error: "пороги идут от большего к меньшему" })
      .default([...forecast.thresholds]),
    leastMarks: whole(1, 50).default(forecast.leastMarks),
  }),
  termAnalysis: section({
    near: z.number({ error: nearness }).min(0, nearness).max(0.5, nearness).default(termAnalysis.near),
    leastMarks: whole(1, 50).default(termAnalysis.leastMarks),
    unassessed: list(text()).default([...termAnalysis.unassessed]),
    failed: list(text()).default([...termAnalysis.failed]),
    exempt: list(text()).default([...termAnalysis.exempt]),
  }),
}).superRefine((policy, context) => {
  for (const { path, message } of contradictions(policy))
    context.addIssue({ code: "custom", path: [...path], message });
});
