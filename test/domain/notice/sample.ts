import type { NoticeEntry, NoticeFacts, NoticeLesson } from "../../../src/domain/notice/facts.ts";

/** An instant of 2026 in Moscow's time (+03:00). */
export const moscow = (text: string): number => Temporal.Instant.from(`${text}:00+03:00`).epochMilliseconds;

const span = { from: "2026-10-05", to: "2026-10-18" };
const subjects = [
  "Русский язык",
  "Математика",
  "Чтение",
  "Мир природы и человека",
  "Основы социальной жизни",
  "Физическая культура",
];
const works = ["Ответ на уроке", "Домашняя работа", "Контрольная работа", "Самостоятельная работа", null];
const days = [
  "2026-09-14",
  "2026-09-21",
  "2026-09-28",
  "2026-10-05",
  "2026-10-07",
  "2026-10-09",
  "2026-10-12",
  "2026-10-14",
  "2026-10-16",
];

export function lesson(over: Partial<NoticeLesson> = {}): NoticeLesson {
  return {
    externalId: "l1",
    date: "2026-10-05",
    subjectExternalId: "s1",
    subject: "Математика",
    workType: "Ответ на уроке",
    weight: null,
    topic: "Сложение дробей",
    homework: null,
    ...over,
  };
}

export function entry(over: Partial<NoticeEntry> = {}): NoticeEntry {
  return {
    lessonExternalId: "l1",
    date: "2026-10-05",
    subjectExternalId: "s1",
    subject: "Математика",
    text: "4",
    comment: null,
    absentAt: moscow("2026-10-05T12:00"),
    seenAt: moscow("2026-10-05T15:00"),
    ...over,
  };
}

/** A pupil about whom nothing is known in the span. */
export function bareFacts(over: Partial<NoticeFacts> = {}): NoticeFacts {
  return {
    school: { name: "Специальная школа-интернат № 100", zone: "Europe/Moscow", maxMark: 5 },
    pupil: { externalId: "p1", fullName: "Берёзкин Егор Ильич", number: 3 },
    className: "5 А",
    grade: 5,
    classTeacher: { name: "Соловьёва Анна Петровна", contact: "тел. 8 (000) 000-00-00" },
    span,
    term: { externalId: "360000", name: "1 четверть", from: "2026-09-01", to: "2026-10-25" },
    terms: [
      { externalId: "360000", name: "1 четверть" },
      { externalId: "360001", name: "2 четверть" },
    ],
    lessons: [],
    entries: [],
    finals: [],
    messages: [],
    ...over,
  };
}

/** An ordinary pupil in an ordinary fortnight; `seed` makes them differ. */
export function usualFacts(seed = 1, over: Partial<NoticeFacts> = {}): NoticeFacts {
  const lessons: NoticeLesson[] = [];
  const entries: NoticeEntry[] = [];
  for (const [s, subject] of subjects.entries()) {
    for (const [d, date] of days.entries()) {
      const here = { externalId: `l${s}-${d}`, date, subjectExternalId: `s${s}`, subject };
      const dice = (seed * 31 + s * 17 + d * 7) % 11;
      lessons.push(
        lesson({
          ...here,
          workType: works[(seed + s + d) % works.length] ?? null,
          topic: `${subject}: тема урока ${d + 1}`,
          homework: d === days.length - 1 && dice % 2 === 0 ? `Учебник, с. ${20 + seed}, упр. ${d + 3}–${d + 5}` : null,
        }),
      );
      const seen = { absentAt: moscow(`${date}T12:00`), seenAt: moscow(`${date}T18:00`) };
      const text = dice < 5 ? String(3 + (dice % 3)) : dice === 5 && d > 2 ? "Б" : null;
      if (text !== null) entries.push(entry({ ...here, ...seen, lessonExternalId: here.externalId, text }));
    }
  }
  return bareFacts({
    lessons,
    entries,
    messages: [
      {
        date: "2026-10-09",
        subject: "Математика",
        author: "Лебедева М. И.",
        text: "Егор хорошо подготовил доклад. Спасибо!",
        absentAt: moscow("2026-10-09T12:00"),
        seenAt: moscow("2026-10-09T15:00"),
      },
    ],
    ...over,
  });
}

/** The most that one page must hold: many subjects with many marks in the span, and the longest names. */
export function fullFacts(subjectCount = 14, marksEach = 25, over: Partial<NoticeFacts> = {}): NoticeFacts {
  const lessons: NoticeLesson[] = [];
  const entries: NoticeEntry[] = [];
  for (let s = 0; s < subjectCount; s++) {
    for (let m = 0; m < marksEach; m++) {
      const date = Temporal.PlainDate.from(span.from)
        .add({ days: m % 14 })
        .toString();
      const here = {
        externalId: `l${s}-${m}`,
        date,
        subjectExternalId: `s${s}`,
        subject: `${subjects[s % 6]} и развитие речи, часть ${s + 1}`,
      };
      lessons.push(
        lesson({
          ...here,
          workType: works[(s + m) % 5] ?? null,
          homework: m === 13 ? "Параграфы 12–14, вопросы 1–5 письменно, подготовить пересказ по плану" : null,
        }),
      );
      entries.push(
        entry({
          ...here,
          lessonExternalId: here.externalId,
          text: m % 9 === 8 ? "Н" : m % 7 === 6 ? "4/3" : String(2 + ((s + m) % 4)),
        }),
      );
    }
  }
  return bareFacts({
    pupil: { externalId: "p9", fullName: "Константинопольская-Верхнеуральская Александрина Вячеславовна", number: 12 },
    school: {
      name: "Государственное казённое общеобразовательное учреждение «Специальная (коррекционная) общеобразовательная школа-интернат № 100»",
      zone: "Europe/Moscow",
      maxMark: 5,
    },
    lessons,
    entries,
    ...over,
  });
}
