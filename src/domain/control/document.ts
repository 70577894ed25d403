import { dayOf } from "../days.ts";
import { longDay, shortDay } from "../notice/words.ts";
import { ruleOf } from "../rules/catalogue.ts";
import { moment } from "../russian.ts";
import { widest } from "./counts.ts";
import type { ControlCase, ControlFacts, CountedRow, Counts } from "./facts.ts";
import { decidedOf, inPercent, latenessText, personName } from "./figures.ts";
import { monthName } from "./month.ts";
import { PARTS } from "./parts.ts";

/** The control in words, as the print shows it; what stands where is the template's business. */
export interface ControlDocument {
  readonly simulation: boolean;
  readonly school: string;
  readonly title: string;
  readonly basis: string;
  readonly summary: readonly TextRow[];
  readonly evidence: string;
  readonly trend: readonly { readonly month: string; readonly share: number | null; readonly text: string }[];
  readonly parts: readonly {
    readonly title: string;
    readonly gaps: readonly string[];
    readonly byClass: readonly TextRow[];
    readonly byTeacher: readonly TextRow[];
  }[];
  readonly cases: readonly CaseRow[];
  /** How many cases stand in the list; those of one lesson share a row. */
  readonly counted: number;
  readonly waived: readonly (CaseRow & { readonly reason: string })[];
  readonly waivedCount: number;
  readonly conclusion: readonly string[];
  readonly concluded: boolean;
  /** Whoever is named in the tables: the acquaintance sheet. */
  readonly people: readonly string[];
}

export interface TextRow {
  readonly name: string;
  /** Checked, in time, share in time, late, lateness, missing, unproved, waived, pending. */
  readonly cells: readonly string[];
}

export interface CaseRow {
  readonly part: string;
  readonly teacher: string;
  readonly className: string;
  readonly subject: string;
  readonly date: string;
  readonly what: string;
  /** «1–3 дня»; empty when nothing was late. */
  readonly lateness: string;
  readonly pupil: string;
  readonly clause: string;
  readonly earlier: boolean;
  /** Who took it away and why; empty while it counts. */
  readonly waived: string;
}

export function controlDocument(
  facts: ControlFacts,
  { conclusion, concluded }: { conclusion: string; concluded: boolean },
): ControlDocument {
  const { parts, zone, month, number, cases } = facts;
  const rows = (of: readonly CountedRow[]) =>
    of.map((row): TextRow => ({ name: personName(row.name), cells: cellsOf(row) }));
  const sum = (of: (counts: Counts) => number) => parts.reduce((total, part) => total + of(part.total), 0);
  const decided = sum(decidedOf);
  const unproved = sum((counts) => counts.unproved);
  const standing = cases.filter(({ waived }) => waived === null);
  const taken = cases.filter(({ waived }) => waived !== null);
  return {
    simulation: facts.simulation,
    school: facts.school,
    title: `Контроль ведения электронных журналов № ${number} за ${monthName(month)}`,
    basis: `«Порядок», п. 8. Составлен ${longDay(dayOf(facts.madeAt, zone))} по данным на ${moment(facts.asOf, zone)}. Порядок проверки: «${facts.policy}».`,
    summary: parts.map(({ id, total }) => ({ name: titleOf(id), cells: cellsOf(total) })),
    evidence: evidenceOf(decided, unproved),
    trend: facts.trend.map((point) => ({
      month: monthName(point.month).replace(/ \d+\u00a0г\.$/, ""),
      share: point.decided === 0 ? null : point.inTime / point.decided,
      text: inPercent(point.inTime, point.decided) ?? "–",
    })),
    parts: parts.map((part) => ({
      title: titleOf(part.id),
      gaps: part.gaps,
      byClass: rows(part.byClass),
      byTeacher: rows(part.byTeacher),
    })),
    cases: caseRows(standing),
    counted: standing.length,
    waived: caseRows(taken).map((row) => ({ ...row, reason: row.waived })),
    waivedCount: taken.length,
    conclusion: conclusion.split("\n").filter((line) => line.trim() !== ""),
    concluded,
    people: peopleOf(facts),
  };
}

/** Everybody whom the control's tables name, by name. */
export function peopleOf({ parts }: ControlFacts): string[] {
  const names = new Set(parts.flatMap(({ byTeacher }) => byTeacher.map(({ name }) => name)));
  return [...names].filter((name) => name !== "").sort((one, other) => one.localeCompare(other, "ru"));
}

function evidenceOf(decided: number, unproved: number): string {
  const all = decided + unproved;
  if (all === 0) return "Ни один срок не проверен.";
  if (unproved === 0) return `Решены все прошедшие сроки: ${all}.`;
  return `Решено ${decided} из ${all} прошедших сроков (${inPercent(decided, all)}); об остальных проходы не сказали, и они никому не засчитаны.`;
}

function titleOf(id: string): string {
  return PARTS.find((part) => part.id === id)?.title ?? id;
}

function cellsOf(counts: Counts): string[] {
  const number = (value: number) => (value === 0 ? "–" : String(value));
  return [
    String(counts.checked),
    number(counts.inTime),
    inPercent(counts.inTime, decidedOf(counts)) ?? "–",
    number(counts.late),
    latenessText(counts.lateness),
    number(counts.missing),
    number(counts.unproved),
    number(counts.waived),
    number(counts.pending),
  ];
}

/** The list of cases: pupils of one lesson with the same trouble share a row. */
export function caseRows(cases: readonly ControlCase[]): CaseRow[] {
  const groups = Map.groupBy(cases, (one) =>
    JSON.stringify([
      one.part,
      one.rule,
      one.verdict,
      one.teacher,
      one.className,
      one.subject,
      one.date,
      one.earlier,
      one.waived,
    ]),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [rowOf(first, group)];
  });
}

function rowOf(first: ControlCase, group: readonly ControlCase[]): CaseRow {
  const { titles, name } = ruleOf(first.rule).words;
  const lateness = latenessText(group.map((one) => one.lateness).reduce(widest, null));
  const pupils = group.flatMap(({ pupilNumber }) => pupilNumber ?? []).sort((one, other) => one - other);
  return {
    part: titleOf(first.part),
    teacher: personName(first.teacher),
    className: first.className,
    subject: first.subject ?? "",
    date: first.date === null ? "" : shortDay(first.date),
    what: titles[first.verdict] ?? name,
    lateness,
    pupil: pupils.length === 0 ? "" : `№\u00a0${pupils.join(", ")}`,
    clause: first.clause,
    earlier: first.earlier,
    waived: first.waived === null ? "" : `${first.waived.reason} (${first.waived.author})`,
  };
}
