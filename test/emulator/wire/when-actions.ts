import { YEAR } from "../school/days.ts";
import { date, num, rows } from "./literals.ts";
import type { Action } from "./question.ts";

/** «Who and when», and the timetable. */
export const WHEN_ACTIONS: Readonly<Record<string, Action>> = {
  GET_USER_DATA: {
    answer({ view, viewer }) {
      const [last = "", first = "", patronymic = ""] = (viewer.fullName ?? "").split(" ");
      return rows([[last, first, patronymic, view.school.name, 1, 5]]);
    },
  },
  GET_UCH_YEAR: { answer: ({ view, viewer }) => (viewer.staff ? rows([[view.school.year]]) : "[[]]") },
  GET_PERIODS: { answer: ({ view }) => rows(view.school.terms.map((term) => [num(term.id), term.name])) },
  GET_JOURNAL_PERIODS_INFO: {
    answer: ({ view, ids }) =>
      rows(
        view.school.terms
          .filter((term) => ids.includes(term.id))
          .map((term) => [num(term.id), date(term.from), date(term.to)]),
      ),
  },
  GET_CLASS_PER_SP: {
    answer: ({ view, params }) =>
      rows((view.school.classes.find((klass) => klass.id === params.cls)?.termIds ?? []).map((id) => [num(id)])),
  },
  GET_TIMETABLE: {
    answer: ({ view }) =>
      rows(
        view.school.timetable.map((slot, i) => [
          60_001 + i,
          900 + slot.number,
          num(slot.subjectId),
          slot.group,
          null,
          slot.weekday,
          slot.number + 1,
          null,
          `${101 + (i % 30)}`,
          date(YEAR.from),
          date(YEAR.to),
        ]),
      ),
  },
};
