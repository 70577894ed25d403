import type { ArchiveRecord, ControlRecord } from "../../../src/domain/school-lists.ts";
import type { EpochMs, IsoDate } from "../../../src/domain/time.ts";
import { addDays, isSchoolTime, moment, schoolDays, weekday, YEAR } from "./days.ts";
import type { EmulatedSchool } from "./model.ts";
import type { Random } from "./random.ts";

/** One thing that an office had to do by a day. */
export interface OfficeFate {
  readonly rule: "archive-weekly" | "control-monthly";
  /** The Monday of the week, or the first day of the month. */
  readonly from: IsoDate;
  readonly wrong: boolean;
  readonly due: EpochMs;
}

/** A day of the whole school: nobody rests, the youngest neither. */
const isSchoolDay = (day: IsoDate) => weekday(day) <= 5 && isSchoolTime(day, 0);

function dueAfter(event: IsoDate, days: number): EpochMs {
  let day = addDays(event, days);
  while (day <= YEAR.to && !isSchoolDay(day)) day = addDays(day, 1);
  return moment(addDays(day, 1), 0);
}

/** Weekly archives of every class that had lessons: in time, on the last day, a day late, not handed over, or not of every class. */
export function makeArchives(random: Random, school: EmulatedSchool, to: IsoDate) {
  const records: ArchiveRecord[] = [];
  const fates: OfficeFate[] = [];
  for (let from = "2026-08-31"; addDays(from, 6) <= to; from = addDays(from, 7)) {
    const monday = from;
    const daysOf = (grade: number) => schoolDays(laterOf(monday, "2026-09-01"), addDays(monday, 6), grade);
    const classes = school.classes.filter(({ grade }) => daysOf(grade).length > 0);
    const last = daysOf(12).at(-1);
    if (last === undefined || from === "2026-08-31") continue;
    const due = dueAfter(last, 3);
    const fate = random.pick(["in-time", "in-time", "last-day", "late", "not-handed", "one-missing"] as const);
    const lastDay = new Date(due + 3 * 3_600_000 - 1).toISOString().slice(0, 10);
    const day = fate === "last-day" ? lastDay : fate === "late" ? addDays(lastDay, 1) : last;
    const odd = random.pick(classes).id;
    for (const { id } of classes) {
      if (fate === "one-missing" && id === odd) continue;
      const handedOn = fate === "not-handed" && id === odd ? null : day;
      records.push({ kind: "week", from, classExternalId: id, verifiedOn: day, handedOn });
    }
    const wrong = fate === "late" || fate === "not-handed" || fate === "one-missing";
    fates.push({ rule: "archive-weekly", from, wrong, due });
  }
  // The first week is told whole, so that it says nothing.
  for (const { id } of school.classes) {
    const [verifiedOn, handedOn] = ["2026-09-04", "2026-09-04"];
    records.push({ kind: "week", from: "2026-08-31", classExternalId: id, verifiedOn, handedOn });
  }
  return { records, fates };
}

/** Controls of each month: in time, at the last moment, a minute late, made but not delivered, or not at all. */
export function makeControls(random: Random, to: IsoDate) {
  const records: ControlRecord[] = [];
  const fates: OfficeFate[] = [];
  const months = ["2026-09", "2026-10", "2026-11", "2026-12", "2027-01", "2027-02", "2027-03", "2027-04"];
  for (const [index, month] of months.entries()) {
    const next = `${months[index + 1] ?? "2027-05"}-01`;
    if (next > to) break;
    const due = dueAfter(addDays(next, -1), 10);
    const fate = random.pick(["in-time", "last-moment", "late", "not-delivered", "none"] as const);
    const madeAt = moment(next, 9 * 60);
    const minute = 60_000;
    const deliveredAt = fate === "in-time" ? madeAt + minute : fate === "last-moment" ? due : due + minute;
    if (fate !== "none") {
      const delivered = fate === "not-delivered" ? null : deliveredAt;
      records.push({ month, madeAt, concludedAt: madeAt, deliveredAt: delivered });
    }
    const wrong = fate !== "in-time" && fate !== "last-moment";
    fates.push({ rule: "control-monthly", from: `${month}-01`, wrong, due });
  }
  return { records, fates };
}

function laterOf(one: IsoDate, other: IsoDate): IsoDate {
  if (one > other) return one;
  return other;
}
