import { accountableName } from "./accountable-name.ts";
import type { SchoolCalendar } from "./calendar.ts";
import { type PassNote, passLines } from "./explanation/passes.ts";
import { reckoningOf } from "./explanation/reckoning.ts";
import { conclusionOf, titleOf } from "./explanation/verdict.ts";
import type { FindingEvent, StoredFinding } from "./finding.ts";
import { longDay } from "./notice/words.ts";
import type { Policy } from "./policy.ts";
import { ruleOf } from "./rules/catalogue.ts";
import { deadline, moment, sentence } from "./russian.ts";

export interface ExplainInput {
  readonly finding: StoredFinding;
  /** Oldest first. */
  readonly events: readonly FindingEvent[];
  /** The passes around the deadline and the sight. */
  readonly passes: readonly PassNote[];
  /** The school's IANA zone: all times are said by its clock. */
  readonly zone: string;
  readonly policy: Policy;
  readonly calendar: SchoolCalendar;
  /** Of the finding's class; null when the journal does not tell. */
  readonly grade: number | null;
  /** How to call the pupil, e.g. «№ 7 по списку»; the journal's id when left out. */
  readonly pupil?: string;
}

/**
 * One finding, explained in plain Russian to the teacher it concerns: what the order demands, what was expected by when, what which passes saw,
 * and why it counts or does not. Holds no names but the accountable teacher's.
 */
export function explain(input: ExplainInput): string {
  const { finding, events, passes, zone, policy, pupil } = input;
  const lines = passLines(finding, passes, zone);
  const { words } = ruleOf(finding.rule);
  const known = words.known?.(finding);
  return [
    [`Замечание ${finding.id}: ${titleOf(finding)}.`, placeOf(finding, pupil)],
    [`Что требует приказ № 204. ${finding.clause}: ${words.demand(finding, policy)}.`],
    expectation(input),
    known === undefined
      ? ["Что видели проходы.", sightOf(finding, zone), ...lines]
      : [finding.settled && words.over !== undefined ? "Что было известно." : "Что известно.", known],
    ["Вывод.", ...ending(finding, events, zone)],
  ]
    .map((paragraph) => paragraph.filter((line) => line !== "").join("\n"))
    .filter((paragraph) => paragraph !== "")
    .join("\n\n");
}

function placeOf(finding: StoredFinding, pupil: string | undefined): string {
  const { classExternalId, className, subject, lessonDate, lessonExternalId, pupilExternalId, details } = finding;
  const { words } = ruleOf(finding.rule);
  const who = pupil ?? (pupilExternalId === null ? null : `с номером ${pupilExternalId} в журнале`);
  const parts = [
    classExternalId === "" ? "Вся школа" : `Класс ${className}`,
    subject === null ? null : `предмет «${subject}»`,
    lessonExternalId === null || lessonDate === null
      ? null
      : `урок ${longDay(lessonDate)} (№ ${lessonExternalId} в журнале)`,
    words.place?.(finding) ?? dayOf(finding),
    typeof details.workType === "string" ? `вид работы «${details.workType}»` : null,
    who === null || pupilExternalId === null ? null : `ученик ${who}`,
  ];
  const place = sentence(parts.filter((part) => part !== null).join(", "));
  return `${place}\n${sentence(`Отвечает: ${accountableName(finding) ?? "журнал не называет учителя"}`)}`;
}

/** The day of a case that is about no lesson, unless what is known of it tells its days anyway. */
function dayOf({ rule, lessonDate, lessonExternalId }: StoredFinding): string | null {
  if (lessonDate === null || lessonExternalId !== null || ruleOf(rule).words.known !== undefined) return null;
  return longDay(lessonDate);
}

function expectation({ finding, zone, policy, calendar, grade }: ExplainInput): readonly string[] {
  const { dueAt, rule, className } = finding;
  const { words } = ruleOf(rule);
  const expected = words.expectation?.(finding) ?? words.expected;
  if (dueAt === null) return [`Что ожидалось: ${expected}.`];
  const by = `Что ожидалось. Не позднее ${deadline(dueAt, zone)} по времени школы – ${expected}.`;
  return [by, reckoningOf(finding, policy, calendar, { grade, className })];
}

function sightOf(finding: StoredFinding, zone: string): string {
  const { absentAt, seenAt, details, rule } = finding;
  const own = ruleOf(rule).words.sight?.(finding, zone) ?? null;
  if (own !== null) return own;
  const without = absentAt === null ? "" : `Последний раз страница прочитана без этого: ${moment(absentAt, zone)}.`;
  const withIt =
    seenAt === null ? "До сих пор этого в журнале не видели." : `Впервые увидели: ${moment(seenAt, zone)}.`;
  const letters = rule === "absence-same-day" ? lettersOf(details) : unknownLettersIn(details);
  return [without, withIt, letters].filter((part) => part !== "").join(" ");
}

function unknownLettersIn({ unknownLetters }: StoredFinding["details"]): string {
  if (!Array.isArray(unknownLetters) || unknownLetters.length === 0) return "";
  const list = unknownLetters.map((letter) => `«${letter}»`).join(", ");
  return `В клетках урока стоят незнакомые буквы: ${list}; они не считаются ничем. Если это отметки или пропуски, ответственному за журнал нужно вписать их в config/avers.yaml, и замечание будет пересмотрено.`;
}

function lettersOf({ what, before, after }: StoredFinding["details"]): string {
  const list = (value: unknown) => (Array.isArray(value) ? value.map((letter) => `«${letter}»`).join(", ") : "");
  return what === "changed"
    ? `Отметку об отсутствии изменили: было ${list(before)}, стало ${list(after)}.`
    : `Отметка об отсутствии: ${list(after)}.`;
}

function ending(finding: StoredFinding, events: readonly FindingEvent[], zone: string): readonly string[] {
  if (finding.status === "withdrawn") return withdrawal(finding, events, zone);
  if (finding.status !== "waived") return conclusionOf(finding, zone);
  const by = events.findLast(({ kind }) => kind === "waived");
  const when = finding.waivedAt === null ? "" : ` ${moment(finding.waivedAt, zone)}`;
  return [`Замечание снято${when} и не считается. ${by?.cause ?? ""} Снял(а): ${by?.author ?? ""}.`];
}

function withdrawal({ withdrawnAt }: StoredFinding, events: readonly FindingEvent[], zone: string): readonly string[] {
  const when = withdrawnAt === null ? "" : ` ${moment(withdrawnAt, zone)}`;
  const cause = events.findLast(({ kind }) => kind === "withdrawn")?.cause ?? "";
  return [`Замечание отозвано${when} и не считается.`, cause];
}
