import { counted } from "../../domain/notice/words.ts";
import type { ComplianceReport, ReportGroup } from "../../domain/report/report.ts";

export interface Section {
  readonly title: string;
  readonly note: string | null;
  readonly groups: readonly ReportGroup[];
}

/** The letter's sections that have something to say, in their order. Warnings and hints are told once: a list that comes each day is read by nobody. */
export function sectionsOf(report: ComplianceReport): readonly Section[] {
  const { counts } = report;
  return [
    section(`Новые нарушения: ${counts.fresh}`, report.fresh),
    section(`Прежние, не устранены: ${counts.open}`, report.open),
    section(`Устранены с прошлого письма: ${counts.settled}`, report.settled),
    section(
      `Новые предупреждения: ${counts.warnings}`,
      report.warnings,
      "Это не нарушения: на них стоит обратить внимание.",
      olderNote(counts.oldWarnings),
    ),
    section(
      `Новые подсказки: ${counts.hints}`,
      report.hints,
      "Это не нарушения: программа заметила необычное и просит проверить, так ли это.",
      olderNote(counts.oldHints),
    ),
    section(
      `Не доказано: ${counts.unproved}`,
      report.unproved,
      "Между двумя проходами истёк срок: вовремя внесена запись или нет, неизвестно. Никому не засчитано.",
      unlookedNote(counts.unlooked),
    ),
  ].filter((one) => one !== null);
}

/** What the letter is, and how it calls pupils. */
export function footerOf({ pupilsBy }: ComplianceReport): string {
  const pupils = pupilsBy === "number" ? "номерами по списку класса" : "фамилией и инициалом, как разрешила школа";
  return `Это письмо составила служба «Сверка» по электронному журналу и приказу №\u00a0204. Ученики названы ${pupils}.`;
}

/** Null when there is nothing in it and nothing beside it. */
function section(title: string, groups: readonly ReportGroup[], note = "", besides = ""): Section | null {
  if (groups.length === 0 && besides === "") return null;
  const notes = [...(groups.length > 0 ? [note] : []), besides].filter((text) => text !== "");
  return { title, note: notes.length === 0 ? null : notes.join(" "), groups };
}

function olderNote(count: number): string {
  return count === 0 ? "" : `Прежних, о которых уже писали: ${count}.`;
}

function unlookedNote(count: number): string {
  if (count === 0) return "";
  return `${counted(count, "запись стояла", "записи стояли", "записей стояли")} в журнале уже при первом проходе: вовремя ли их внесли, узнать нельзя.`;
}
