import type { StoredFinding } from "../../src/domain/finding.ts";
import { type EmulatedSchool, standingAt, type TrueEntry } from "../emulator/index.ts";
import { addDays, moment } from "../emulator/school/days.ts";
import { finalsDue } from "../emulator/school/finals.ts";
import { lettersIn, marksIn, ORAL, type Truth, WRITTEN } from "./oracle.ts";

/**
 * Whether a finding of the rules about the journal's own facts says what really was, by the instants of the generator alone. Null for other
 * rules, and where a cell was emptied and filled again: such a cell shows less than was there.
 */
export function isJustOfFacts(finding: StoredFinding, school: EmulatedSchool, truth: Truth): boolean | null {
  const { rule, details, lessonExternalId, pupilExternalId } = finding;
  switch (rule) {
    case "work-type-known":
      return !WRITTEN.has(String(details.text)) && !ORAL.has(String(details.text));
    case "letter-known":
      return details.text === "Ж";
    case "absence-consistent": {
      const lesson = truth.lessons.get(lessonExternalId ?? "");
      const entry = truth.entriesOf(lessonExternalId ?? "").find(({ pupilId }) => pupilId === pupilExternalId);
      if (lesson === undefined || isEmptied(entry)) return null;
      const text = String(details.text);
      return details.what === "mark"
        ? lettersIn(text).length > 0 && marksIn(text).length > 0 && truth.kindOf(lesson) === "oral"
        : lesson.awayIds.includes(pupilExternalId ?? "") &&
            (entry?.events[0]?.at ?? Number.POSITIVE_INFINITY) > truth.sameDay(lesson);
    }
    case "journal-current":
      return layStill(finding, school, truth);
    case "final-mark-24h":
      return details.half === "mark" && finding.severity === "violation" ? finalsWereLate(finding, school) : null;
    default:
      return null;
  }
}

function isEmptied(entry: TrueEntry | undefined): boolean {
  return entry?.events.some(({ content }) => content === null) ?? false;
}

/** Nothing was entered or changed from the first day named to the deadline. */
function layStill(
  { classExternalId, subjectExternalId, details, dueAt }: StoredFinding,
  school: EmulatedSchool,
  truth: Truth,
) {
  const page = school.lessons.filter(
    (lesson) =>
      lesson.classId === classExternalId &&
      lesson.subjectId === subjectExternalId &&
      lesson.group === Number(details.group ?? 0),
  );
  const begins = moment(String(details.since), 0);
  const days = new Set(
    page
      .map(({ date }) => date)
      .filter((date) => begins <= moment(date, 0) && moment(addDays(date, 1), 0) <= (dueAt ?? 0)),
  );
  const entries = page.flatMap(({ externalId }) => truth.entriesOf(externalId));
  if (entries.some(isEmptied)) return null;
  const signs = [...page, ...entries].flatMap(({ events }) =>
    events.filter(({ at }) => standingAt<unknown>(events, at - 1) !== standingAt<unknown>(events, at)),
  );
  return days.size > 5 && !signs.some(({ at }) => at >= begins && at < (dueAt ?? 0));
}

function finalsWereLate(
  { classExternalId, subjectExternalId, about, verdict, details }: StoredFinding,
  school: EmulatedSchool,
): boolean {
  const klass = school.classes.find(({ id }) => id === classExternalId);
  const term = school.terms.find(({ id }) => id === about?.split("/")[0]);
  if (klass === undefined || term === undefined) return false;
  const pupils = Array.isArray(details.pupils) ? details.pupils : [];
  const entered = school.finals.filter(
    (final) => final.termId === term.id && final.subjectId === subjectExternalId && pupils.includes(final.pupilId),
  );
  const late = entered.every(({ events }) => (events[0]?.at ?? 0) > finalsDue(term, klass.grade));
  return verdict === "missing" ? late : late && entered.length === pupils.length;
}
