import { createDeadlines, type Deadlines } from "../../../src/domain/deadline.ts";
import { createMapping, defaultMapping } from "../../../src/domain/mapping.ts";
import { writtenDays } from "../../../src/domain/policy.ts";
import { defaultSettings } from "../../../src/domain/settings.ts";
import type { EpochMs } from "../../../src/domain/time.ts";
import type { EmulatedSchool, SchoolClass, TrueEntry, TrueLesson } from "../../emulator/school/model.ts";
import { type Looks, looksAtLesson } from "./observed.ts";
import { keyOf, lookedIn, type TrueCase } from "./truth-case.ts";
import { attendanceCases } from "./truth-of-attendance.ts";
import { finalCases } from "./truth-of-finals.ts";
import { pageCases } from "./truth-of-pages.ts";
import { textCases } from "./truth-of-texts.ts";

const { policy, calendar } = defaultSettings;
const mapping = createMapping(defaultMapping);

/** Every deadline of a generated school, judged from the true instants alone, by code that shares nothing with the rules but calendar and mapping. */
export function trueCases(school: EmulatedSchool): readonly TrueCase[] {
  const entries = Map.groupBy(school.entries, ({ lessonId }) => lessonId);
  const lessons = Map.groupBy(school.lessons, ({ classId }) => classId);
  return school.classes.flatMap((klass) => {
    const of = { grade: klass.grade, className: klass.name };
    const deadlines = createDeadlines({ calendar, reading: policy.reading, of });
    return (lessons.get(klass.id) ?? [])
      .flatMap((lesson) => {
        const cells = entries.get(lesson.externalId) ?? [];
        const scene = { klass, lesson, deadlines, cells };
        return [topicCase(scene), ...cells.flatMap((cell) => cellCases(scene, cell)), ...missingCase(scene)].map(named);
      })
      .concat(
        textCases(school, klass),
        attendanceCases(school, klass),
        pageCases(school, klass),
        finalCases(school, klass),
      );
  });
}

/** The key begins with the rule. */
function named(one: Omit<TrueCase, "rule">): TrueCase {
  return { ...one, rule: one.key.split(" ")[0] as TrueCase["rule"] };
}

interface LessonScene {
  readonly klass: SchoolClass;
  readonly lesson: TrueLesson;
  readonly deadlines: Deadlines;
  readonly cells: readonly TrueEntry[];
}

const never = Number.POSITIVE_INFINITY;

function topicCase({ lesson, deadlines }: LessonScene): Omit<TrueCase, "rule"> {
  const due = deadlines.sameDay(lesson.date);
  const at = lesson.events[0]?.at ?? never;
  return {
    key: keyOf({ rule: "lesson-same-day", lessonExternalId: lesson.externalId, pupilExternalId: null }),
    met: at <= due,
    proven: (looks, asOf) => {
      const own = looksAtLesson(lesson, looks);
      const shown = lookedIn(own, lesson.shownFrom, asOf + 1);
      return at > due && shown && lookedIn(own, due, Math.min(at, asOf + 1));
    },
  };
}

function cellCases({ klass, lesson, deadlines }: LessonScene, cell: TrueEntry): readonly Omit<TrueCase, "rule">[] {
  // A cell that was emptied and filled again begins anew for whoever looks from outside.
  if (cell.events.some(({ content }) => content === null)) return [];
  const events = cell.events.map(({ at, content }) => ({ at, cell: mapping.readCell(content ?? "") }));
  const place = { lessonExternalId: lesson.externalId, pupilExternalId: cell.pupilId };
  // A letter that nobody can read may have been a mark or an absence: what replaced it proves nothing.
  const isUnread = events.some((event) => event.cell.unknown.length > 0);
  const seenLate = (due: EpochMs, at: EpochMs) => (looks: Looks, asOf: EpochMs) => {
    const own = looks(cell.pupilId, "entries");
    return !isUnread && at > due && lookedIn(own, due, at) && lookedIn(own, at, asOf + 1);
  };
  const cases: Omit<TrueCase, "rule">[] = [];

  const letters = events.filter((event) => event.cell.absences.length > 0);
  const changes = letters.filter((event, i) => lettersOf(event.cell) !== lettersOf(letters[i - 1]?.cell));
  const [first, last] = [changes[0], changes.at(-1)];
  if (first !== undefined && last !== undefined) {
    const due = deadlines.sameDay(lesson.date);
    const key = keyOf({ rule: "absence-same-day", ...place });
    cases.push({ key, met: last.at <= due, proven: seenLate(due, first.at) });
  }

  const marked = events.find((event) => event.cell.marks.length > 0)?.at;
  if (marked === undefined) return cases;
  if (klass.grade < 2) {
    const key = keyOf({ rule: "no-marks-grade-one", ...place });
    const proven = (looks: Looks, asOf: EpochMs) => lookedIn(looks(cell.pupilId, "entries"), marked, asOf + 1);
    return [...cases, { key, met: false, proven }];
  }
  const days = writtenDays(policy, klass.grade) ?? never;
  const written = deadlines.within(lesson.date, days);
  const oral = workOf(lesson) === "oral";
  const late = seenLate(oral ? deadlines.within(lesson.date, 1) : written, marked);
  const known = (looks: Looks, asOf: EpochMs) => !oral || recordSeen(lesson, looks, asOf);
  const key = keyOf({ rule: oral ? "mark-oral" : "mark-written", ...place });
  const met = marked <= (oral ? deadlines.within(lesson.date, 1) : written);
  // Whoever was away did the work on another day, from which its deadline runs; the journal does not tell it.
  if (wasAway(events)) return [...cases, { key, met: true, proven: () => false }];
  cases.push({ key, met, proven: (looks, asOf) => known(looks, asOf) && late(looks, asOf) });
  // As long as nobody has seen what work it was, the longer deadline holds.
  if (oral) cases.push({ key: keyOf({ rule: "mark-written", ...place }), met: marked <= written, proven: () => false });
  return cases;
}

function missingCase({ klass, lesson, deadlines, cells }: LessonScene): readonly Omit<TrueCase, "rule">[] {
  const days = writtenDays(policy, klass.grade);
  if (days === null || workOf(lesson) !== "written") return [];
  const due = deadlines.within(lesson.date, days);
  const away = new Set(
    cells.filter(({ events }) => wasAway(events.map(({ content }) => ({ cell: mapping.readCell(content ?? "") })))),
  );
  // A late mark of somebody who was away is no mark of this lesson's work.
  const markedAt = new Map(
    cells.flatMap((cell): [string, EpochMs][] => {
      const at = firstMark(cell);
      return away.has(cell) && at > due ? [] : [[cell.pupilId, at]];
    }),
  );
  const first = Math.min(never, ...markedAt.values());
  const everAbsent = new Set(
    cells
      .filter((cell) => cell.events.some(({ content }) => mapping.readCell(content ?? "").absences.length > 0))
      .map(({ pupilId }) => pupilId),
  );
  const isUnread = cells.some((cell) =>
    cell.events.some(({ content }) => mapping.readCell(content ?? "").unknown.length > 0),
  );
  const somebody = lesson.pupilIds.some((id) => !everAbsent.has(id));
  return [
    {
      key: keyOf({ rule: "mark-written-missing", lessonExternalId: lesson.externalId, pupilExternalId: null }),
      met: first <= due,
      proven: (looks, asOf) =>
        first > due &&
        somebody &&
        !isUnread &&
        recordSeen(lesson, looks, asOf) &&
        lesson.pupilIds.every((id) =>
          lookedIn(looks(id, "entries"), due, Math.min(markedAt.get(id) ?? never, asOf + 1)),
        ),
    },
  ];
}

function wasAway(events: readonly { readonly cell: ReturnType<typeof mapping.readCell> }[]): boolean {
  return events.some(({ cell }) => cell.absences.some(({ kind }) => kind !== "late"));
}

function firstMark(cell: TrueEntry): EpochMs {
  const marked = cell.events.find(({ content }) => content !== null && mapping.readCell(content).marks.length > 0);
  return marked?.at ?? never;
}

function workOf(lesson: TrueLesson) {
  return mapping.workKind(lesson.events[0]?.content?.workType ?? null);
}

function recordSeen(lesson: TrueLesson, looks: Looks, asOf: EpochMs): boolean {
  return lookedIn(looksAtLesson(lesson, looks), lesson.events[0]?.at ?? never, asOf + 1);
}

function lettersOf(cell: ReturnType<typeof mapping.readCell> | undefined): string {
  return cell?.absences.map(({ letter }) => letter).join() ?? "";
}
