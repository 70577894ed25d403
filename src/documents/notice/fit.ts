import type { Notice } from "../../domain/notice/notice.ts";

// In em of the usual size, from the template: a page holds about 58.
const safe = 49;
const marksPerRow = 6;
const signsPerLine = 78;

/** Whether the notice may be too long for one page at the usual size: a guess on the safe side, made so that ordinary pages need no measuring. */
export function mayOverflow(notice: Notice): boolean {
  const { progress, topics, remarks, homework, attendance } = notice;
  const subjects = progress?.subjects ?? [];
  const longName = notice.school.length + notice.pupil.length > 2 * signsPerLine ? 5 : 0;
  const height =
    14 +
    longName +
    sum(subjects, ({ marks, name }) =>
      Math.max(3 * Math.ceil(marks.length / marksPerRow), 1.4 * Math.ceil(name.length / 16), 3),
    ) +
    sum(topics, ({ lessons, subject }) =>
      Math.max(
        (1.6 * subject.length) / 16,
        sum(lessons, ({ topic }) => lines(topic, 55)),
      ),
    ) +
    sum(remarks, ({ from, text }) => lines(from + text, signsPerLine)) +
    sum(homework ?? [], ({ subject, text }) => lines(subject + text, signsPerLine)) +
    attendance.reasons.length * 3 +
    lines(attendance.bySubject ?? "", signsPerLine);
  return notice.largePrint || (progress?.finalTerms.length ?? 0) > 2 || height > safe;
}

function lines(text: string, signs: number): number {
  return 1.5 * Math.ceil((text.length + 12) / signs);
}

function sum<Item>(items: readonly Item[], heightOf: (item: Item) => number): number {
  return items.reduce((total, item) => total + heightOf(item), 0);
}
