import { counted } from "../notice/words.ts";
import { moment } from "../russian.ts";
import type { EpochMs } from "../time.ts";
import type { ComplianceReport } from "./report.ts";

/** A pass, as far as a letter tells of it. `PassRecord` of the store has this shape. */
export interface PassBrief {
  readonly state: "running" | "done" | "trouble" | "failed" | "interrupted";
  readonly startedAt: EpochMs;
  readonly pagesDone: number;
  readonly pagesFailed: number;
  readonly quarantined: number;
  readonly trouble: string | null;
}

/** How the passes since the last letter went; the newest first. */
export function passState(passes: readonly PassBrief[], zone: string): ComplianceReport["passes"] {
  const ended = passes.filter(({ state }) => state !== "running");
  const last = ended.find(({ state }) => state === "done" || state === "trouble");
  if (last === undefined) {
    const why = ended[0]?.trouble;
    return {
      read: false,
      good: false,
      sentences: [`С прошлого письма не удался ни один проход по журналу.${why ? ` Последняя причина: ${why}` : ""}`],
    };
  }
  const bad = ended.filter(({ state }) => state === "failed" || state === "interrupted").length;
  const quarantined = Math.max(...ended.map((pass) => pass.quarantined));
  return {
    read: true,
    good: bad === 0 && last.pagesFailed === 0 && quarantined === 0,
    sentences: [
      `Последний проход – ${moment(last.startedAt, zone)}: прочитано ${counted(last.pagesDone, "страница", "страницы", "страниц")} журнала. Всего с прошлого письма ${counted(ended.length, "проход", "прохода", "проходов")}.`,
      ...(bad > 0 ? [`Не удалось: ${counted(bad, "проход", "прохода", "проходов")}.`] : []),
      ...(last.pagesFailed > 0
        ? [`Не прочитано: ${counted(last.pagesFailed, "страница", "страницы", "страниц")}.`]
        : []),
      ...(quarantined > 0
        ? [
            `Отложено до подтверждения: ${counted(quarantined, "страница", "страницы", "страниц")}, с которых разом исчезло слишком многое.`,
          ]
        : []),
    ],
  };
}
