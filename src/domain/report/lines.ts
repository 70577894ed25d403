import { accountableName } from "../accountable-name.ts";
import type { RuleId, StoredFinding } from "../finding.ts";
import { compareClasses } from "../notice/class-order.ts";
import { counted, line, shortDay } from "../notice/words.ts";
import { ruleOf } from "../rules/catalogue.ts";
import type { IsoDate } from "../time.ts";
import { latenessOfAll } from "./lateness.ts";
import type { PupilLabels } from "./pupil-labels.ts";
import type { ReportGroup } from "./report.ts";

const nobody = "Учитель в журнале не назван";
const mostLines = 15;
const mostLessonsApart = 3;
const mostDates = 4;
const mostPupils = 6;

/** Findings as lines, by teacher: those of one lesson are one line, and so are many lessons of one page with the same trouble. */
export function groupByTeacher(findings: readonly StoredFinding[], pupils: PupilLabels): ReportGroup[] {
  return [...Map.groupBy(findings, responsibleFor)]
    .map(([teacher, theirs]) => ({ teacher: nameOf(teacher), ...cut(linesOf(theirs, pupils)) }))
    .sort((one, other) => one.teacher.localeCompare(other.teacher, "ru"));
}

/** The accountable person, else whoever looks after such things; «» for nobody. */
export function responsibleFor(finding: StoredFinding): string {
  return finding.accountable?.name ?? upperFirst(accountableName(finding) ?? "");
}

export function nameOf(teacher: string): string {
  return teacher === "" ? nobody : line(teacher, 80);
}

function cut(lines: readonly string[]): Pick<ReportGroup, "lines" | "more"> {
  const left = lines.length - mostLines;
  if (left <= 0) return { lines, more: null };
  return {
    lines: lines.slice(0, mostLines),
    more: `и ещё ${counted(left, "строка", "строки", "строк")} – полностью: npx sverka check`,
  };
}

/** The same as plain lines, all of them. */
export function linesOf(findings: readonly StoredFinding[], pupils: PupilLabels): string[] {
  const pages = Map.groupBy(findings.toSorted(compare), (finding) =>
    key(finding.rule, finding.verdict, finding.classExternalId, finding.subjectExternalId),
  );
  return [...pages.values()].flatMap((page) => {
    const lessons = [...Map.groupBy(page, caseOf).values()];
    // What names pupils stands by lesson, as long as there are few; the rest says as much in one line.
    if (page.every((finding) => pupilsIn(finding).length === 0)) return [lineOf(page, null)];
    return lessons.length > mostLessonsApart ? [lineOf(page, null)] : lessons.map((lesson) => lineOf(lesson, pupils));
  });
}

/** A lesson, or whatever else it is about. */
function caseOf({ lessonDate, lessonExternalId, about, rule }: StoredFinding): string {
  return lessonExternalId === null ? key(rule, about) : key(lessonDate, lessonExternalId);
}

/** `labels` null: pupils are not named, there are too many lessons. */
function lineOf(findings: readonly StoredFinding[], labels: PupilLabels | null): string {
  const [first] = findings;
  if (first === undefined) return "";
  const subject = first.subject === null ? "" : `, ${lowerFirst(line(first.subject, 60))}`;
  const pupils = labels === null ? "" : pupilsOf(findings, labels);
  return `${line(first.className, 20)}${subject}${datesOf(findings)}${placesOf(findings)}: ${tell(first.rule, findings)}${pupils}`;
}

function tell(rule: RuleId, findings: readonly StoredFinding[]): string {
  const { words } = ruleOf(rule);
  // A case of a whole page holds a thing for each pupil in it.
  const count = findings.reduce((sum, finding) => sum + Math.max(1, pupilsIn(finding).length), 0);
  const things = counted(count, ...words.things);
  if (findings[0]?.verdict === "unproved") return `${things} – вовремя или нет, проходы не показали`;
  const late = latenessOfAll(findings);
  return words.tell?.(findings, late) ?? `${things} позже срока${late}`;
}

function pupilsOf(findings: readonly StoredFinding[], { by, of }: PupilLabels): string {
  const about = findings.flatMap(pupilsIn);
  const known = about.flatMap((pupil) => of.get(pupil) ?? []);
  const list = [...new Set(known.toSorted((one, other) => one.number - other.number).map(({ label }) => label))];
  if (known.length < about.length || list.length === 0 || list.length > mostPupils) return "";
  if (by === "surname") return ` (${list.join(", ")})`;
  return ` (${list.length === 1 ? "ученик" : "ученики"} №\u00a0${list.join(", ")})`;
}

function pupilsIn({ pupilExternalId, details: { pupils } }: StoredFinding): readonly string[] {
  if (pupilExternalId !== null) return [pupilExternalId];
  return Array.isArray(pupils) ? pupils : [];
}

/** What they are about besides: terms, groups, a few of them. */
function placesOf(findings: readonly StoredFinding[]): string {
  const places = [...new Set(findings.flatMap((finding) => ruleOf(finding.rule).words.place?.(finding) ?? []))];
  const left = places.length - mostDates;
  return places.length === 0 ? "" : `, ${places.slice(0, mostDates).join(", ")}${left > 0 ? ` и ещё ${left}` : ""}`;
}

function datesOf(findings: readonly StoredFinding[]): string {
  const dates = [
    ...new Set(
      findings.flatMap(({ lessonDate, lessonExternalId }): IsoDate[] =>
        lessonDate === null || lessonExternalId === null ? [] : [lessonDate],
      ),
    ),
  ].sort();
  if (dates.length === 0) return "";
  if (dates.length === 1) return `, урок ${shortDay(dates[0] ?? "")}`;
  const left = dates.length - mostDates;
  const shown = (left > 1 ? dates.slice(0, mostDates) : dates).map(shortDay).join(", ");
  return `, уроки ${shown}${left > 1 ? ` и ещё ${left}` : ""}`;
}

function compare(one: StoredFinding, other: StoredFinding): number {
  return (
    compareClasses(one.className, other.className) ||
    (one.subject ?? "").localeCompare(other.subject ?? "", "ru") ||
    (one.lessonDate ?? "").localeCompare(other.lessonDate ?? "") ||
    one.rule.localeCompare(other.rule) ||
    one.id.localeCompare(other.id)
  );
}

function key(...parts: readonly (string | null)[]): string {
  return JSON.stringify(parts);
}

/** «математика», but «ОБЖ» as it is. */
function lowerFirst(text: string): string {
  return /^\p{Lu}\p{Lu}/u.test(text) ? text : text.slice(0, 1).toLowerCase() + text.slice(1);
}

function upperFirst(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
