import { printAnalysis } from "../documents/analysis/analysis-print.ts";
import { analysisWorkbook } from "../documents/analysis/analysis-workbook.ts";
import { analyseClass } from "../domain/analysis/analyse-class.ts";
import { analysisDocument } from "../domain/analysis/document.ts";
import type { ClassAnalysis } from "../domain/analysis/figures.ts";
import { dayOf } from "../domain/days.ts";
import { SverkaError } from "../domain/error.ts";
import { createMapping } from "../domain/mapping.ts";
import { compareClasses } from "../domain/notice/class-order.ts";
import { dayMonth } from "../domain/notice/words.ts";
import type { Files } from "../ports/files.ts";
import { classSnapshot, listClasses } from "../store/snapshot.ts";
import { listTerms } from "../store/terms.ts";
import type { ControlNeeds } from "./monthly-control.ts";

export type AnalysisNeeds = ControlNeeds;

export interface AnalysisOrder {
  /** The term's name, or the journal's id. */
  readonly term: string;
  /** Null: every class. */
  readonly classExternalId: string | null;
}

export interface TermAnalysis {
  readonly classes: readonly ClassAnalysis[];
  /** Classes that are not marked by this term, by name. */
  readonly without: readonly string[];
}

/**
 * The end of a term («Порядок», п. 3.2.1), class by class in the school's order, from what is known now. Throws `term-unknown` and `term-not-begun` (input), and
 * `nothing-read` (input) before the first pass.
 */
export async function analyseSchool(
  needs: AnalysisNeeds,
  { term, classExternalId }: AnalysisOrder,
): Promise<TermAnalysis> {
  const { store, policy, calendar, mapping: settings, school, now } = needs;
  const mapping = createMapping(settings, school.maxMark);
  const place = { ...school, zone: calendar.zone };
  const all = await listClasses(store, school.id);
  if (all.length === 0)
    throw new SverkaError(
      "input",
      "nothing-read",
      "Журнал ещё не читали, анализировать нечего: сначала «sverka sync».",
    );
  const asked = all.filter(({ externalId }) => classExternalId === null || externalId === classExternalId);
  const classes: ClassAnalysis[] = [];
  const without: string[] = [];
  for (const { externalId, name } of asked.toSorted((one, other) => compareClasses(one.name, other.name))) {
    const snapshot = await classSnapshot(store, place, externalId, now);
    const analysis = analyseClass({ snapshot, policy, calendar, mapping, asOf: now }, term, school);
    if (analysis === null) without.push(name);
    else classes.push(analysis);
  }
  const [first] = classes;
  if (first === undefined) throw await unknownTerm(needs, term);
  const begins = classes.map(({ now: { term: own } }) => own.from).sort()[0] ?? "";
  if (begins > dayOf(now, calendar.zone)) {
    const sentence = `Период «${first.now.term.name}» начнётся ${dayMonth(begins)}: анализировать ещё нечего.`;
    throw new SverkaError("input", "term-not-begun", sentence);
  }
  return { classes, without };
}

async function unknownTerm({ store, school, calendar, now }: AnalysisNeeds, asked: string): Promise<SverkaError> {
  const known = (await listTerms(store, school.id)).flatMap(({ name, from, to }) => (from && to ? [name] : []));
  const today = dayOf(now, calendar.zone);
  const told = calendar.years
    .filter(({ from, to }) => from <= today && today <= to)
    .flatMap(({ groups }) => groups.flatMap(({ terms }) => terms.map(({ name }) => name)));
  const names = [...new Set([...known, ...told])].map((name) => `«${name}»`).join(", ");
  const hint = names === "" ? "заведите периоды в журнале или в config/calendar" : `есть: ${names}`;
  return new SverkaError(
    "input",
    "term-unknown",
    `Учебного периода «${asked}» с известными днями у этих классов нет; ${hint}.`,
  );
}

/** Writes the PDF and the workbook of a class into the folder; answers with their paths. */
export async function fileAnalysis(
  { calendar, simulation, policy, now }: AnalysisNeeds,
  files: Files,
  folder: string,
  analysis: ClassAnalysis,
): Promise<readonly string[]> {
  const { leastMarks } = policy.termAnalysis;
  const document = analysisDocument(analysis, { zone: calendar.zone, simulation, leastMarks });
  const [pdf, xlsx] = await Promise.all([printAnalysis(document, now), analysisWorkbook(analysis, document)]);
  const words = `${simulation ? "УЧЕБНЫЙ " : ""}Анализ ${analysis.now.term.name} ${analysis.className}`;
  const name = words.replace(/[\\/:*?"<>|\p{Cc}]+/gu, "-").replace(/\.+$/, "");
  return [await files.write(folder, `${name}.pdf`, pdf), await files.write(folder, `${name}.xlsx`, xlsx)];
}
