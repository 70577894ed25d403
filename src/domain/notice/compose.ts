import type { ForecastTerms } from "../forecast.ts";
import type { Mapping } from "../mapping.ts";
import type { IsoDate } from "../time.ts";
import { composeAttendance } from "./attendance.ts";
import type { NoticeFacts } from "./facts.ts";
import { homeworkDue } from "./homework.ts";
import type { Notice } from "./notice.ts";
import { composeProgress } from "./progress.ts";
import { composeRemarks } from "./remarks.ts";
import { line, longDay, longSpan, shortDay } from "./words.ts";

export interface NoticeOptions {
  readonly mapping: Mapping;
  readonly forecast: ForecastTerms;
  /** The day on which it is printed, in the school's zone: decides which homework is still due. */
  readonly today: IsoDate;
  readonly simulation: boolean;
  readonly largePrint?: boolean;
  readonly plain?: boolean;
}

const mostTopics = 200;

/**
 * The notice of one pupil for one span of days (Регламент, п. 2 and 3; rules.md §§ 5, 6). Pure. Grades 0 and 1 get attendance, topics and remarks
 * only (Порядок, п. 2.7). Every free text is cut to a length that leaves the rest its place.
 */
export function composeNotice(facts: NoticeFacts, options: NoticeOptions): Notice {
  const { mapping, forecast, today, simulation, largePrint = false, plain = false } = options;
  const markless = facts.grade === 0 || facts.grade === 1;
  const progress = markless ? null : composeProgress(facts, { mapping, forecast, plain });
  const topics = markless ? composeTopics(facts) : [];
  const attendance = composeAttendance(facts, mapping);
  const homework = markless ? null : homeworkDue(facts, today);
  const { remarks, moreRemarks } = composeRemarks(facts);
  const nothing =
    topics.length === 0 &&
    remarks.length === 0 &&
    attendance.reasons.length === 0 &&
    !progress?.subjects.some((subject) => subject.marks.length > 0);

  return {
    simulation,
    largePrint,
    plain,
    school: line(facts.school.name, 160),
    pupil: line(facts.pupil.fullName, 90),
    className: line(facts.className, 20),
    span: longSpan(facts.span.from, facts.span.to),
    printedOn: longDay(today),
    nothingNew: nothing ? newsless(markless) : null,
    progress,
    topics,
    attendance,
    remarks,
    moreRemarks,
    homework,
    contact: contactOf(facts),
  };
}

function newsless(markless: boolean): string {
  return markless
    ? "За эти дни в журнале нет новых тем, пропусков и записей учителей."
    : "За эти дни в журнале нет новых отметок, пропусков и записей учителей.";
}

function composeTopics({ lessons, span, told }: NoticeFacts): Notice["topics"] {
  // On the day of the last notice lessons went on after it.
  const from = told !== undefined && told.to < span.from ? told.to : span.from;
  const here = lessons
    .filter((lesson) => from <= lesson.date && lesson.date <= span.to && lesson.topic !== null)
    .toSorted((one, other) => (one.date < other.date ? -1 : one.date > other.date ? 1 : 0));
  return [...Map.groupBy(here, (lesson) => lesson.subjectExternalId).values()]
    .map((these) => ({
      subject: line(these[0]?.subject ?? "", 60),
      lessons: these.map(({ date, topic }) => ({ date: shortDay(date), topic: line(topic ?? "", mostTopics) })),
    }))
    .sort((one, other) => one.subject.localeCompare(other.subject, "ru"));
}

function contactOf({ classTeacher }: NoticeFacts): string {
  if (classTeacher === null) return "Вопросы – в школу, заместителю директора по учебно-воспитательной работе.";
  const name = line(classTeacher.name, 90);
  return `Классный руководитель: ${name}${classTeacher.contact === null ? "" : `, ${line(classTeacher.contact, 90)}`}`;
}
