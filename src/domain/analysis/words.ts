import { counted, dayMonth, longSpan, neededMarks } from "../notice/words.ts";
import { moment, sentence } from "../russian.ts";
import type { Between } from "./between.ts";
import type { Basis, ClassAnalysis, PupilFigures, PupilSubject, TermFigures } from "./figures.ts";
import { isUnassessed, type Result } from "./result.ts";

/** On what a term's results rest, in a word. */
export const BASIS: Readonly<Record<Basis, string>> = {
  finals: "итоговые отметки",
  forecast: "прогноз",
  attendance: "посещаемость",
};

/** What has to be said before the figures: of which days they are, on what they rest, with what they are compared. */
export function leadOf({ now, before }: ClassAnalysis, zone: string): string[] {
  const { term, knownAt, ended } = now;
  const span = `«Порядок», п. 3.2.1. ${term.name}: ${sentence(longSpan(term.from, term.to))}`;
  const known = knownAt === null ? "" : ` По журналу, как он прочитан ${sentence(moment(knownAt, zone))}`;
  const open = ended ? "" : ` Период ещё не кончился (последний день – ${dayMonth(term.to)}), цифры изменятся.`;
  return [`${span}${known}${open}`, basisOf(now), comparisonOf(now, before)];
}

function basisOf({ basis }: TermFigures): string {
  if (basis === "attendance") return "Качество и успеваемость здесь не считаются: только посещаемость.";
  if (basis === "finals") return "Посчитано по итоговым отметкам. Прогнозов среди них нет.";
  return "Итоговых отметок за период ещё нет. Посчитано по ПРОГНОЗУ: какой вышла бы отметка по тем, что стоят за уроки. Это не итоговые отметки, и с ними он не смешан.";
}

function comparisonOf(now: TermFigures, before: TermFigures | null): string {
  if (before === null) return "Сравнить не с чем: такого же периода раньше в этом учебном году не было.";
  if (before.basis === now.basis || now.basis === "attendance") return `Для сравнения – ${before.term.name}.`;
  return `Для сравнения – ${before.term.name}, но там ${BASIS[before.basis]}, а здесь ${BASIS[now.basis]}: разность успехов не считается.`;
}

/** How a pupil ends the term, and the one mark that is in the way. */
export function standingText({ standing, subjects }: PupilFigures, basis: Basis): string {
  if (standing === null) return "–";
  const lone = standing.lone === null ? null : (subjects[standing.lone]?.subject ?? null);
  const only = (mark: number) => (lone === null ? "" : `, одна «${mark}»: ${lone.toLowerCase()}`);
  switch (standing.standing) {
    case "excellent":
      return "только «5»";
    case "good":
      return `«4» и «5»${only(4)}`;
    case "passing":
      return `успевает${only(3)}`;
    case "failing":
      return standing.unassessed ? `есть «2», ${unassessedText(subjects, basis)}` : "есть «2»";
    default:
      return unassessedText(subjects, basis);
  }
}

/** With the subject where it is one, else with their number. */
function unassessedText(subjects: readonly PupilSubject[], basis: Basis): string {
  const them = subjects.filter(({ result }) => result !== null && isUnassessed(result));
  const [only, another] = them;
  const where =
    only !== undefined && another === undefined
      ? only.subject.toLowerCase()
      : counted(them.length, "предмет", "предмета", "предметов");
  return `${basis === "finals" ? "не аттестован(а)" : "отметок мало"}: ${where}`;
}

/** A cell of the list of results. */
export function resultText(result: Result | null, basis: Basis): string {
  if (result === null) return "";
  if (result.kind === "missing") return "нет";
  return basis === "forecast" && result.kind === "unassessed" ? "мало" : result.text;
}

/** «4 и 5, до 5 нужна одна пятёрка» */
export function betweenText({ lower, upper, needed }: Between, basis: Basis): string {
  const both = `${lower} и ${upper}`;
  return needed === null || basis !== "forecast" ? both : `${both}; для ${upper} ${neededMarks(upper, needed)}`;
}

/** Why a pupil is not assessed. */
export function unassessedReason({ result, marks, missed, lessons }: PupilSubject): string {
  const what = result?.kind === "missing" ? "итоговой отметки нет" : `«${result?.text}»`;
  return `${what}; отметок за период ${marks}, пропущено ${missed} из ${lessons}`;
}
