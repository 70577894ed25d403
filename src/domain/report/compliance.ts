import { dayOf } from "../days.ts";
import type { StoredFinding, Tally } from "../finding.ts";
import { counted, dayMonth, line } from "../notice/words.ts";
import { ruleOf } from "../rules/catalogue.ts";
import { moment } from "../russian.ts";
import type { EpochMs } from "../time.ts";
import { isUnlooked } from "../unlooked.ts";
import { countRows } from "./count-rows.ts";
import { evidenceShare } from "./evidence-share.ts";
import { groupByTeacher, nameOf, responsibleFor } from "./lines.ts";
import { type PassBrief, passState } from "./pass-state.ts";
import { type NamedPupil, type PupilNaming, pupilLabels } from "./pupil-labels.ts";
import type { ComplianceReport, ReportCounts } from "./report.ts";

export interface ComplianceInput {
  readonly school: { readonly name: string; readonly zone: string };
  readonly at: EpochMs;
  /** The last letter's instant; null before the first: then everything is new. */
  readonly since: EpochMs | null;
  /** At least all that are open, and all that were opened, settled or withdrawn after `since`. */
  readonly findings: readonly StoredFinding[];
  readonly tallies: readonly Tally[];
  readonly pupils: readonly NamedPupil[];
  readonly pupilsBy: PupilNaming;
  /** Since the last letter, the newest first. */
  readonly passes: readonly PassBrief[];
  readonly simulation: boolean;
  /** Teachers with something to do whom no letter reaches. */
  readonly unreached?: readonly string[];
}

/**
 * What the deputy director is told (rules.md § 5): new, still open and settled violations since the last letter, warnings and unproved cases apart – those
 * count for nothing –, the share of decided deadlines, and how the passes went. Pure; times are said by the school's clock.
 */
export function composeCompliance(input: ComplianceInput): ComplianceReport {
  const { school, at, since, simulation, pupilsBy } = input;
  const isNew = (instant: EpochMs | null) => instant !== null && (since === null || instant > since);
  const standing = input.findings.filter(({ status }) => status !== "withdrawn" && status !== "waived");
  const violations = standing.filter(({ severity, verdict }) => severity === "violation" && verdict !== "unproved");

  const fresh = violations.filter(({ openedAt }) => isNew(openedAt));
  const open = violations.filter(({ openedAt, status }) => !isNew(openedAt) && status === "open");
  const settled = violations.filter(
    ({ openedAt, settledAt, status }) => !isNew(openedAt) && status === "settled" && isNew(settledAt),
  );
  const openOf = (wanted: StoredFinding["severity"]) =>
    standing.filter(
      ({ severity, verdict, status }) => severity === wanted && verdict !== "unproved" && status === "open",
    );
  const [warnings, oldWarnings] = split(openOf("warning"), isNew);
  const [hints, oldHints] = split(openOf("hint"), isNew);
  const undecided = standing.filter(({ verdict, openedAt }) => verdict === "unproved" && isNew(openedAt));
  const unproved = undecided.filter((finding) => !isUnlooked(finding));
  const withdrawn = input.findings.filter(
    ({ status, openedAt, withdrawnAt }) => status === "withdrawn" && !isNew(openedAt) && isNew(withdrawnAt),
  ).length;

  const waived = input.findings.filter(({ status, waivedAt }) => status === "waived" && isNew(waivedAt)).length;

  const counts = {
    fresh: fresh.length,
    open: open.length,
    settled: settled.length,
    warnings: warnings.length,
    oldWarnings: oldWarnings.length,
    hints: hints.length,
    oldHints: oldHints.length,
    unproved: unproved.length,
    unlooked: undecided.length - unproved.length,
  };
  const passes = passState(input.passes, school.zone);
  const labels = pupilLabels(input.pupils, pupilsBy);
  const group = (findings: readonly StoredFinding[]) => groupByTeacher(findings, labels);
  return {
    simulation,
    school: line(school.name, 160),
    moment: moment(at, school.zone),
    since: since === null ? null : moment(since, school.zone),
    title:
      `${simulation ? "[УЧЕБНЫЕ ДАННЫЕ] " : ""}Сверка, ${dayMonth(dayOf(at, school.zone))}: ${essence(counts, passes.read)}`.replaceAll(
        "\u00a0",
        " ",
      ),
    lead: passes.read
      ? leadOf(counts)
      : `Журнал с прошлого письма не прочитан: ниже – то, что известно по прежним проходам. ${leadOf(counts)}`,
    counts,
    fresh: group(fresh),
    open: group(open),
    settled: group(settled),
    warnings: group(warnings),
    hints: group(hints),
    unproved: group(unproved),
    teachers: countRows({ fresh, open, settled }, (finding) => nameOf(responsibleFor(finding))),
    classes: countRows({ fresh, open, settled }, ({ className }) => line(className, 20) || "вся школа"),
    rules: countRows(
      { fresh, open, settled },
      ({ rule, clause }) => `${ruleOf(rule).words.name} (${clause.replace(/(?<=п\.) /, "\u00a0")})`,
    ),
    withdrawnNote:
      withdrawn === 0
        ? null
        : `Отозвано после исправления расписания, календаря или настроек: ${counted(withdrawn, "замечание", "замечания", "замечаний")}.`,
    waivedNote:
      waived === 0 ? null : `Снято с прошлого письма: ${counted(waived, "замечание", "замечания", "замечаний")}.`,
    sheetsNote: sheetsNote(input.unreached ?? []),
    evidence: evidenceShare(input.tallies),
    passes,
    pupilsBy,
  };
}

function sheetsNote(unreached: readonly string[]): string | null {
  if (unreached.length === 0) return null;
  return `Письмом не получат, их листы приложены для печати: ${unreached.map(nameOf).join(", ")}. Адреса – в config/people.yaml.`;
}

/** What is new to this letter, and what an earlier one told of. */
function split(
  findings: readonly StoredFinding[],
  isNew: (at: EpochMs) => boolean,
): [StoredFinding[], StoredFinding[]] {
  return [findings.filter(({ openedAt }) => isNew(openedAt)), findings.filter(({ openedAt }) => !isNew(openedAt))];
}

function essence({ fresh, open, settled }: ReportCounts, read: boolean): string {
  const parts = [
    ...(fresh > 0 ? [`${counted(fresh, "новое нарушение", "новых нарушения", "новых нарушений")}`] : []),
    ...(open > 0 ? [`${open} не устранено`] : []),
    ...(settled > 0 ? [`${settled} устранено`] : []),
    ...(read ? [] : ["журнал не прочитан"]),
  ];
  return parts.length === 0 ? "нарушений нет" : parts.join(", ");
}

function leadOf(counts: ReportCounts): string {
  if (counts.fresh + counts.open === 0) {
    return counts.settled === 0
      ? "Новых и неустранённых нарушений нет."
      : `Новых и неустранённых нарушений нет; ${counted(counts.settled, "прежнее устранено", "прежних устранены", "прежних устранено")}.`;
  }
  return counts.fresh === 0
    ? `Новых нарушений нет, ${counted(counts.open, "прежнее не устранено", "прежних не устранены", "прежних не устранено")}.`
    : `Найдено ${counted(counts.fresh, "новое нарушение", "новых нарушения", "новых нарушений")}${counts.open === 0 ? "" : `; из прежних не устранено ${counts.open}`}.`;
}
