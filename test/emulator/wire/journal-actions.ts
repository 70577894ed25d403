import { commentOf, standingAt } from "../school/model.ts";
import { date, num, rows, type Value } from "./literals.ts";
import type { Action, Question } from "./question.ts";
import { within } from "./view.ts";

/** «The journal». */
export const JOURNAL_ACTIONS: Readonly<Record<string, Action>> = {
  GET_TEXT_MARKS: {
    answer: ({ view }) => rows(view.school.letters.map((letter) => [num(letter.id), letter.letter, letter.meaning])),
  },
  GET_STUDENT_LESSONS: {
    state: ({ view, params, at }) =>
      `${params.cls}/${view.groupOf(params.student ?? "")}/${view.lessonState(params.cls ?? "", at)}/${params.period_begin}/${params.period_end}`,
    answer: (question) =>
      rows(
        lessonsOf(question, question.params.period_begin, question.params.period_end).map(({ lesson, record }) => [
          num(lesson.externalId),
          record?.workType ?? null,
          1,
          record?.weight ?? null,
          record?.topic ?? null,
          0,
          null,
          date(lesson.date),
          record?.homework ?? null,
          null,
          lesson.group,
          0,
          null,
          "",
          num(lesson.subjectId),
          0,
        ]),
      ),
  },
  GET_STUDENT_JOURNAL_DATA: {
    state: ({ view, params, at, version }) =>
      `${version}/${params.cls}/${params.student}/${view.entryState(params.student ?? "", at)}`,
    answer: (question) =>
      rows(
        entriesOf(question).map(({ entry, lesson, text }) => {
          const row: Value[] = [
            num(lesson.externalId),
            num(entry.pupilId),
            text,
            date(lesson.date),
            num(lesson.subjectId),
            0,
            valueCode(question, text),
            question.view.teacherName(lesson.givenById),
          ];
          return question.version === "4.1" ? [...row, commentOf(entry, text)] : row;
        }),
      ),
  },
  GET_STUDENT_DAIRY: {
    answer(question) {
      const { params, version } = question;
      const cells = new Map(entriesOf(question).map((cell) => [cell.lesson.externalId, cell]));
      return rows(
        lessonsOf(question, params.begin_dt, params.end_dt).map(({ lesson, record }) => {
          const cell = cells.get(lesson.externalId);
          const row: Value[] = [
            date(lesson.date),
            num(lesson.externalId),
            num(lesson.subjectId),
            record?.topic ?? null,
            record?.homework ?? null,
            cell?.text ?? null,
            lesson.group,
            0,
            null,
            num(lesson.givenById),
            0,
          ];
          return version === "4.1" ? [...row, cell ? commentOf(cell.entry, cell.text) : null] : row;
        }),
      );
    },
  },
  GET_STUDENT_DIRECTOR_DATA: {
    answer({ view, viewer, params, at }) {
      const classId = view.classOf(params.student ?? "")?.id ?? "";
      return rows(
        view.finalsOf(params.student ?? "").flatMap((final) => {
          const text = standingAt(final.events, at);
          if (text === null || !viewer.seesSubject(classId, final.subjectId)) return [];
          return [[1, num(final.termId), 0, text, num(final.subjectId), null]];
        }),
      );
    },
  },
  GET_ATT_JOURNAL_DATA: { answer: () => "[]" },
  GET_STUDENT_MESSAGES: {
    answer: (question) =>
      rows(
        messagesOf(question, question.params.student ?? "").map(({ message, text }) => [
          1,
          num(message.teacherId),
          0,
          text,
          date(message.date),
          0,
          num(message.subjectId),
        ]),
      ),
  },
  GET_MESSAGE_COUNT: {
    answer(question) {
      const { view, viewer } = question;
      const pupils = view.school.pupils.filter((pupil) => viewer.seesPupil(pupil.id));
      return rows([[pupils.reduce((count, { id }) => count + messagesOf(question, id).length, 0)]]);
    },
  },
};

function lessonsOf({ view, viewer, params, at }: Question, begin: string | undefined, end: string | undefined) {
  return view
    .lessonsOf(params.cls ?? "", params.student ?? "", at)
    .filter(
      ({ lesson }) =>
        within(lesson.date, begin, end) && viewer.seesPage(lesson.classId, lesson.subjectId, lesson.group),
    );
}

function entriesOf({ view, viewer, params, at }: Question) {
  return view
    .entriesOf(params.student ?? "", at)
    .filter(({ lesson }) => viewer.seesPage(lesson.classId, lesson.subjectId, lesson.group));
}

function messagesOf({ view, viewer, at }: Question, pupilId: string) {
  const classId = view.classOf(pupilId)?.id ?? "";
  return view.messagesOf(pupilId).flatMap((message) => {
    const text = standingAt(message.events, at);
    return text === null || !viewer.seesSubject(classId, message.subjectId) ? [] : [{ message, text }];
  });
}

/** The number itself for a mark; for a text the id of its letter, the longest that fits. */
function valueCode({ view }: Question, text: string): Value {
  if (/^[1-5]/.test(text)) return Number(text[0]);
  const fitting = view.school.letters.filter(({ letter }) => text.startsWith(letter));
  const [best] = fitting.toSorted((one, other) => other.letter.length - one.letter.length);
  return num(best?.id ?? "0");
}
