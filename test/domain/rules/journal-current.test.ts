import { describe, expect, it } from "vitest";
import { createMapping } from "../../../src/domain/mapping.ts";
import { checkClass } from "../../../src/domain/rules/index.ts";
import { defaultSettings } from "../../../src/domain/settings.ts";
import { at, check, classOf, entry, explained, findingsOf, lesson, pupil, tallyOf, teacher } from "./classroom.ts";

const rule = "journal-current";
const octoberDays = ["05", "06", "07", "08", "09", "12", "13", "14", "15", "16"].map((day) => `2026-10-${day}`);

/** A page with a lesson on each of the days, its rows made ahead; the topic of the first is in time. */
function page(days: readonly string[], { recorded = days.slice(0, 1) }: { recorded?: readonly string[] } = {}) {
  return days.map((date, index) =>
    lesson({
      id: String(100 + index),
      date,
      topic: recorded.includes(date) ? [`${date} 12:00`, `${date} 15:00`, "Дроби"] : null,
    }),
  );
}

/** Another page of the class shows that the service was looking all the while. */
const others = octoberDays.map((date, index) => ({
  ...lesson({ id: String(900 + index), date, topic: [`${date} 12:00`, `${date} 15:00`, "Лес"] }),
  subjectExternalId: "s2",
}));

const of = (lessons: ReturnType<typeof page>, other: Partial<Parameters<typeof classOf>[0]> = {}) =>
  classOf({ lessons: [...lessons, ...others], askedAt: "2026-10-20 00:05", ...other });

describe("Порядок 2.6: no page lies still for more than five school days with lessons", () => {
  it("counts five still days as current and six as a violation", () => {
    expect(findingsOf(check(of(page(octoberDays.slice(0, 6)))), rule)).toEqual([]);
    expect(findingsOf(check(of(page(octoberDays.slice(0, 7)))), rule)).toMatchObject([
      {
        verdict: "missing",
        severity: "violation",
        settled: false,
        dueAt: at("2026-10-14 00:00"),
        absentAt: at("2026-10-20 00:05"),
        subject: "Математика",
        lessonExternalId: null,
        about: "2026-10-06",
        lessonDate: "2026-10-13",
        accountable: teacher,
        details: { since: "2026-10-06", times: 6 },
      },
    ]);
  });

  it("is settled, and provably late, once something has been entered", () => {
    const lessons = page(octoberDays);
    const mark = entry("p2", [["2026-10-16 07:30", "2026-10-16 12:00", "4"]], { lessonId: "100" });
    const outcome = check(of(lessons, { entries: [mark] }));
    expect(findingsOf(outcome, rule)).toMatchObject([
      { verdict: "late", settled: true, absentAt: at("2026-10-16 07:30"), seenAt: at("2026-10-16 12:00") },
    ]);
    expect(tallyOf(outcome, rule)).toEqual({ late: 1, inTime: 1 });
  });

  it("is one finding with the same id while the page lies still", () => {
    const idAt = (asOf: string, askedAt: string) =>
      findingsOf(check(of(page(octoberDays), { askedAt }), { asOf }), rule).map(({ id, details }) => [
        id,
        details.times,
      ]);
    const [[early, six] = [], [later, nine] = []] = [
      idAt("2026-10-14 08:00", "2026-10-14 00:05")[0],
      idAt("2026-10-20 12:00", "2026-10-20 00:05")[0],
    ];
    expect(early).toBe(later);
    expect([six, nine]).toEqual([6, 9]);
  });

  it.each([
    ["a mark", "4"],
    ["an absence", "Н"],
    ["a letter that nobody knows", "Ж"],
  ])("takes %s in the midst for a sign of life", (_, text) => {
    const sign = entry("p1", [["2026-10-09 12:00", "2026-10-09 15:00", text]], { lessonId: "101", date: "2026-10-06" });
    expect(findingsOf(check(of(page(octoberDays.slice(0, 7)), { entries: [sign] })), rule)).toEqual([]);
  });

  it("takes what was changed or taken away, and a lesson's row gone, for a sign of life too", () => {
    const days = octoberDays.slice(0, 7);
    const gone = entry("p1", [[null, "2026-10-05 12:00", "4"]], { lessonId: "100", vanishedAt: "2026-10-09 15:00" });
    expect(findingsOf(check(of(page(days), { entries: [gone] })), rule)).toEqual([]);
    const moved = lesson({ id: "150", date: "2026-10-21", vanishedAt: "2026-10-09 15:00" });
    expect(findingsOf(check(of([...page(days), moved])), rule)).toEqual([]);
  });

  it("does not take rows that the timetable makes for a sign of life", () => {
    const made = page(octoberDays.slice(0, 7)).map((one) => {
      const [row, ...rest] = one.versions;
      return one.externalId === "104"
        ? {
            ...one,
            versions: [{ ...row, absentAt: at("2026-10-08 12:00"), seenAt: at("2026-10-08 15:00") }, ...rest] as const,
          }
        : one;
    });
    expect(findingsOf(check(of(made)), rule)).toHaveLength(1);
  });

  it("proves nothing by what may have been entered in that time", () => {
    const days = octoberDays.slice(0, 7);
    for (const absentAt of [null, "2026-10-06 12:00", "2026-10-13 23:50"]) {
      const sign = entry("p1", [[absentAt, "2026-10-19 12:00", "4"]], { lessonId: "101", date: "2026-10-06" });
      expect(findingsOf(check(of(page(days), { entries: [sign] })), rule)).toEqual([]);
    }
    const after = entry("p1", [["2026-10-14 00:00", "2026-10-19 12:00", "4"]], { lessonId: "101", date: "2026-10-06" });
    expect(findingsOf(check(of(page(days), { entries: [after] })), rule)).toMatchObject([{ verdict: "late" }]);
  });

  it("proves nothing while a pupil's page has not been looked at since, or without a look in that time", () => {
    const days = octoberDays.slice(0, 7);
    const looked = (last: string | null) => [
      pupil("p1", "2026-10-20 00:05"),
      pupil("p2", last, 2),
      pupil("p3", "2026-10-20 00:05", 3),
    ];
    for (const last of [null, "2026-10-13 23:50"])
      expect(findingsOf(check(of(page(days), { pupils: looked(last) })), rule)).toEqual([]);
    expect(findingsOf(check(of(page(days), { pupils: looked("2026-10-14 00:00") })), rule)).toHaveLength(1);
    const alone = classOf({ lessons: page(days), askedAt: "2026-10-20 00:05" });
    expect(findingsOf(check(alone), rule)).toEqual([]);
  });

  it("does not know what was seen later in a look back", () => {
    const sign = entry("p1", [["2026-10-12 12:00", "2026-10-15 12:00", "4"]], { lessonId: "101", date: "2026-10-06" });
    const snapshot = of(page(octoberDays.slice(0, 7)), { entries: [sign] });
    expect(findingsOf(check(snapshot, { asOf: "2026-10-14 12:00" }), rule)).toEqual([]);
  });

  it("does not count holidays, quarantine, or weeks without this lesson", () => {
    const over = (days: readonly string[], closed: readonly string[] = []) => {
      const { calendar } = defaultSettings;
      const spans = closed.map((day) => ({ from: day, to: day, reason: "карантин", classes: ["5а"] }));
      const years = calendar.years.map((year) => ({ ...year, closed: spans }));
      const looks = days.map((date, index) => ({
        ...lesson({ id: String(900 + index), date, topic: [`${date} 12:00`, `${date} 15:00`, "Лес"] }),
        subjectExternalId: "s2",
      }));
      const snapshot = classOf({ lessons: [...page(days), ...looks], askedAt: "2026-12-20 00:05" });
      return findingsOf(check(snapshot, { asOf: "2026-12-20 12:00", calendar: { ...calendar, years } }), rule).filter(
        ({ subject, subjectExternalId }) => subject === "Математика" && subjectExternalId === "s1",
      );
    };
    const rows = ["19", "20", "21", "22", "23", "26", "27", "28", "29", "30"].map((day) => `2026-10-${day}`);
    expect(over(rows)).toEqual([]);
    expect(over(octoberDays.slice(0, 8), ["2026-10-08", "2026-10-09", "2026-10-12"])).toEqual([]);
    expect(over(["2026-10-05", "2026-10-12", "2026-10-19", "2026-11-09", "2026-11-16", "2026-11-23"])).toEqual([]);
    expect(over(octoberDays.slice(0, 7))).toHaveLength(1);
  });

  it("keeps subgroups apart, each with its own teacher", () => {
    const days = octoberDays.slice(0, 7);
    const second = { externalId: "t2", name: "Учитель Второй" };
    const group = (name: string, recorded: readonly string[], from: number) =>
      page(days, { recorded }).map((one, index) => ({
        ...one,
        externalId: String(from + index),
        group: name,
        teacher: name === "1" ? teacher : second,
        pupils: name === "1" ? ["p1"] : ["p2"],
      }));
    const outcome = check(of([...group("1", days, 200), ...group("2", days.slice(0, 1), 300)]));
    expect(findingsOf(outcome, rule)).toMatchObject([
      { accountable: second, about: "2026-10-06/2", details: { group: "2" } },
    ]);
  });

  it("asks the holder of the page when several stood in, and nobody when the journal names none", () => {
    const lessons = page(octoberDays.slice(0, 7)).map((one, index) => ({
      ...one,
      teacher: index % 2 === 0 ? teacher : { externalId: "t2", name: "Учитель Второй" },
    }));
    const accountable = (held: readonly { holder: string }[]) =>
      findingsOf(
        check(
          of(lessons, {
            lists: { held: held.map((one) => ({ ...one, subjectExternalId: "s1", subject: "Математика", group: "" })) },
          }),
        ),
        rule,
      )[0]?.accountable;
    expect(accountable([{ holder: "Учитель Первый" }])).toEqual(teacher);
    expect(accountable([{ holder: "Учитель Третий" }])).toEqual({ externalId: null, name: "Учитель Третий" });
    expect(accountable([])).toBeNull();
  });

  it("explains itself", () => {
    const text = explained(findingsOf(check(of(page(octoberDays.slice(0, 7)))), rule)[0]);
    expect(text).toContain("не реже чем за 5 учебных дней с уроками");
    expect(text).toContain("каникулы, карантин и дни без урока не в счёт");
    expect(text).toContain("С 6 октября 2026 г. по предмету прошло 6 учебных дней с уроками");
    expect(text).toContain("Что сделать: запишите проведённые уроки");
  });
});

it("belongs to the month in which the days ran out, for the control of a month", () => {
  const { calendar, policy, mapping } = defaultSettings;
  const ofMonth = (month: string, last: string) =>
    checkClass({
      snapshot: of(page(octoberDays)),
      policy,
      calendar,
      mapping: createMapping(mapping),
      asOf: at("2026-12-20 12:00"),
      within: { from: `${month}-01`, to: `${month}-${last}` },
    });
  expect(findingsOf(ofMonth("2026-10", "31"), rule)).toHaveLength(1);
  expect(tallyOf(ofMonth("2026-10", "31"), rule)).toEqual({ missing: 1, inTime: 1 });
  expect(findingsOf(ofMonth("2026-11", "30"), rule)).toEqual([]);
  expect(tallyOf(ofMonth("2026-11", "30"), rule)).toEqual({});
});
