import { counted } from "../notice/words.ts";
import type { ControlFacts, ControlPart } from "./facts.ts";
import { inPercent, personName } from "./figures.ts";
import { monthName } from "./month.ts";
import { PARTS } from "./parts.ts";

const MOST_NAMED = 5;

/** The draft of the conclusion from the figures alone, a paragraph a line: the deputy director edits it before it is signed. */
export function draftConclusion(facts: ControlFacts): string {
  const lines = [
    `Проверено ведение электронных журналов за ${monthName(facts.month)}`,
    ...facts.parts.map(sentenceOf),
    namesOf(facts),
    doubtOf(facts),
  ];
  return lines.filter((line) => line !== "").join("\n");
}

function sentenceOf({ id, total, gaps }: ControlPart): string {
  const title = PARTS.find((part) => part.id === id)?.title ?? id;
  const { checked, inTime, late, missing, waived } = total;
  if (checked === 0) return `${title}: ${gaps.length > 0 ? "нет данных" : "проверять было нечего"}.`;
  const rest = [
    late > 0 ? `позже срока ${late}` : "",
    missing > 0 ? `не выполнено ${missing}` : "",
    waived > 0 ? `снято ${waived}` : "",
  ].filter((part) => part !== "");
  const share = inPercent(inTime, inTime + late + missing);
  // «Нарушений нет» is said only where something has been decided.
  const decided =
    share === null
      ? ["ни один срок не доказан"]
      : [`вовремя ${inTime} (${share} решённых)`, ...(rest.length === 0 ? ["нарушений нет"] : [])];
  return `${title}: проверено ${checked}; ${[...decided, ...rest].join(", ")}.`;
}

function namesOf({ cases }: ControlFacts): string {
  const counted = Map.groupBy(
    cases.filter(({ waived, teacher }) => waived === null && teacher !== ""),
    ({ teacher }) => teacher,
  );
  const most = [...counted]
    .map(([teacher, own]) => ({ teacher, count: own.length }))
    .sort((one, other) => other.count - one.count || one.teacher.localeCompare(other.teacher, "ru"))
    .slice(0, MOST_NAMED);
  if (most.length === 0) return "Замечаний к учителям нет.";
  return `Больше всего замечаний: ${most.map(({ teacher, count }) => `${personName(teacher)} – ${count}`).join(", ")}. Провести с ними беседу, недостающие записи внести.`;
}

function doubtOf({ parts }: ControlFacts): string {
  const unproved = parts.reduce((sum, { total }) => sum + total.unproved, 0);
  return unproved === 0
    ? ""
    : `О ${counted(unproved, "сроке", "сроках", "сроках")} проходы не сказали, соблюдён он или нет: они никому не засчитаны.`;
}
