import { describe, expect, it } from "vitest";
import { generateSchool } from "./index.ts";
import { weekday } from "./school/days.ts";

const school = generateSchool({ seed: 1 });

describe("the generated school", () => {
  it("is a special boarding school of the size that was asked for", () => {
    expect([school.classes.length, school.pupils.length, school.staff.length]).toEqual([26, 300, 34]);
    expect(new Set(school.classes.map(({ grade }) => grade))).toEqual(
      new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
    );
    expect(school.classes.map(({ name }) => name)).toEqual(expect.arrayContaining(["подг.", "1 доп"]));
    const paper = school.pupils.filter((pupil) => pupil.paper).length;
    expect(Math.abs(paper - 40)).toBeLessThanOrEqual(10);
    expect(new Set(school.staff.map(({ habit }) => habit))).toEqual(
      new Set(["punctual", "late", "forgetful", "correcting", "away"]),
    );
  });

  it("is the same for the same seed, and another for another", () => {
    const small = (seed: number) => JSON.stringify(generateSchool({ seed, classes: 3, pupils: 9, to: "2026-09-30" }));
    expect(small(5)).toBe(small(5));
    expect(small(5)).not.toBe(small(6));
  });

  it("has subgroups, substitutions, and lessons where its timetable has them", () => {
    expect(school.pages.some(({ group }) => group === 2)).toBe(true);
    expect(school.lessons.some(({ holderId, givenById }) => holderId !== givenById)).toBe(true);
    const slots = new Set(
      school.timetable.map((slot) => `${slot.classId}/${slot.subjectId}/${slot.group}/${slot.weekday}`),
    );
    for (const lesson of school.lessons)
      expect(slots).toContain(`${lesson.classId}/${lesson.subjectId}/${lesson.group}/${weekday(lesson.date)}`);
  });

  it("knows of everything when it was entered, changed or deleted, in order", () => {
    const kinds = {
      lessons: school.lessons,
      entries: school.entries,
      finals: school.finals,
      messages: school.messages,
    };
    for (const [kind, facts] of Object.entries(kinds)) {
      expect(facts.length, kind).toBeGreaterThan(0);
      expect(
        facts.some(({ events }) => events.length > 1),
        `${kind} that change`,
      ).toBe(true);
      for (const { events } of facts) {
        const times = events.map(({ at }) => at);
        expect(times.every((at) => Number.isFinite(at))).toBe(true);
        expect(times.toSorted((one, other) => one - other)).toEqual(times);
      }
    }
    expect(school.entries.some(({ events }) => events.some(({ content }) => content === null))).toBe(true);
    expect(school.messages.some(({ events }) => events.some(({ content }) => content === null))).toBe(true);
  });
});
