import { checkSchool } from "../../src/control/check-school.ts";
import { isWorkingDay } from "../../src/domain/calendar.ts";
import { addDays, dayOf } from "../../src/domain/days.ts";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { defaultSettings } from "../../src/domain/settings.ts";
import type { IsoDate } from "../../src/domain/time.ts";
import { composeDue } from "../../src/notices/compose-due.ts";
import { takeOutEnded } from "../../src/notices/take-out-ended.ts";
import type { Printer } from "../../src/ports/printer.ts";
import { followPrints } from "../../src/print/follow-prints.ts";
import { enterSlip } from "../../src/scans/clear-up.ts";
import { listFindings } from "../../src/store/findings.ts";
import { markHanded } from "../../src/store/notice-stages.ts";
import { toldCalendar } from "../domain/rules/told-calendar.ts";
import type { PaperSchool } from "./paper-school.ts";

/** What goes wrong in a year, and when; days are told by whether they are in it. */
export interface YearTroubles {
  readonly printerOff: (day: IsoDate) => boolean;
  readonly computerOff: (day: IsoDate) => boolean;
  /** Whether the class teacher forgets to tell that what was printed on a day was handed out. */
  readonly forgotten: (className: string, printedOn: IsoDate) => boolean;
  readonly slipLost: (pupil: string, printedOn: IsoDate) => boolean;
}

export const span = (from: IsoDate, to: IsoDate) => (day: IsoDate) => from <= day && day <= to;
const zone = "Europe/Moscow";
/** Days until a slip is brought back. */
const BACK = 4;

/** Lives through a year day by day: the computer composes, the printer prints, teachers hand out the next morning, slips come back, the rules look in the evening. */
export async function liveYear(school: PaperSchool, troubles: YearTroubles): Promise<void> {
  const { store, needs, clock } = school;
  const schoolId = school.school.id;
  const { journal } = school;
  let day = "2026-09-01";
  const printer: Printer = {
    place: "printer",
    kind: "printer",
    submit: async ({ mark }) =>
      troubles.printerOff(day) ? { kind: "later", reason: "offline" } : { kind: "done", externalId: mark },
    find: async () => ({ kind: "absent", harmless: true }),
    look: async () => ({ kind: "unknown" }),
    cancel: async () => true,
    verify: async () => undefined,
  };
  const quiet = { log: { info: () => undefined, warn: () => undefined }, raise: async () => undefined };
  const check = () =>
    checkSchool(
      { store, policy: defaultPolicy, calendar: toldCalendar, mapping: defaultSettings.mapping },
      school.school,
      clock.now(),
    );
  for (; day <= "2027-05-31"; day = addDays(day, 1)) {
    const term = journal.directory.terms.find(({ to }) => to === day);
    if (!isWorkingDay(toldCalendar, day, { grade: 5, className: "5 А" })) continue;
    school.go(`${day}T09:00`);
    await people(school, troubles, day);
    if (term !== undefined)
      journal.finals = [
        ...journal.finals,
        ...journal.directory.pupils.map(({ externalId }) => ({
          pupilExternalId: externalId,
          termExternalId: term.externalId,
          subjectExternalId: "31",
          text: "4",
        })),
      ];
    if (troubles.computerOff(day)) continue;
    if (day === "2026-09-01" || term !== undefined) await school.pass(`${day}T12:00`);
    school.go(`${day}T13:00`);
    await composeDue(needs, needs);
    if ((await store.prisma.printJob.count({ where: { state: "waiting" } })) > 0) {
      await takeOutEnded(needs, needs);
      await followPrints({ store, printer, clock, schoolId, ...quiet });
    }
    school.go(`${day}T21:00`);
    await check();
  }
}

/** What was printed before today is handed out and told; the slips of what was handed out some days ago are typed in. */
async function people({ store, school, clock }: PaperSchool, troubles: YearTroubles, day: IsoDate): Promise<void> {
  const on = (at: Date | null) => (at === null ? "9999" : dayOf(at.getTime(), zone));
  const open = await store.prisma.notice.findMany({
    where: { schoolId: school.id, withdrawnAt: null, printedAt: { not: null }, returnedAt: null },
  });
  for (const { batchId, pupilExternalId, className, printedAt, handedAt, slipCode } of open) {
    const printedOn = on(printedAt);
    if (handedAt === null && printedOn < day && !troubles.forgotten(className, printedOn)) {
      const told = { pupilExternalIds: [pupilExternalId], at: clock.now(), batchId };
      await markHanded(store, school.id, told);
    }
    if (handedAt !== null && addDays(on(handedAt), BACK) <= day && !troubles.slipLost(pupilExternalId, printedOn))
      await enterSlip({ store, clock }, school.id, { text: slipCode, from: null });
  }
}

/** Every finding about paper that there has ever been, as «rule pupil stage verdict day». */
export async function paperFindings({ store, school }: PaperSchool): Promise<string[]> {
  const RULES = ["notice-biweekly", "final-mark-24h", "parents-look"];
  return (await listFindings(store, school.id))
    .filter(({ rule }) => RULES.includes(rule))
    .map(({ rule, pupilExternalId, details, verdict, lessonDate }) =>
      [rule, pupilExternalId, details.stage ?? "", verdict, lessonDate].join(" "),
    )
    .sort();
}

/** Terms and days off as a school's own table has them, without the program's calendar. */
const TERMS = [
  ["2026-09-01", "2026-10-23"],
  ["2026-11-02", "2026-12-30"],
  ["2027-01-11", "2027-03-26"],
  ["2027-04-05", "2027-05-26"],
] as const;
const OFF = new Set([
  "2026-11-04",
  "2027-02-22",
  "2027-02-23",
  "2027-03-08",
  "2027-05-01",
  "2027-05-03",
  "2027-05-09",
  "2027-05-10",
]);
const inSchool = (day: IsoDate) => TERMS.some(([from, to]) => from <= day && day <= to) && !OFF.has(day);
const isWeekend = (day: IsoDate) => [6, 7].includes(Temporal.PlainDate.from(day).dayOfWeek);

/** The days on which a family had waited too long for the next paper in its hand, as «pupil day», by counting on the fingers: fourteen days, moved off a day off. */
export async function tooLong({ store, school }: PaperSchool): Promise<string[]> {
  const notices = await store.prisma.notice.findMany({ where: { schoolId: school.id, withdrawnAt: null } });
  return [...Map.groupBy(notices, ({ pupilExternalId }) => pupilExternalId)].flatMap(([pupil, own]) => {
    const given = new Set(own.flatMap(({ handedAt }) => (handedAt === null ? [] : dayOf(handedAt.getTime(), zone))));
    const late: string[] = [];
    let waited = 0;
    for (let day = "2026-09-01"; day <= "2027-05-26"; day = addDays(day, 1)) {
      if (inSchool(day)) waited += 1;
      if (given.has(day)) waited = 0;
      else if (waited >= 14 && inSchool(day) && !isWeekend(day)) late.push(`${pupil} ${day}`);
    }
    return late;
  });
}
