import { describe, expect, it } from "vitest";
import { isLessonDay } from "../../../src/domain/calendar.ts";
import { addDays, weekdayOf } from "../../../src/domain/days.ts";
import type { LessonFact } from "../../../src/domain/facts.ts";
import type { ClassLists } from "../../../src/domain/school-lists.ts";
import { defaultSettings } from "../../../src/domain/settings.ts";
import { check, classOf, findingsOf, isMended, lesson, tallyOf } from "./classroom.ts";

const rule = "programme-fulfilled";
const of = { grade: 5, className: "5 А" };
const maths = { subjectExternalId: "s1", subject: "Математика" };
const load = { ...maths, group: "", holder: { externalId: "t1", name: "Осина А. Б." }, weeklyHours: 2 };

/** Lessons on these weekdays from 1 September to Sunday, 18 October 2026, each recorded unless told otherwise. */
function lessonsOn(weekdays: readonly number[], recorded: (index: number) => boolean = () => true): LessonFact[] {
  const lessons: LessonFact[] = [];
  for (let date = "2026-09-01"; date <= "2026-10-18"; date = addDays(date, 1)) {
    if (!weekdays.includes(weekdayOf(date)) || !isLessonDay(calendar, date, of)) continue;
    const topic = recorded(lessons.length)
      ? ([`${date} 08:00`, `${date} 15:00`, `Тема ${lessons.length + 1}`] as const)
      : null;
    lessons.push(lesson({ id: `l${date}`, date, topic }));
  }
  return lessons;
}
const calendar = defaultSettings.calendar;

const outcomeOf = (
  lessons: LessonFact[],
  weeklyHours = 2,
  lists: Partial<ClassLists> = {},
  asOf = "2026-10-20 12:00",
) => check(classOf({ lessons, lists: { curriculum: [{ ...maths, weeklyHours }], load: [load], ...lists } }), { asOf });
const detailsIn = (...args: Parameters<typeof outcomeOf>) =>
  findingsOf(outcomeOf(...args), rule).map(({ details }) => details);

describe("Порядок 8: programmes by the curriculum", () => {
  it("finds nothing where every lesson is recorded, however late", () => {
    const late = lessonsOn([1, 4]).map((one) =>
      lesson({ id: one.externalId, date: one.date, topic: ["2026-10-18 21:00", "2026-10-19 07:30", "Дроби"] }),
    );
    expect(tallyOf(outcomeOf(lessonsOn([1, 4])), rule)).toEqual({ inTime: 1 });
    expect(tallyOf(outcomeOf(late), rule)).toEqual({ inTime: 1 });
  });

  it("is mended when as many lessons are recorded as were due, not when the plan or the calendar asks for fewer", () => {
    const short = lessonsOn([1, 4], (index) => index > 2);
    const [found] = findingsOf(outcomeOf(short), rule);
    const roomOf = (lessons: LessonFact[], weeklyHours = 2) =>
      classOf({ lessons, lists: { curriculum: [{ ...maths, weeklyHours }], load: [{ ...load, weeklyHours }] } });
    expect(isMended(roomOf(lessonsOn([1, 4])), found)).toBe(true);
    expect(isMended(roomOf(lessonsOn([1, 4])), found, { samePolicy: false })).toBe(false);
    expect(isMended(roomOf(short, 1.5), found)).toBe(false);
    expect(isMended(classOf({ lessons: short, lists: { curriculum: [], load: [load] } }), found)).toBe(false);
  });

  it("finds too few lessons only over both the share and the hours, and names the holder", () => {
    const twoMissing = lessonsOn([1, 4], (index) => index > 1);
    const threeMissing = lessonsOn([1, 4], (index) => index > 2);
    expect(detailsIn(twoMissing)).toEqual([]);
    const outcome = outcomeOf(threeMissing);
    expect(findingsOf(outcome, rule)).toMatchObject([
      {
        verdict: "violation",
        severity: "violation",
        accountable: { externalId: "t1" },
        details: { what: "short", planned: 13, recorded: 10, upTo: "2026-10-18", group: null },
      },
    ]);
    expect(tallyOf(outcome, rule)).toEqual({ violation: 1 });
    const daily = [1, 2, 3, 4, 5];
    const many = { load: [{ ...load, weeklyHours: 5 }] };
    const strict = { ...defaultSettings.policy, programmeFulfilled: { share: 0.2, hours: 2 } };
    const lists = { curriculum: [{ ...maths, weeklyHours: 5 }], ...many };
    const found = check(classOf({ lessons: lessonsOn(daily, (index) => index > 5), lists }), { policy: strict });
    expect(findingsOf(found, rule)).toEqual([]);
    expect(findingsOf(check(classOf({ lessons: lessonsOn(daily, (index) => index > 5), lists })), rule)).toHaveLength(
      1,
    );
  });

  it("counts weeks the way the page's lessons lie: days off on Mondays take away from a Monday page alone", () => {
    const mondays = ["2026-09-07", "2026-09-14", "2026-09-21"];
    const closed = mondays.map((day) => ({ from: day, to: day, reason: "мороз", classes: null }));
    const frosty = { ...calendar, years: calendar.years.map((year) => ({ ...year, closed })) };
    const without = lessonsOn([1]).filter(({ date }) => !mondays.includes(date));
    const lists = { curriculum: [{ ...maths, weeklyHours: 1 }] };
    expect(findingsOf(check(classOf({ lessons: without, lists }), { calendar: frosty }), rule)).toEqual([]);
  });

  it("takes a quarantine week that the calendar tells for no deviation, and one that it does not tell for one", () => {
    const week = { from: "2026-09-21", to: "2026-09-25", reason: "карантин", classes: ["5а"] };
    const told = { ...calendar, years: calendar.years.map((year) => ({ ...year, closed: [week] })) };
    const lessons = lessonsOn([1, 2, 3, 4, 5]).map((one) =>
      one.date >= week.from && one.date <= week.to ? lesson({ id: one.externalId, date: one.date }) : one,
    );
    const lists = { curriculum: [{ ...maths, weeklyHours: 5 }] };
    expect(findingsOf(check(classOf({ lessons, lists }), { calendar: told }), rule)).toEqual([]);
    expect(findingsOf(check(classOf({ lessons, lists })), rule)).toMatchObject([
      { details: { planned: 34, recorded: 29 } },
    ]);
  });

  it("asks for half an hour a week only when the year cannot hold it any more", () => {
    expect(detailsIn([...lessonsOn([2]).slice(0, 1)], 0.5, { load: null })).toEqual([]);
    const everyOther = lessonsOn([2]).filter((_, index) => index % 2 === 0);
    expect(detailsIn(everyOther, 0.5, { load: null })).toEqual([]);
  });

  it("asks of a holder no more than the load gives, and of a page no more than its dated plan", () => {
    const once = lessonsOn([1]);
    expect(detailsIn(once, 2)).toMatchObject([{ what: "short" }]);
    expect(detailsIn(once, 2, { load: [{ ...load, weeklyHours: 1 }] })).toEqual([]);
    const plan = once.map(({ date }, index) => ({
      subjectExternalId: "s1",
      group: "",
      number: index + 1,
      plannedOn: date,
      topic: `Тема ${index + 1}`,
      hours: 1,
    }));
    expect(detailsIn(once, 2, { plan })).toEqual([]);
  });

  it("keeps groups apart, and by a pupil's own lessons where the journal does not tell them", () => {
    const groups = ["1", "2"].map((group) => ({ ...load, group, holder: { externalId: group, name: group } }));
    const inGroup = (group: string | null, missing: number) =>
      lessonsOn([1, 4], (index) => index >= missing).map((one) => ({
        ...one,
        externalId: `${one.externalId}/${missing}`,
        group,
        pupils: missing === 0 ? ["p1"] : ["p2", "p3"],
      }));
    const both = [...inGroup("1 группа", 0), ...inGroup("2", 4)];
    expect(findingsOf(outcomeOf(both, 2, { load: groups }), rule)).toMatchObject([
      { accountable: { externalId: "2" }, details: { what: "short", group: "2", recorded: 9 } },
    ]);
    expect(detailsIn([...inGroup(null, 0), ...inGroup(null, 4)], 2, { load: groups })).toEqual([]);
  });

  it("hints at more lessons than the plan, and at topics that the journal does not hold", () => {
    const outcome = outcomeOf(lessonsOn([1, 4]), 1, { load: null });
    expect(findingsOf(outcome, rule)).toMatchObject([{ severity: "hint", details: { what: "more", recorded: 13 } }]);
    expect(tallyOf(outcome, rule)).toEqual({ inTime: 1 });
    const lessons = lessonsOn([1, 4]);
    const planOf = (topic: (index: number) => string) =>
      lessons.map(({ date }, index) => ({
        subjectExternalId: "s1",
        group: "",
        number: index,
        plannedOn: date,
        topic: topic(index),
        hours: 1,
      }));
    const some = planOf((index) => (index < 4 ? `Другое ${index}` : `ТЕМА № ${index + 1}.`.replace("№ ", "")));
    expect(detailsIn(lessons, 2, { plan: some })).toMatchObject([{ what: "topics", planned: 13, recorded: 9 }]);
    expect(detailsIn(lessons, 2, { plan: planOf((index) => `Совсем другими словами ${index}`) })).toEqual([]);
  });

  it("judges whole weeks that a look has followed, and no later ones", () => {
    const lessons = lessonsOn([1, 4], (index) => index < 9);
    expect(detailsIn(lessons, 2, {}, "2026-10-20 12:00")).toMatchObject([{ upTo: "2026-10-18", recorded: 9 }]);
    const early = classOf({
      lessons,
      askedAt: "2026-10-11 23:00",
      lists: { curriculum: [{ ...maths, weeklyHours: 2 }] },
    });
    expect(findingsOf(check(early), rule)).toEqual([]);
  });

  it("says what to import, and accuses nobody, without a curriculum", () => {
    const outcome = outcomeOf([], 2, { curriculum: null });
    expect(outcome.gaps.find((gap) => gap.rule === rule)?.sentence).toContain("sverka import curriculum ФАЙЛ");
    expect(outcomeOf([], 2, { curriculum: [] }).gaps.find((gap) => gap.rule === rule)?.sentence).toContain(
      "нет класса 5 А",
    );
  });
});
