import type { EpochMs, IsoDate } from "../../../src/domain/time.ts";
import { HOMEWORK, TOPICS, WORK_TYPES } from "./curriculum.ts";
import { addDays, moment, schoolDays, weekday } from "./days.ts";
import { markedAt, recordedAt } from "./habits.ts";
import type {
  LessonRecord,
  Pupil,
  SchoolClass,
  SubjectPage,
  Teacher,
  TimetableSlot,
  TrueEntry,
  TrueEvent,
  TrueLesson,
  TrueMessage,
} from "./model.ts";
import { planPage, underPlan } from "./page-plan.ts";
import { createPresence, type Presence } from "./presence.ts";
import type { Random } from "./random.ts";

export interface YearNeeds {
  readonly random: Random;
  readonly staff: readonly Teacher[];
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly lessonRows: "ahead" | "on-entry";
}

export interface ClassYear {
  readonly lessons: TrueLesson[];
  readonly cancelled: TrueLesson[];
  readonly entries: TrueEntry[];
  readonly messages: TrueMessage[];
  readonly timetable: readonly TimetableSlot[];
}

type Work = "oral" | "written" | "unknown" | "none";

/** A whole year of one class: lessons by its timetable, and what its teachers entered when, each by their habits. */
export function makeClassYear(
  needs: YearNeeds,
  klass: SchoolClass,
  pupils: readonly Pupil[],
  pages: readonly SubjectPage[],
  firstId: number,
): ClassYear {
  const { random, staff } = needs;
  const byId = new Map(staff.map((teacher) => [teacher.id, teacher]));
  const slots = makeTimetable(random, pages);
  const away = awayWeeks(random, staff);
  const timetable = slots.map(({ page, weekday, number }) => {
    const { classId, subjectId, group } = page;
    return { classId, subjectId, group, weekday, number };
  });
  const year: ClassYear = { lessons: [], cancelled: [], entries: [], messages: [], timetable };
  const ill = makeIllness(random, pupils, needs);
  // Draws of its own, so that they leave the rest of the year as it is.
  const odd = random.branch("odd");
  const afterthoughts = random.branch("afterthoughts");
  const presence = createPresence(random.branch("presence"), pupils);
  const plans = new Map(
    pages.map((page) => {
      const holder = byId.get(page.holderId);
      const plan = holder && planPage(random.branch(`plan ${page.subjectId}/${page.group}`), page, holder, needs);
      return [page, plan];
    }),
  );
  let id = firstId;

  for (const day of schoolDays(needs.from, needs.to, klass.grade)) {
    presence.beginDay(day);
    for (const { page, number } of slots.filter((slot) => slot.weekday === weekday(day))) {
      id += 1;
      const holder = byId.get(page.holderId);
      if (holder === undefined) continue;
      const isAway = away.get(holder.id)?.some((week) => week.from <= day && day <= week.to) ?? false;
      const giver = isAway ? random.pick(staff.filter((teacher) => teacher.id !== holder.id)) : holder;
      const endsAt = moment(day, 8 * 60 + 30 + number * 55 + 40);
      const attending = pupils.filter((pupil) => page.group === 0 || pupil.group === page.group);
      const work = workOf(random, klass.grade);
      const awayIds: string[] = [];
      const made = makeLesson(needs, {
        id: String(id),
        klass,
        page,
        day,
        endsAt,
        holder,
        giver,
        attending,
        awayIds,
        work,
      });
      const cells: TrueEntry[] = [];
      addEntries({ random, odd, presence, ill, grade: klass.grade, number, awayIds }, made, giver, work, cells);
      const held = underPlan(plans.get(page), made, cells, needs.lessonRows);
      if (held === null) {
        year.cancelled.push({ ...made, events: [], shownFrom: Number.POSITIVE_INFINITY });
        continue;
      }
      const { lesson } = held;
      year.lessons.push(lesson);
      year.entries.push(...held.entries);
      if (random.chance(0.004))
        year.messages.push(makeMessage(random, afterthoughts, lesson, random.pick(attending).id, giver));
    }
  }
  return year;
}

interface Slot {
  readonly weekday: number;
  readonly number: number;
  readonly page: SubjectPage;
}

/** Five days, as many lessons a day as the hours need; the groups of a split subject sit side by side. */
function makeTimetable(random: Random, pages: readonly SubjectPage[]): Slot[] {
  const wholes = pages.filter((page) => page.group <= 1);
  const hours = random.shuffled(wholes.flatMap((page) => Array.from({ length: page.weeklyHours }, () => page)));
  return hours.flatMap((page, i) => {
    const place = { weekday: 1 + (i % 5), number: Math.floor(i / 5) };
    return pages.filter((other) => other.subjectId === page.subjectId).map((other) => ({ ...place, page: other }));
  });
}

function workOf(random: Random, grade: number): Work {
  if (grade <= 1) return "none";
  const roll = random.next();
  return roll < 0.62 ? "oral" : roll < 0.78 ? "written" : roll < 0.8 ? "unknown" : "none";
}

interface LessonPlan {
  readonly id: string;
  readonly klass: SchoolClass;
  readonly page: SubjectPage;
  readonly day: IsoDate;
  readonly endsAt: EpochMs;
  readonly holder: Teacher;
  readonly giver: Teacher;
  readonly attending: readonly Pupil[];
  readonly awayIds: readonly string[];
  readonly work: Work;
}

function makeLesson({ random, lessonRows }: YearNeeds, plan: LessonPlan): TrueLesson {
  const { day, endsAt, giver, page, work } = plan;
  const record: LessonRecord = {
    topic: random.pick(TOPICS),
    homework: random.chance(0.5) ? random.pick(HOMEWORK) : null,
    workType: work === "none" ? null : random.pick(WORK_TYPES[work]),
    weight: work === "written" && random.chance(0.3) ? 2 : null,
  };
  const events: TrueEvent<LessonRecord>[] = [];
  const at = recordedAt(random, giver.habit, day, endsAt);
  if (at !== null) {
    events.push({ at, content: record });
    if (giver.habit === "correcting" && random.chance(0.1)) {
      events.push({
        at: at + random.between(10, 4000) * 60_000,
        content: { ...record, topic: `${random.pick(TOPICS)} (уточнено)` },
      });
    }
  }
  const monday = moment(addDays(day, 1 - weekday(day) - 7), 0);
  return {
    externalId: plan.id,
    classId: plan.klass.id,
    subjectId: page.subjectId,
    group: page.group,
    date: day,
    endsAt,
    holderId: plan.holder.id,
    givenById: giver.id,
    pupilIds: plan.attending.map((pupil) => pupil.id),
    awayIds: plan.awayIds,
    shownFrom: lessonRows === "ahead" ? monday : (events[0]?.at ?? Number.POSITIVE_INFINITY),
    events,
  };
}

interface Illness {
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly reason: string;
}

function makeIllness(random: Random, pupils: readonly Pupil[], { from, to }: YearNeeds): Map<string, Illness[]> {
  return new Map(
    pupils.map((pupil) => {
      const spells: Illness[] = [];
      for (let day = addDays(from, random.between(0, 40)); day <= to; day = addDays(day, random.between(15, 80))) {
        spells.push({ from: day, to: addDays(day, random.between(0, 5)), reason: random.pick(["Б", "Б", "УП", "НП"]) });
      }
      return [pupil.id, spells];
    }),
  );
}

interface EntryNeeds {
  readonly random: Random;
  readonly odd: Random;
  readonly presence: Presence;
  readonly ill: ReadonlyMap<string, readonly Illness[]>;
  readonly grade: number;
  /** The lesson's place in the day. */
  readonly number: number;
  /** Gets whoever is really away. */
  readonly awayIds: string[];
}

function addEntries(needs: EntryNeeds, lesson: TrueLesson, giver: Teacher, work: Work, entries: TrueEntry[]): void {
  const { random, odd, presence, ill, grade, number, awayIds } = needs;
  const days = work === "oral" ? 1 : grade >= 11 ? 4 : 3;
  const recorded = recordedAt(random, giver.habit, lesson.date, lesson.endsAt);
  const workMarkedAt = markedAt(random, giver.habit, lesson.date, lesson.endsAt, days);
  for (const pupilId of lesson.pupilIds) {
    const spell = ill.get(pupilId)?.find((one) => one.from <= lesson.date && lesson.date <= one.to);
    const drawn = spell
      ? "Н"
      : random.chance(0.008)
        ? "Н"
        : random.chance(0.004)
          ? "ОП"
          : random.chance(0.0004)
            ? "Ж"
            : null;
    const away = spell !== undefined || presence.isAway(pupilId, number, drawn === "Н");
    const forgotten = away && odd.chance(0.012);
    const letter = forgotten ? null : away ? (odd.chance(0.02) ? "н" : "Н") : drawn === "Н" ? null : drawn;
    if (away) awayIds.push(pupilId);
    const marked =
      grade >= 2
        ? !away &&
          (work === "written" ? random.chance(0.97) : work === "none" ? random.chance(0.02) : random.chance(0.3))
        : random.chance(0.0008);
    const events: TrueEvent<string>[] = [];
    if (letter !== null && recorded !== null) {
      events.push({ at: recorded, content: letter });
      if (spell && random.chance(0.3))
        events.push({ at: recorded + random.between(2, 5000) * 60_000, content: spell.reason });
    }
    const at = work === "written" ? workMarkedAt : markedAt(random, giver.habit, lesson.date, lesson.endsAt, days);
    if (marked && at !== null) {
      const plain = markText(random);
      const mark = /^[2-5]$/.test(plain) && odd.chance(0.01) ? `${plain}${odd.pick(["-", "+"])}` : plain;
      addMark(events, at, mark, random);
      if (giver.habit === "correcting" && random.chance(0.08)) correct(events, random);
    } else if (away && grade >= 2 && work === "oral" && events.length > 0 && odd.chance(0.015)) {
      // Put into the wrong pupil's cell.
      const last = events[events.length - 1];
      if (last) events.push({ at: last.at + odd.between(1, 300) * 60_000, content: `${last.content}/4` });
    } else if (away && grade >= 2 && work === "written" && events.length > 0 && random.chance(0.1)) {
      // Written later by a pupil who had been ill: a mark joins the absence in the same cell.
      const last = events[events.length - 1];
      if (last)
        events.push({
          at: last.at + random.between(600, 9000) * 60_000,
          content: `${last.content}/${random.between(3, 5)}`,
        });
    }
    if (events.length > 0) entries.push({ lessonId: lesson.externalId, pupilId, events });
  }
}

function markText(random: Random): string {
  if (random.chance(0.02)) return `${random.between(2, 5)}/${random.between(2, 5)}`;
  if (random.chance(0.01)) return random.pick(["зач", "н/а", "осв"]);
  return String(random.pick([2, 3, 3, 4, 4, 4, 5, 5]));
}

/** A mark in a cell that already holds a letter stands beside it, whichever came first. */
function addMark(events: TrueEvent<string>[], at: EpochMs, mark: string, random: Random): void {
  const before = events.filter((event) => event.at <= at);
  const after = events
    .filter((event) => event.at > at)
    .map((event) => ({ ...event, content: `${event.content}/${mark}` }));
  const standing = before[before.length - 1]?.content;
  const joined =
    standing === undefined || standing === null
      ? mark
      : random.chance(0.5)
        ? `${standing}/${mark}`
        : `${standing} ${mark}`;
  events.splice(0, events.length, ...before, { at, content: joined }, ...after);
}

/** Deletes and enters again, or changes the mark. */
function correct(events: TrueEvent<string>[], random: Random): void {
  const last = events[events.length - 1];
  if (last === undefined || last.content === null) return;
  const at = last.at + random.between(5, 3000) * 60_000;
  if (random.chance(0.3)) {
    events.push({ at, content: null }, { at: at + random.between(5, 1500) * 60_000, content: last.content });
  } else {
    events.push({ at, content: last.content.replace(/[2-5](?=\D*$)/, String(random.between(3, 5))) });
  }
}

function makeMessage(
  random: Random,
  afterthoughts: Random,
  lesson: TrueLesson,
  pupilId: string,
  giver: Teacher,
): TrueMessage {
  const text = random.pick([
    "Благодарю за помощь на уроке!",
    'Просьба зайти: разговор "по душам"',
    "Не было тетради.\nПожалуйста, проверьте дома.",
    "Молодец, задача [со звёздочкой] решена",
  ]);
  const at = lesson.endsAt + random.between(10, 300) * 60_000;
  const events: TrueEvent<string>[] = [{ at, content: text }];
  // Some think better of what they wrote.
  const later = at + afterthoughts.between(30, 4000) * 60_000;
  if (afterthoughts.chance(0.12))
    events.push({ at: later, content: afterthoughts.chance(0.5) ? null : `${text} (исправлено)` });
  return { pupilId, teacherId: giver.id, subjectId: lesson.subjectId, date: lesson.date, events };
}

/** A teacher whose habit is to be away misses two weeks of the year. */
function awayWeeks(random: Random, staff: readonly Teacher[]): Map<string, { from: IsoDate; to: IsoDate }[]> {
  const weeks = ["2026-09-14", "2026-10-12", "2026-11-16", "2027-01-18", "2027-02-08", "2027-04-12"];
  return new Map(
    staff
      .filter((teacher) => teacher.habit === "away")
      .map((teacher) => [
        teacher.id,
        random
          .shuffled(weeks)
          .slice(0, 2)
          .map((monday) => ({ from: monday, to: addDays(monday, 6) })),
      ]),
  );
}
