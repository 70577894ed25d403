import { num, rows, type Value } from "./literals.ts";
import type { Action, Question } from "./question.ts";

/** «People and pages». */
export const PEOPLE_ACTIONS: Readonly<Record<string, Action>> = {
  GET_CLASS_STORE_DATA: {
    staffOnly: true,
    answer: ({ view, viewer }) =>
      rows(
        view.school.classes
          .filter((klass) => viewer.seesClass(klass.id))
          .map((klass) => [num(klass.id), 1, null, 0, "x", klass.teacherName, null, klass.name]),
      ),
  },
  GET_STUDENTS_LIST_DATA: {
    staffOnly: true,
    answer: ({ view, viewer }) =>
      rows(
        view.school.pupils
          .filter((pupil) => viewer.seesPupil(pupil.id))
          .map((pupil) => [num(pupil.id), pupil.fullName]),
      ),
  },
  GET_STUDENT_CLASS: {
    answer({ view, params }) {
      const klass = view.classOf(params.student ?? "");
      return klass === undefined ? "[]" : rows([[num(klass.id), klass.grade, klass.letter]]);
    },
  },
  GET_STUDENT_PARALLEL: { answer: () => "[]" },
  GET_STUDENT_GROUPS: {
    answer({ view, params }) {
      const group = view.groupOf(params.student ?? "");
      const split = view.school.pages.filter((page) => page.classId === params.cls && page.group === group);
      return rows(split.map((page) => [1, num(page.subjectId), page.group]));
    },
  },
  GET_SBJ_NAMES_STORE_DATA: {
    answer: ({ view }) => rows(view.school.subjects.map((subject) => [num(subject.id), subject.name])),
  },
  GET_DAIRY_CLASS_SUBJECTS: { answer: (question) => rows(subjectsOf(question)) },
  GET_CLASS_SUBJECTS: { staffOnly: true, answer: (question) => rows(subjectsOf(question)) },
  GET_STUDENT_SUBJECTS: { answer: (question) => rows(subjectsOf(question).map((row) => [...row, 0, null, 1])) },
  GET_SUBS_PERSONS_STORE_DATA: {
    staffOnly: true,
    answer: ({ view }) => rows(view.school.staff.map((teacher) => [num(teacher.id), teacher.name, 0])),
  },
  GET_CLASS_TEACHERS_INFO: {
    answer({ view, params }) {
      const group = view.groupOf(params.student ?? "");
      const pages = view.school.pages.filter(
        (page) => page.classId === params.cls && (page.group === 0 || page.group === group),
      );
      return rows(pages.map((page) => [num(page.subjectId), view.teacherName(page.holderId), null, 0, ""]));
    },
  },
};

/** Subjects of a class; a teacher gets those whose pages are the own ones. */
function subjectsOf({ view, viewer, params: { cls } }: Question): Value[][] {
  const own = view.school.pages.filter(
    ({ classId, subjectId }) => classId === cls && viewer.seesSubject(classId, subjectId),
  );
  const ids = new Set(own.map((page) => page.subjectId));
  return view.school.subjects
    .filter((subject) => ids.has(subject.id))
    .map((subject) => [num(subject.id), subject.name]);
}
