import type { StoredFinding } from "../finding.ts";
import { counted } from "../notice/words.ts";
import { ruleOf } from "../rules/catalogue.ts";
import { moment } from "../russian.ts";
import type { EpochMs } from "../time.ts";
import { linesOf } from "./lines.ts";
import type { PlainLetter } from "./plain-letter.ts";
import type { PupilLabels } from "./pupil-labels.ts";

export interface TeacherInput {
  readonly teacher: string;
  /** Of this teacher, open; others do not belong here. */
  readonly findings: readonly StoredFinding[];
  readonly school: { readonly name: string; readonly zone: string };
  readonly at: EpochMs;
  readonly labels: PupilLabels;
  readonly simulation: boolean;
}

const footer =
  "Письмо составила служба «Сверка» по электронному журналу и приказу № 204. Если замечание неверно, скажите заместителю директора: его можно снять.";

/** A teacher's own open findings, what to do about each kind, and nothing about others (rules.md § 5). Null when there is nothing to do. */
export function composeTeacherLetter(input: TeacherInput): PlainLetter | null {
  const { findings, school, at, labels, simulation } = input;
  const todo = openOf(findings);
  if (todo.length === 0) return null;
  const count = counted(todo.length, "запись", "записи", "записей");
  return {
    simulation,
    school: school.name,
    moment: moment(at, school.zone),
    subject: `Журнал: нужно внести или исправить ${count}`,
    title: "Что осталось внести в журнал",
    lead: [
      `По проходам, которые видели журнал, ${count} ждут вас. Срок у них уже прошёл; чем раньше внесёте, тем лучше.`,
    ],
    figures: [],
    sections: [...Map.groupBy(todo, ({ rule }) => rule)].map(([rule, own]) => ({
      title: ruleOf(rule).words.name,
      note: `Что сделать: ${ruleOf(rule).words.todo}.`,
      lines: linesOf(own, labels),
    })),
    footer,
  };
}

/** What a teacher can still do something about: open violations and warnings. */
export function openOf(findings: readonly StoredFinding[]): StoredFinding[] {
  return findings.filter(
    ({ status, severity, verdict }) => status === "open" && severity !== "hint" && verdict !== "unproved",
  );
}
