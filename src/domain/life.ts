import type { Finding, FindingChanges, FindingEvent, FindingEventKind, StoredFinding } from "./finding.ts";
import { ruleOf } from "./rules/catalogue.ts";
import { sameData } from "./same-data.ts";
import type { EpochMs } from "./time.ts";
import type { Waiver } from "./waiver.ts";

export interface ReconcileInput {
  readonly stored: readonly StoredFinding[];
  /** What the rules find now. */
  readonly found: readonly Finding[];
  readonly at: EpochMs;
  /** Which stored findings this check could have found again; all by default. Others are left alone. */
  readonly scope?: (finding: StoredFinding) => boolean;
  /** The waiver that takes a finding away now, if any. */
  readonly waiverOf?: (finding: Finding) => Waiver | null;
  /** Whether what was asked for is there now, where the rules find a finding no longer: it is settled then, not withdrawn. */
  readonly mended?: (finding: StoredFinding) => boolean;
  /** Why the rules find this no longer, in a Russian sentence. */
  readonly withdrawalCause?: (finding: StoredFinding) => string;
}

const SERVICE = "sverka";
const nobodyWaives = () => null;
const nothingMended = () => false;
const somethingChanged = () =>
  "Правило больше не находит этого: изменились записи журнала, расписание, календарь или настройки.";

/**
 * The life of findings (rules.md § 4): what a check changes in the store. New ones open, appeared facts settle them, waivers take them away for as long as
 * they hold, what the rules no longer find is settled when it was mended and else withdrawn, nothing is deleted, and one that is found again keeps its first day. A repeated check changes nothing.
 */
export function reconcile(input: ReconcileInput): FindingChanges {
  const { stored, found, at, scope = () => true, waiverOf = nobodyWaives } = input;
  const { mended = nothingMended, withdrawalCause = somethingChanged } = input;
  const before = new Map(stored.map((finding) => [finding.id, finding]));
  const now = new Map<string, Finding>();
  for (const finding of found) if (!now.has(finding.id)) now.set(finding.id, finding);

  const steps: Step[] = [];
  for (const finding of now.values()) steps.push(...stepsOf(finding, before.get(finding.id), waiverOf(finding), at));
  for (const finding of stored) {
    if (now.has(finding.id) || finding.status === "withdrawn" || !scope(finding)) continue;
    if (mended(finding)) {
      steps.push(...stepsOf({ ...finding, settled: true }, finding, waiverOf(finding), at));
      continue;
    }
    const gone: StoredFinding = { ...finding, status: "withdrawn", withdrawnAt: at, waivedAt: null, waiverId: null };
    steps.push({ finding: gone, kind: "withdrawn", author: SERVICE, cause: withdrawalCause(finding) });
  }
  return changesOfSteps(steps, at);
}

/** What a waiver that was just made or revoked changes in the stored findings, without asking the rules anew. */
export function applyWaivers(
  stored: readonly StoredFinding[],
  waiverOf: (finding: Finding) => Waiver | null,
  at: EpochMs,
): FindingChanges {
  const standing = stored.filter(({ status }) => status !== "withdrawn");
  return changesOfSteps(
    standing.flatMap((finding) => stepsOf(finding, finding, waiverOf(finding), at)),
    at,
  );
}

interface Step {
  readonly finding: StoredFinding;
  /** Null: kept, but no news to anybody. */
  readonly kind: FindingEventKind | null;
  readonly author: string;
  readonly cause: string;
}

function changesOfSteps(steps: readonly Step[], at: EpochMs): FindingChanges {
  // A finding that is found and waived at once has two events and one state, its last.
  const ordered = steps.toSorted((one, other) =>
    one.finding.id === other.finding.id ? 0 : one.finding.id < other.finding.id ? -1 : 1,
  );
  return {
    upserts: [...new Map(ordered.map(({ finding }) => [finding.id, finding])).values()],
    events: ordered.flatMap(({ finding, kind, author, cause }): FindingEvent[] =>
      kind === null ? [] : [{ findingId: finding.id, at, kind, author, cause }],
    ),
  };
}

function stepsOf(
  found: Finding,
  before: StoredFinding | undefined,
  waiver: Waiver | null,
  at: EpochMs,
): readonly Step[] {
  const finding: StoredFinding = {
    ...found,
    status: waiver !== null ? "waived" : found.settled ? "settled" : "open",
    openedAt: before?.openedAt ?? at,
    settledAt: found.settled ? (before?.settledAt ?? at) : null,
    withdrawnAt: null,
    waivedAt: waiver === null ? null : before?.waiverId === waiver.id ? before.waivedAt : at,
    waiverId: waiver?.id ?? null,
  };
  const step = (kind: FindingEventKind | null, cause: string, author = SERVICE): Step => ({
    finding,
    kind,
    author,
    cause,
  });
  const steps: Step[] = [];
  if (before === undefined) steps.push(step("opened", found.settled ? "Найдено; делать больше нечего." : "Найдено."));
  else if (before.status === "withdrawn") steps.push(step("reopened", "Правило снова это находит."));
  if (waiver !== null) {
    if (before?.waiverId !== waiver.id)
      steps.push(step("waived", `Снятие № ${waiver.id}: ${waiver.reason}`, waiver.author));
  } else if (before?.status === "waived") {
    steps.push(step("reopened", `Снятие № ${before.waiverId} больше не действует.`));
  }
  if (before === undefined || before.status === "withdrawn") return steps;

  const settles = found.settled !== (before.settledAt !== null);
  if (settles)
    steps.push(found.settled ? step("settled", settledCause(found)) : step("reopened", "Снова не выполнено."));
  const changed = changesOf(before, found);
  if (settles) return steps;
  if (changed.length > 0) steps.push(step("changed", `Изменились: ${changed.join(", ")}.`));
  else if (!sameData(before.details, found.details)) steps.push(step(null, ""));
  return steps;
}

function settledCause(found: Finding): string {
  const { over } = ruleOf(found.rule).words;
  if (over !== undefined || found.verdict === "violation") return over ?? "Больше ничего делать не нужно.";
  return found.verdict === "unproved" ? "Запись появилась; опоздание не доказано." : "Запись появилась с опозданием.";
}

/**
 * What is different, in words. Each later look at a page that still lacks the fact moves `absentAt` of an open finding on; that is no news,
 * so the look that proved it first stays.
 */
function changesOf(before: StoredFinding, found: Finding): readonly string[] {
  const evidence = before.seenAt !== found.seenAt || (found.seenAt !== null && before.absentAt !== found.absentAt);
  const parts: readonly (readonly [string, boolean])[] = [
    ["вывод", before.verdict !== found.verdict || before.severity !== found.severity],
    ["срок", before.dueAt !== found.dueAt],
    ["свидетельства", evidence],
    ["ответственный", !sameData(before.accountable, found.accountable)],
    ["урок", !sameLesson(before, found)],
    ["подробности", before.clause !== found.clause || !sameData(newsOf(before), newsOf(found))],
  ];
  return parts.flatMap(([name, differs]) => (differs ? [name] : []));
}

/** How often something was seen grows with each pass: that alone is no event. */
function newsOf({ details: { times: _, ...news } }: Finding): Finding["details"] {
  return news;
}

function sameLesson(before: Finding, found: Finding): boolean {
  return (
    before.className === found.className &&
    before.subjectExternalId === found.subjectExternalId &&
    before.subject === found.subject &&
    before.lessonDate === found.lessonDate
  );
}
