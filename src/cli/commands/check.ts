import type { Command } from "commander";
import { type CheckResult, checkSchool } from "../../control/check-school.ts";
import { unknownValues } from "../../control/unknown-values.ts";
import type { Gap, RuleId, StoredFinding, Tally } from "../../domain/finding.ts";
import { shortDay } from "../../domain/notice/words.ts";
import { RULES, ruleOf, SCHOOL_RULES } from "../../domain/rules/catalogue.ts";
import { moment } from "../../domain/russian.ts";
import { evidenceIn, sumTallies } from "../../domain/tallies.ts";
import { type EpochMs, isoWithOffset } from "../../domain/time.ts";
import type { House } from "../../main.ts";
import { latestPasses } from "../../store/passes.ts";
import { parseMoment } from "../arguments.ts";
import { latestKnown, presentOf } from "../latest-known.ts";
import { raiser } from "../needs.ts";
import { rulingPolicy } from "../policy.ts";
import { checkNeeds, schoolNow } from "../school.ts";
import { printJson, type Tools } from "../tools.ts";

const MOST_SHOWN = 20;
const SECOND = 1000;

export function addCheck(program: Command, tools: Tools): void {
  program
    .command("check")
    .description("проверить журнал по правилам приказа № 204 и запомнить замечания")
    .option("--as-of <момент>", "как было известно на момент, например 2026-10-05T12:00:00+03:00", parseMoment)
    .option("--json", "замечания одним документом JSON")
    .addHelpText(
      "after",
      "\nМомент раньше последней проверки или в будущем только показывается: замечания в хранилище не меняются.",
    )
    .action(async (options: { asOf?: EpochMs; json?: boolean }) => {
      await tools.withHouse(async (house) => {
        const known = await latestKnown(house);
        const asOf = options.asOf ?? (await presentOf(house));
        // Nothing is known of a real school's future, and a slip in the year must not stand in the way of every later check.
        const onlyShow = !house.simulation && options.asOf !== undefined && options.asOf > known + SECOND;
        const school = await schoolNow(house);
        const result = await checkSchool(await checkNeeds(house), school, asOf, { onlyShow });
        if (result.saved) await raiser(house)(await unknownValues(house.store, school, house.settings.mapping));
        if ((await latestPasses(house.store, house.school.id, 1)).length === 0)
          tools.stderr.write("Журнал ещё не читали, проверять нечего: сначала выполните «sverka sync».\n");
        if ((await rulingPolicy(house)).pending) {
          tools.stderr.write(
            "Порядок в order-204.yaml изменён, но не принят: проверка шла по прежнему. Что изменится: «sverka policy diff», принять: «sverka policy accept».\n",
          );
        }
        if (options.json) printJson(tools.stdout, jsonOf(house, result));
        else tools.stdout.write(textOf(house, result));
      });
    });
}

function jsonOf({ school: { zone }, simulation }: House, { asOf, findings, tallies, gaps, saved }: CheckResult) {
  return {
    asOf: isoWithOffset(asOf, zone),
    simulation,
    saved,
    findings: findings.map((finding) => findingJson(finding, zone)),
    tallies,
    gaps,
  };
}

/** A finding for programs: ids as text, instants with the school's offset. */
export function findingJson(finding: StoredFinding, zone: string) {
  const instant = (at: EpochMs | null) => (at === null ? null : isoWithOffset(at, zone));
  return {
    id: finding.id,
    rule: finding.rule,
    clause: finding.clause,
    status: finding.status,
    verdict: finding.verdict,
    severity: finding.severity,
    dueAt: instant(finding.dueAt),
    absentAt: instant(finding.absentAt),
    seenAt: instant(finding.seenAt),
    class: finding.className,
    subject: finding.subject,
    lessonDate: finding.lessonDate,
    lessonExternalId: finding.lessonExternalId,
    pupilExternalId: finding.pupilExternalId,
    about: finding.about,
    accountable: finding.accountable?.name ?? null,
    accountableExternalId: finding.accountable?.externalId ?? null,
    openedAt: instant(finding.openedAt),
    settledAt: instant(finding.settledAt),
    withdrawnAt: instant(finding.withdrawnAt),
    details: finding.details,
  };
}

function textOf(
  { school: { zone }, simulation }: House,
  { asOf, findings, tallies, gaps, saved }: CheckResult,
): string {
  const standing = findings.filter((finding) => finding.status !== "withdrawn");
  const open = standing.filter(({ status, verdict }) => status === "open" && verdict !== "unproved");
  const byRule = Map.groupBy(open, (finding) => finding.rule);
  const lines = [
    `${simulation ? "УЧЕБНЫЕ ДАННЫЕ. " : ""}Проверка на ${moment(asOf, zone)}${saved ? "" : " (на другой момент: замечания не изменены)"}.`,
    ...[...RULES, ...SCHOOL_RULES].flatMap(({ id }) => ruleLine(id, byRule.get(id) ?? [], tallies)),
    ...gapLines(gaps),
    `Замечаний всего ${standing.length}, открытых ${open.length}. Почему замечание есть или не считается: «sverka explain <номер>».`,
    ...open.slice(0, MOST_SHOWN).map(findingLine),
  ];
  if (open.length > MOST_SHOWN) lines.push(`  … и ещё ${open.length - MOST_SHOWN}: «sverka check --json» покажет все.`);
  return `${lines.join("\n")}\n`;
}

/** How a rule's deadlines came out, warnings and hints apart; nothing for a rule that judged nothing. */
function ruleLine(rule: RuleId, found: readonly StoredFinding[], tallies: readonly Tally[]): readonly string[] {
  const own = tallies.filter((tally) => tally.rule === rule);
  if (found.length === 0 && own.length === 0) return [];
  const sum = sumTallies(own);
  const ofKind = (wanted: StoredFinding["severity"], word: string) => {
    const count = found.filter(({ severity }) => severity === wanted).length;
    return count > 0 ? [`${word} ${count}`] : [];
  };
  const judged =
    own.length === 0
      ? []
      : [
          `вовремя ${sum.inTime}, позже срока ${sum.late}, нет ${sum.missing}, нарушений ${sum.violation}, не доказано ${evidenceIn(sum).undecided}, ждут ${sum.pending}`,
        ];
  const parts = [...judged, ...ofKind("warning", "предупреждений"), ...ofKind("hint", "подсказок")];
  return [`${nameOf(rule)} (${rule}): ${parts.join("; ")}`];
}

const nameOf = (rule: RuleId) => ruleOf(rule).words.name;

/** What could not be judged, each sentence once. */
function gapLines(gaps: readonly Gap[]): readonly string[] {
  return [...Map.groupBy(gaps, ({ rule, sentence }) => `${nameOf(rule)} (${rule}): ${sentence}`)].map(([line, same]) =>
    same.length > 1 ? `${line} (классов: ${same.length})` : line,
  );
}

function findingLine({ id, rule, className, lessonDate, subject }: StoredFinding): string {
  const day = lessonDate === null ? "" : shortDay(lessonDate);
  return `  ${[id, nameOf(rule), className, day, subject].filter(Boolean).join("  ")}`;
}
