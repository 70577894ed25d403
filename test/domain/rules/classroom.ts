import { explain } from "../../../src/domain/explain.ts";
import type {
  ClassSnapshot,
  EntryFact,
  LessonContent,
  LessonFact,
  PupilFact,
  Version,
} from "../../../src/domain/facts.ts";
import type { Finding, RuleId, StoredFinding, Tally } from "../../../src/domain/finding.ts";
import { createMapping, defaultMapping } from "../../../src/domain/mapping.ts";
import { checkClass, createMender } from "../../../src/domain/rules/index.ts";
import type { CheckInput } from "../../../src/domain/rules/rule.ts";
import { NO_LISTS } from "../../../src/domain/school-lists.ts";
import { defaultSettings } from "../../../src/domain/settings.ts";
import type { EpochMs } from "../../../src/domain/time.ts";

/** The instant of a Moscow clock: `at("2026-10-05 23:50")`. */
export function at(moscow: string): EpochMs {
  return Temporal.Instant.from(`${moscow.replace(" ", "T")}+03:00`).epochMilliseconds;
}

/** Not there at the first instant (null: never looked before), there at the second, as what. */
export type Seen<Content> = readonly [absentAt: string | null, seenAt: string, content: Content];

function versionOf<Content>([absentAt, seenAt, content]: Seen<Content>): Version<Content> {
  return { absentAt: absentAt === null ? null : at(absentAt), seenAt: at(seenAt), content };
}

function versionsOf<Content>(seen: readonly [Seen<Content>, ...Seen<Content>[]]): LessonVersions<Content> {
  const [first, ...rest] = seen;
  return [versionOf(first), ...rest.map((one) => versionOf(one))];
}

type LessonVersions<Content> = readonly [Version<Content>, ...Version<Content>[]];

const longAgo = "2026-09-01 08:00";
export const teacher = { externalId: "t1", name: "Учитель Первый" };
export const everybody = ["p1", "p2", "p3"];

interface LessonOptions {
  readonly id?: string;
  readonly date?: string;
  readonly workType?: string | null;
  /** When the topic was first seen; null: never. */
  readonly topic?: Seen<string> | null;
  readonly vanishedAt?: string;
  readonly pupils?: readonly string[];
  readonly nobody?: boolean;
}

/** A lesson whose row has been there since the first of September. */
export function lesson(options: LessonOptions = {}): LessonFact {
  const { id = "l1", date = "2026-10-05", workType = null, topic = null, pupils = everybody } = options;
  const content = (text: string | null): LessonContent => ({ topic: text, homework: null, workType, weight: null });
  const row = versionOf([null, longAgo, content(null)]);
  return {
    externalId: id,
    date,
    subjectExternalId: "s1",
    subject: "Математика",
    group: null,
    teacher: options.nobody ? null : teacher,
    pupils,
    versions: topic === null ? [row] : [row, versionOf([topic[0], topic[1], content(topic[2])])],
    vanishedAt: options.vanishedAt === undefined ? null : at(options.vanishedAt),
  };
}

interface EntryOptions {
  readonly lessonId?: string;
  readonly date?: string;
  readonly vanishedAt?: string;
}

/** A pupil's cell with its versions, oldest first. */
export function entry(
  pupil: string,
  seen: readonly [Seen<string>, ...Seen<string>[]],
  { lessonId = "l1", date = "2026-10-05", vanishedAt }: EntryOptions = {},
): EntryFact {
  return {
    lessonExternalId: lessonId,
    pupilExternalId: pupil,
    date,
    subjectExternalId: "s1",
    versions: versionsOf(seen),
    vanishedAt: vanishedAt === undefined ? null : at(vanishedAt),
  };
}

export function pupil(externalId: string, askedAt: string | null, number = 1): PupilFact {
  const asked = askedAt === null ? null : at(askedAt);
  return {
    externalId,
    fullName: `Ученик ${externalId}`,
    number,
    lessonsAskedAt: asked,
    entriesAskedAt: asked,
    finalsAskedAt: asked,
  };
}

interface ClassOptions {
  readonly grade?: number | null;
  readonly lessons?: readonly LessonFact[];
  readonly entries?: readonly EntryFact[];
  readonly pupils?: readonly PupilFact[];
  /** The last look at every pupil's pages. */
  readonly askedAt?: string | null;
  readonly finals?: ClassSnapshot["finals"];
  readonly terms?: ClassSnapshot["terms"];
  readonly lists?: Partial<ClassSnapshot["lists"]>;
}

export function classOf(options: ClassOptions): ClassSnapshot {
  const { grade = 5, lessons = [lesson()], entries = [], askedAt = "2026-10-20 00:05" } = options;
  return {
    school: { id: 1, externalId: "school", name: "Школа", zone: "Europe/Moscow" },
    classExternalId: "c5",
    className: "5 А",
    grade,
    classTeacher: null,
    pupils: options.pupils ?? everybody.map((id, index) => pupil(id, askedAt, index + 1)),
    lessons,
    entries,
    finals: options.finals ?? [],
    terms: options.terms ?? [],
    lists: { ...NO_LISTS, ...options.lists },
  };
}

type Otherwise = Partial<Omit<CheckInput, "asOf">> & { asOf?: string };

/** What all rules say of it by the defaults, as of 20 October 2026 unless told otherwise. */
export const check = (snapshot: ClassSnapshot, other: Otherwise = {}) => checkClass(inputOf(snapshot, other));

/** Whether a finding that is found no longer was mended, by the same defaults. */
export const isMended = (
  snapshot: ClassSnapshot,
  gone: Finding | undefined,
  { samePolicy = true, ...other }: Otherwise & { samePolicy?: boolean } = {},
) => createMender(inputOf(snapshot, other), { samePolicy })(stored(gone));

function inputOf(snapshot: ClassSnapshot, { asOf = "2026-10-20 12:00", ...other }: Otherwise): CheckInput {
  const { policy, calendar } = defaultSettings;
  return { snapshot, policy, calendar, mapping: createMapping(defaultMapping), ...other, asOf: at(asOf) };
}

export function findingsOf(outcome: { findings: readonly Finding[] }, rule: RuleId): readonly Finding[] {
  return outcome.findings.filter((finding) => finding.rule === rule);
}

/** The counted outcomes of a rule, without the zeros. */
export function tallyOf(outcome: { tallies: readonly Tally[] }, rule: RuleId): Record<string, number> {
  const tallies = outcome.tallies.filter((tally) => tally.rule === rule);
  const sums: Record<string, number> = {};
  for (const tally of tallies) {
    for (const key of ["inTime", "late", "missing", "violation", "unproved", "unlooked", "pending"] as const) {
      if (tally[key] > 0) sums[key] = (sums[key] ?? 0) + tally[key];
    }
  }
  return sums;
}

/** A finding as the store would keep it. */
export function stored(finding: Finding | undefined, other: Partial<StoredFinding> = {}): StoredFinding {
  if (finding === undefined) throw new Error("no finding");
  const status = finding.settled ? "settled" : "open";
  const life = { openedAt: 0, settledAt: null, withdrawnAt: null, waivedAt: null, waiverId: null };
  return { ...finding, status, ...life, ...other };
}

/** What `sverka explain` says of it, with plain spaces. */
export function explained(finding: Finding | undefined, policy = defaultSettings.policy): string {
  const { calendar } = defaultSettings;
  const about = { finding: stored(finding), events: [], passes: [], zone: "Europe/Moscow", calendar, grade: 5 };
  const text = explain({ ...about, policy });
  return text.replaceAll("\u00a0", " ");
}
