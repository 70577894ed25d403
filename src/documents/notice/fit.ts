import type { Notice, NoticeProgress } from "../../domain/notice/notice.ts";
import type { PostPlace } from "../../domain/notice/sheet-order.ts";

/** How a notice that was set in one size of type fills its page: in points, as the template tells it. */
export interface Filled {
  /** What it says takes so much height, on one page or on more. */
  readonly tall: number;
  /** And so much is there above its slip; null where the slip went to a page of its own. */
  readonly room: number | null;
}

interface Sheet {
  readonly id: number;
  readonly notice: Notice;
  readonly post: PostPlace | null;
}

/** The sizes of type tried for one notice, in points. */
export interface Trial {
  readonly sheet: Sheet;
  /** Null: it stands on one page in none, or nothing is known of how it does, and has to be measured where it stands. */
  readonly size: number | null;
  /** The largest in which it stood well; null before there is one. */
  readonly fits: number | null;
  /** The smallest that was too large. */
  readonly tooLarge: number;
}

const STEP = 0.5;
/** A page that is filled so far is not set again for larger type: it might be about a seventh larger. */
const WELL = 0.75;
const PAGE = { width: 516, room: 670 }; // points

/** The size in which a notice should stand on one page, before anything was set. */
export function firstTrial(sheet: Sheet): Trial {
  const trial = { sheet, size: null, fits: null, tooLarge: sizesOf(sheet).most + STEP };
  return { ...trial, size: largest(trial, 1, PAGE.room) };
}

/**
 * What to try after a notice was set: the size that fits by the guess, once that is corrected by how wrong it was; the same trial again where the notice stands
 * well, over most of its page. It is measured where it stands if it hardly fits in any size, and if nothing is known of how it filled its page.
 */
export function nextTrial(trial: Trial, filled: Filled | null): Trial {
  const { sheet, size } = trial;
  if (size === null) return trial;
  if (filled === null) return { ...trial, size: null };
  const { tall, room } = filled;
  const over = room === null || tall > room;
  if (!over && tall >= WELL * room) return trial;
  const tried = over ? { ...trial, tooLarge: size } : { ...trial, fits: size };
  const [times, height] = [tall / guess(sheet.notice, size), room ?? PAGE.room];
  const better = largest(tried, times, height);
  if (better === size) return over ? { ...trial, size: null } : trial;
  const hopeless = tried.fits === null && guess(sheet.notice, better) * times > height;
  return { ...tried, size: hopeless ? null : better };
}

const sizesOf = ({ notice, post }: Sheet) =>
  notice.largePrint ? { most: 18, least: 15 } : { most: 11.5, least: post === null ? 7 : 8.5 };

/** The largest size not tried in vain in which the notice should fit, where heights are so many times what is guessed; the smallest when none. */
function largest({ sheet, fits, tooLarge }: Trial, times: number, room: number): number {
  const least = fits ?? sizesOf(sheet).least;
  let size = Math.max(least, tooLarge - STEP);
  while (size > least && guess(sheet.notice, size) * times > room) size -= STEP;
  return size;
}

// In em of the usual text, from notice.typ and look.typ.
const SIGN = 0.52;
const LINE = 1.2;
const LEADING = 0.5;
const HEAD = 6.4;
const HEADING = 2.4;
const TABLE_HEAD = 1.4;
const CELL = { x: 0.8, y: 0.72 };
const NAME_SHARE = 0.26;
const CHIP = 2.5;

/** How tall a notice is in this size, in points: by average signs. A wrong guess costs another layout, and nothing else. */
function guess(notice: Notice, size: number): number {
  const { pupil, progress, topics, attendance, remarks, homework, nothingNew, contact } = notice;
  const width = PAGE.width / size;
  const part = (heights: readonly number[]) => (heights.length === 0 ? 0 : HEADING + total(heights));
  const line = (...texts: readonly string[]) => linesOf(texts, width) * LINE;
  const heights = [
    HEAD + (linesOf([pupil], width, 1.65) - 1) * 1.65 * LINE,
    nothingNew === null ? 0 : line(nothingNew) + 1.2,
    part(progress === null || progress.subjects.length === 0 ? [] : [tableHeight(progress, width)]),
    part(topics.map(({ subject, lessons }) => topicsHeight(subject, lessons, width))),
    part([
      line(attendance.summary),
      ...attendance.reasons.map(({ lessons, reason, days }) => line(lessons, reason, days)),
      attendance.bySubject === null ? 0 : line(attendance.bySubject),
    ]),
    part(remarks.map(({ date, from, text }) => line(date, from, text) - 0.1)),
    part((homework ?? []).map(({ subject, due, text }) => line(subject, due, text) - 0.15)),
    1.2 + line(contact),
  ];
  return total(heights) * size;
}

function tableHeight({ subjects, finalTerms, forecastNote, legend }: NoticeProgress, width: number): number {
  const dense = subjects.some(({ marks }) => marks.length > 12);
  const means = subjects.some(({ mean }) => mean !== null) ? 4.8 : 0;
  const forecasts = subjects.some(({ forecast }) => forecast !== null) ? 11.2 : 0;
  const others = means + forecasts + finalTerms.length * (finalTerms.length > 2 ? 3.3 : 4.2);
  const forMarks = dense ? width : (1 - NAME_SHARE) * width - others;
  const rows = subjects.map(({ name, marks, forecast }) => {
    const widest = Math.max(0, ...marks.map(({ date, work }) => Math.max(date.length, work?.length ?? 0)));
    const chip = 0.6 + 0.72 * 0.48 * widest;
    const inRow = Math.max(1, Math.floor((forMarks - CELL.x) / chip));
    const chips = Math.ceil(marks.length / inRow) * (CHIP + LEADING);
    const words = Math.max(linesOf([name], NAME_SHARE * width - CELL.x), forecast === null ? 1 : 1.75) * LINE;
    return CELL.y - LEADING + (dense ? words + chips : Math.max(words, chips));
  });
  const notes = [forecastNote ?? "", ...legend.flatMap(({ short, full }) => [short, full, " – ; "])];
  return TABLE_HEAD + total(rows) + 0.6 + linesOf(notes, width, 0.78) * 0.78 * LINE;
}

function topicsHeight(subject: string, lessons: Notice["topics"][number]["lessons"], width: number): number {
  const words = linesOf([subject], NAME_SHARE * width - CELL.x);
  const topics = total(lessons.map(({ date, topic }) => linesOf([date, topic], (1 - NAME_SHARE) * width - CELL.x)));
  return CELL.y - LEADING + Math.max(words, topics) * LINE;
}

function linesOf(texts: readonly string[], width: number, size = 1): number {
  return Math.ceil((total(texts.map((text) => text.length + 1)) * SIGN * size) / Math.max(1, width));
}

const total = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);
