import { latenessOf } from "../evidence.ts";
import type { Finding } from "../finding.ts";
import { ruleOf } from "../rules/catalogue.ts";
import type { RuleWords } from "../rules/rule.ts";
import { deadline, duration, moment } from "../russian.ts";
import type { EpochMs } from "../time.ts";

/** The finding in a few words. */
export function titleOf(finding: Finding): string {
  const words = wordsOf(finding);
  return words.title?.(finding) ?? words.titles[finding.verdict] ?? words.name;
}

/** A warning about one pupil's missing mark speaks of that mark, not of the work's marks. */
function wordsOf({ rule, pupilExternalId }: Finding): RuleWords {
  return ruleOf(rule === "mark-written-missing" && pupilExternalId !== null ? "mark-written" : rule).words;
}

const countsAs: Readonly<Record<Finding["severity"], string>> = {
  violation: "Считается нарушением",
  warning: "Это предупреждение, а не нарушение",
  hint: "Это подсказка, а не нарушение",
};

/** Why it counts or does not, and what is left to be done. */
export function conclusionOf(finding: Finding, zone: string): readonly string[] {
  const { verdict, severity, dueAt, settled } = finding;
  const own = wordsOf(finding);
  const told = own.conclusion?.(finding, zone) ?? null;
  if (told !== null) return told;
  const counts = countsAs[severity];
  if (verdict === "violation") {
    const why = severity === "violation" ? `, пока ${own.standing ?? "это так"}` : "";
    return settled
      ? [`${counts}. ${own.over ?? "Теперь всё в порядке."} Делать ничего не нужно; замечание остаётся в истории.`]
      : [`${counts}${why}. Что сделать: ${own.todo}.`];
  }
  if (settled && own.over !== undefined)
    return [`${counts}. ${own.over} Делать ничего не нужно; замечание остаётся в истории.`];
  if (verdict === "unproved" || dueAt === null)
    return ["Не считается: ни нарушением, ни выполнением.", doubtOf(finding, zone)];
  if (own.known !== undefined) {
    return verdict === "missing"
      ? [`${counts}: срок прошёл, а ${own.ofExpected} нет.`, `Что сделать: ${own.todo}.`]
      : [`${counts}: к сроку ${own.ofExpected} не было.`, latenessText(finding, dueAt)];
  }
  if (verdict === "missing") {
    const look = finding.absentAt === null ? "" : ` ${moment(finding.absentAt, zone)}`;
    return [
      `${counts}: страница прочитана${look}, уже после срока, а ${own.ofExpected} на ней нет.`,
      `Что сделать: ${own.todo}.`,
    ];
  }
  return [
    `${counts}: когда страница была прочитана после срока, ${own.ofExpected} на ней ещё не было.`,
    latenessText(finding, dueAt),
  ];
}

function latenessText({ absentAt, seenAt }: Finding, dueAt: EpochMs): string {
  if (absentAt === null || seenAt === null) return "";
  const { atLeast, atMost } = latenessOf({ absentAt, seenAt }, dueAt);
  if (atLeast === atMost) return `Опоздание – на ${duration(atMost, "ceil")}.`;
  const most = `не больше чем на ${duration(atMost, "ceil")}`;
  return atLeast < 60_000
    ? `Опоздание – ${most}.`
    : `Опоздание – не меньше чем на ${duration(atLeast, "floor")} и ${most}.`;
}

function doubtOf({ absentAt, seenAt, dueAt }: Finding, zone: string): string {
  const due = dueAt === null ? "" : deadline(dueAt, zone);
  const seen = seenAt === null ? "" : moment(seenAt, zone);
  if (seenAt === null)
    return "В клетках этой работы стоит то, чего программа не знает; это могут быть отметки, поэтому никому не ставится в вину.";
  if (absentAt === null) {
    return `До ${seen} эту страницу ни разу не удалось прочитать без этой записи, поэтому неизвестно, появилась она до срока (${due}) или после.`;
  }
  return `Запись появилась между ${moment(absentAt, zone)} и ${seen}, а срок (${due}) лежит внутри этого промежутка: ни один удачный проход не показал, что было в журнале к сроку. Опоздание не доказано, поэтому никому не ставится в вину.`;
}
