import { judge } from "../evidence.ts";
import { counted, plural } from "../notice/words.ts";
import { lastLookAtLesson } from "./class-case.ts";
import { lessonFinding } from "./describe.ts";
import type { Rule } from "./rule.ts";
import { SAME_DAY } from "./same-day.ts";

/** Порядок 3.1.1, 8: a lesson that took place has its record (a topic) by 24:00 of its day. The topic's first sight decides. */
export const lessonSameDay: Rule = {
  id: "lesson-same-day",
  clause: "Порядок, пп. 3.1.1, 8",
  words: {
    name: "Урок записан в день проведения",
    demand: () => `${SAME_DAY}; контроль предусматривает «проверку своевременности отражения в журнале занятий»`,
    reckoning: "same-day",
    expected: "тема урока в журнале",
    ofExpected: "записи урока",
    titles: {
      late: "урок записан позже дня проведения",
      missing: "урок не записан, срок прошёл",
      unproved: "не доказано, в срок ли записан урок",
    },
    todo: "впишите тему урока",
    things: ["запись урока", "записи уроков", "записей уроков"],
    tell(findings, late) {
      const count = findings.length;
      const lessons = counted(count, "урок", "урока", "уроков");
      if (findings[0]?.verdict === "missing") return count === 1 ? "урок не записан" : `не записано ${lessons}`;
      const recorded = plural(count, "записан", "записаны", "записаны");
      return `${count === 1 ? "урок записан" : `${lessons} ${recorded}`} позже своего дня${late}`;
    },
  },
  *check(of, count) {
    for (const taken of of.lessons) {
      if (!taken.tookPlace) continue;
      const { lesson, dueDay } = taken;
      const dueAt = of.deadlines.sameDay(dueDay);
      const sighting = taken.versions.find(({ content }) => (content.topic ?? "").trim() !== "") ?? null;
      const lastLook = sighting === null ? lastLookAtLesson(of, lesson) : null;
      const verdict = judge(sighting, dueAt, lastLook);
      count(lesson.teacher, verdict, lesson.date);
      if (verdict === "in-time" || verdict === "pending") continue;
      yield lessonFinding(this, of, taken, { verdict, settled: sighting !== null, dueAt, sighting, lastLook });
    }
  },
};
