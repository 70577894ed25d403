import { counted } from "../notice/words.ts";
import { includes } from "../policy.ts";
import { cellFinding } from "./describe.ts";
import type { Rule } from "./rule.ts";

/** Порядок 2.7: the preparatory and the first grade hold attendance and topics only. Any mark is a violation until it is gone. */
export const noMarksGradeOne: Rule = {
  id: "no-marks-grade-one",
  clause: "Порядок, п. 2.7",
  words: {
    name: "Нет отметок в подготовительном и 1 классах",
    demand: () => "«в подготовительном и первом классах ведется только учет посещаемости и записи тем уроков»",
    reckoning: null,
    expected: "в этом классе нет никаких отметок",
    ofExpected: "отметки",
    titles: { violation: "отметка в классе, где отметок не ставят" },
    standing: "отметка стоит",
    todo: "уберите отметку: в этом классе ведутся только посещаемость и темы",
    conclusion: ({ settled }) =>
      settled
        ? ["Считается нарушением: отметка стояла. Теперь её нет, делать ничего не нужно; замечание остаётся в истории."]
        : [
            "Считается нарушением, пока отметка стоит. Что сделать: уберите отметку: в этом классе ведутся только посещаемость и темы.",
          ],
    over: "Отметки больше нет.",
    things: ["отметка", "отметки", "отметок"],
    tell: (findings) => `${counted(findings.length, "отметка", "отметки", "отметок")} в классе, где отметок не ставят`,
  },
  *check(of, count) {
    if (!includes(of.policy.noMarks.grades, of.snapshot.grade)) return;
    for (const cell of of.cells) {
      // Of a lesson that the class does not have nobody knows in which class its mark was given.
      if (cell.mark === null || cell.lesson === null) continue;
      count(cell.lesson.lesson.teacher, "violation", cell.date);
      const settled = cell.now === null || cell.now.marks.length === 0;
      yield cellFinding(this, of, cell, { verdict: "violation", settled, dueAt: null, sighting: cell.mark });
    }
  },
};
