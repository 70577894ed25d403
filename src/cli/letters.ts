import { lastWeek, weekFigures } from "../control/week-figures.ts";
import type { LetterOrder } from "../delivery/letter-order.ts";
import type { SendNeeds } from "../delivery/send-letters.ts";
import { type TeacherLetters, teacherLetters } from "../delivery/teacher-letters.ts";
import { weekLetters } from "../delivery/week-letters.ts";
import { isStaffDay } from "../domain/control/due.ts";
import { addDays, dayOf, weekdayOf } from "../domain/days.ts";
import { createMapping } from "../domain/mapping.ts";
import { SILENT_CYCLES } from "../domain/notice-cycle/states.ts";
import { responsibleFor } from "../domain/report/lines.ts";
import { pupilLabels } from "../domain/report/pupil-labels.ts";
import type { IsoDate } from "../domain/time.ts";
import type { House } from "../main.ts";
import { classWeeks } from "../store/class-weeks.ts";
import { listFindings } from "../store/findings.ts";
import { batchStates, silentFamilies } from "../store/notice-states.ts";
import { listPupils } from "../store/pupils.ts";
import { familiesOnPaper } from "./families-on-paper.ts";
import { latestKnown } from "./latest-known.ts";
import { checkNeeds, schoolNow } from "./school.ts";

// The letters of the school as they would be now, gathered from the house.

/** How far back the weekly summary looks. */
const WEEKS = 6;
/** Of how many batches, and of how far back, it tells. */
const BATCHES = 6;
const BATCH_MS = 16 * 86_400_000;

export function sendNeeds({ store, school, settings, clock }: House): SendNeeds {
  const { sender, quiet } = settings.school.mail;
  return { store, school, sender, quiet, at: clock.now() };
}

/** What teachers would be written now. */
export async function teachersNow(house: House): Promise<TeacherLetters> {
  const { store, settings, simulation } = house;
  const school = await schoolNow(house);
  const at = house.clock.now();
  const { calendar } = await checkNeeds(house);
  const { pupils, remindDays } = settings.school.mail;
  return teacherLetters({
    school,
    at,
    simulation,
    findings: await listFindings(store, school.id, { statuses: ["open"] }),
    people: settings.people,
    labels: pupilLabels(await listPupils(store, school.id), pupils),
    weekly: isFirstOfWeek(dayOf(at, school.zone), (day) => isStaffDay(calendar, day)),
    remindDays,
  });
}

/** The letters of the week that has ended: the deputy director's and the class teachers'. */
export async function weekNow(house: House): Promise<LetterOrder[]> {
  const { store, settings, simulation } = house;
  const school = await schoolNow(house);
  const at = house.clock.now();
  const asOf = await latestKnown(house);
  const span = lastWeek(dayOf(at, school.zone));
  const { mail } = settings.school;
  const open = (await listFindings(store, school.id, { statuses: ["open"] })).filter(
    ({ severity, verdict }) => severity === "violation" && verdict !== "unproved",
  );
  return weekLetters({
    school,
    at,
    simulation,
    span,
    classes: await classWeeks(store, school.id, span, at),
    weeks: await weekFigures(await checkNeeds(house), school, { span, weeks: WEEKS, asOf }),
    open: [...Map.groupBy(open, responsibleFor)]
      .map(([teacher, own]) => ({ teacher: teacher || "Учитель в журнале не назван", count: own.length }))
      .sort((one, other) => other.count - one.count || one.teacher.localeCompare(other.teacher, "ru")),
    batches: (await batchStates(store, school.id, BATCHES)).filter(({ composedAt }) => composedAt > at - BATCH_MS),
    silent: await silentFamilies(store, school.id, {
      cycles: SILENT_CYCLES,
      paper: ((await familiesOnPaper(house)) ?? []).map(({ pupilExternalId }) => pupilExternalId),
    }),
    people: settings.people,
    deputyDirector: mail.deputyDirector,
    labels: pupilLabels(await listPupils(store, school.id), mail.pupils),
    mapping: createMapping(settings.mapping, school.maxMark),
  });
}

/** Whether no day of the week before this one was a working day of the staff: the letters of a week go on its first. */
export function isFirstOfWeek(today: IsoDate, works: (day: IsoDate) => boolean): boolean {
  const before = Array.from({ length: weekdayOf(today) - 1 }, (_, i) => addDays(today, -1 - i));
  return !before.some(works);
}
