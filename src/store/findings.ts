import type { Reach } from "../domain/access/may.ts";
import type {
  FindingChanges,
  FindingEvent,
  FindingEventKind,
  FindingStatus,
  FindingVerdict,
  Severity,
  StoredFinding,
} from "../domain/finding.ts";
import type { EpochMs, IsoDate } from "../domain/time.ts";
import { rowTypes, type Store } from "./connect.ts";
import { sharedRead } from "./shared-read.ts";
import { inTransaction, type Transaction } from "./transaction.ts";

const COLUMNS = {
  id: "id text",
  rule: "rule text",
  clause: "clause text",
  status: "status text",
  verdict: "verdict text",
  severity: "severity text",
  dueAt: "due_at timestamptz",
  absentAt: "absent_at timestamptz",
  seenAt: "seen_at timestamptz",
  classExternalId: "class_external_id text",
  className: "class_name text",
  subjectExternalId: "subject_external_id text",
  subject: "subject text",
  lessonDate: "lesson_date date",
  lessonExternalId: "lesson_external_id text",
  pupilExternalId: "pupil_external_id text",
  about: "about text",
  accountableId: "accountable_id text",
  accountable: "accountable text",
  details: "details json",
  openedAt: "opened_at timestamptz",
  settledAt: "settled_at timestamptz",
  withdrawnAt: "withdrawn_at timestamptz",
  waivedAt: "waived_at timestamptz",
  waiverId: "waiver_id int",
} as const;

type ColumnKey = keyof typeof COLUMNS;
const names = Object.fromEntries(
  Object.entries(COLUMNS).map(([key, column]) => [key, column.split(" ")[0] ?? key]),
) as Record<ColumnKey, string>;
const SELECT = Object.entries(names)
  .map(([key, name]) => `${name} AS "${key}"`)
  .join(", ");

const UPSERT = `INSERT INTO finding (school_id, ${Object.values(names).join(", ")})
  SELECT $1, ${Object.values(names)
    .map((name) => `i.${name}`)
    .join(", ")}
  FROM unnest(${Object.values(COLUMNS)
    .map((column, i) => `$${i + 2}::${column.split(" ")[1]}[]`)
    .join(", ")}) AS i(${Object.values(names).join(", ")})
  ON CONFLICT (id) DO UPDATE SET ${Object.values(names)
    .filter((name) => name !== "id")
    .map((name) => `${name} = excluded.${name}`)
    .join(", ")}`;

const written: Record<ColumnKey, (finding: StoredFinding) => unknown> = {
  id: (f) => f.id,
  rule: (f) => f.rule,
  clause: (f) => f.clause,
  status: (f) => f.status,
  verdict: (f) => f.verdict,
  severity: (f) => f.severity,
  dueAt: (f) => instant(f.dueAt),
  absentAt: (f) => instant(f.absentAt),
  seenAt: (f) => instant(f.seenAt),
  classExternalId: (f) => f.classExternalId,
  className: (f) => f.className,
  subjectExternalId: (f) => f.subjectExternalId,
  subject: (f) => f.subject,
  lessonDate: (f) => f.lessonDate,
  lessonExternalId: (f) => f.lessonExternalId,
  pupilExternalId: (f) => f.pupilExternalId,
  about: (f) => f.about,
  accountableId: (f) => f.accountable?.externalId ?? null,
  accountable: (f) => f.accountable?.name ?? null,
  details: (f) => JSON.stringify(f.details),
  openedAt: (f) => instant(f.openedAt),
  settledAt: (f) => instant(f.settledAt),
  withdrawnAt: (f) => instant(f.withdrawnAt),
  waivedAt: (f) => instant(f.waivedAt),
  waiverId: (f) => f.waiverId,
};

const instant = (at: EpochMs | null) => (at === null ? null : new Date(at));

/** Writes what a check changed, with its events, in one transaction: all or nothing. */
export async function saveFindings(store: Store, schoolId: number, changes: FindingChanges): Promise<void> {
  if (changes.upserts.length === 0 && changes.events.length === 0) return;
  await inTransaction(store, (client) => writeFindings(client, schoolId, changes));
}

/** The same within a transaction that writes more than that. */
export async function writeFindings(
  client: Transaction,
  schoolId: number,
  { upserts, events }: FindingChanges,
): Promise<void> {
  const columns = Object.keys(COLUMNS) as ColumnKey[];
  await client.query(UPSERT, [schoolId, ...columns.map((key) => upserts.map((finding) => written[key](finding)))]);
  await client.query(
    `INSERT INTO finding_event (finding_id, at, kind, author, cause)
       SELECT * FROM unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[], $5::text[])`,
    [
      events.map((event) => event.findingId),
      events.map((event) => new Date(event.at)),
      events.map((event) => event.kind),
      events.map((event) => event.author),
      events.map((event) => event.cause),
    ],
  );
}

export interface FindingFilter {
  readonly classExternalId?: string;
  readonly statuses?: readonly FindingStatus[];
  /** Found, settled or withdrawn at or after this instant. */
  readonly changedSince?: EpochMs;
}

/** Findings of a school, by class, date and rule. */
export async function listFindings(
  { pool }: { readonly pool: Pick<Store["pool"], "query"> },
  schoolId: number,
  filter: FindingFilter = {},
): Promise<StoredFinding[]> {
  const { rows } = await pool.query<StoredRow>({
    text: `SELECT ${SELECT} FROM finding WHERE school_id = $1
             AND ($2::text IS NULL OR class_external_id = $2)
             AND ($3::text[] IS NULL OR status = ANY($3))
             AND ($4::timestamptz IS NULL OR greatest(opened_at, settled_at, withdrawn_at, waived_at) >= $4)
           ORDER BY class_external_id, lesson_date, rule, id`,
    values: [schoolId, filter.classExternalId ?? null, filter.statuses ?? null, instant(filter.changedSince ?? null)],
    types: rowTypes,
  });
  return rows.map(fromRow);
}

/** How a list of findings is asked for. Everything left out means: any. */
export interface FindingQuery {
  readonly reach: Reach;
  /** `counted`: open or settled, and not unproved only because nobody had looked before. */
  readonly status?: FindingStatus | "counted" | undefined;
  readonly severity?: Severity | undefined;
  /** `proved`: any but unproved. */
  readonly verdict?: FindingVerdict | "proved" | undefined;
  readonly rule?: string | undefined;
  readonly classExternalId?: string | undefined;
  /** As findings name them. */
  readonly accountable?: string | undefined;
  /** By the day of the lesson, or of the deadline where there is none. */
  readonly from?: IsoDate | undefined;
  readonly to?: IsoDate | undefined;
}

const DAY = "coalesce(lesson_date, (due_at AT TIME ZONE 'UTC')::date)";
const ASKED = `school_id = $1
  AND ($2::boolean OR class_external_id = ANY($3) OR accountable = $4)
  AND ($5::text IS NULL OR status = $5 OR ($5 = 'counted' AND status IN ('open', 'settled') AND (verdict <> 'unproved' OR absent_at IS NOT NULL))) AND ($6::text IS NULL OR severity = $6) AND ($7::text IS NULL OR verdict = $7 OR ($7 = 'proved' AND verdict <> 'unproved')) AND ($8::text IS NULL OR rule = $8)
  AND ($9::text IS NULL OR class_external_id = $9) AND ($10::text IS NULL OR accountable = $10)
  AND ($11::date IS NULL OR ${DAY} >= $11) AND ($12::date IS NULL OR ${DAY} <= $12)`;

/** The part of the findings that somebody reaches and asks for, the newest first, and how many there are in all. Kept for nobody: it may be thousands. */
export async function readFindingsPage(
  { pool }: { readonly pool: Pick<Store["pool"], "query"> },
  schoolId: number,
  query: FindingQuery,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<{ readonly total: number; readonly findings: readonly StoredFinding[] }> {
  const asked = askedValues(schoolId, query);
  const { rows: counts } = await pool.query<{ total: number }>({
    text: `SELECT count(*) AS total FROM finding WHERE ${ASKED}`,
    values: asked,
    types: rowTypes,
  });
  const { rows } = await pool.query<StoredRow>({
    text: `SELECT ${SELECT} FROM finding WHERE ${ASKED} ORDER BY ${DAY} DESC NULLS LAST, class_name, rule, id OFFSET $13 LIMIT $14`,
    values: [...asked, offset, limit],
    types: rowTypes,
  });
  return { total: counts[0]?.total ?? 0, findings: rows.map(fromRow) };
}

/** The same of one page, shared by all who ask the same (see `sharedRead`). */
export const findingsPage = sharedRead(readFindingsPage);

function askedValues(schoolId: number, query: FindingQuery): unknown[] {
  const { reach, status, severity, verdict, rule, classExternalId, accountable, from, to } = query;
  const { all, classes, staffName } = reach;
  return [
    schoolId,
    all,
    classes,
    staffName,
    status,
    severity,
    verdict,
    rule,
    classExternalId,
    accountable,
    from,
    to,
  ].map((value) => value ?? null);
}

/**
 * A part of the same findings in the order in which they were opened, from behind `after` on: what is found while somebody reads stands behind and is not missed.
 * `changedSince`: opened, settled, withdrawn or waived at or after this instant.
 */
export async function findingsAfter(
  { pool }: { readonly pool: Pick<Store["pool"], "query"> },
  schoolId: number,
  query: FindingQuery & { readonly changedSince?: EpochMs | undefined },
  {
    after,
    limit,
  }: { readonly after: { readonly openedAt: EpochMs; readonly id: string } | null; readonly limit: number },
): Promise<readonly StoredFinding[]> {
  const { rows } = await pool.query<StoredRow>({
    text: `SELECT ${SELECT} FROM finding WHERE ${ASKED}
             AND ($13::timestamptz IS NULL OR greatest(opened_at, settled_at, withdrawn_at, waived_at) >= $13)
             AND (opened_at, id) > (coalesce($14::timestamptz, '-infinity'), $15::text)
           ORDER BY opened_at, id LIMIT $16`,
    values: [
      ...askedValues(schoolId, query),
      instant(query.changedSince ?? null),
      instant(after?.openedAt ?? null),
      after?.id ?? "",
      limit,
    ],
    types: rowTypes,
  });
  return rows.map(fromRow);
}

/** What stands against one person's name; what is unproved counts for nothing. */
export interface PersonCounts {
  readonly name: string;
  readonly open: number;
  readonly late: number;
}

/** Who has how many violations, the most open ones first. */
async function readCountsByPerson(
  { pool }: { readonly pool: Pick<Store["pool"], "query"> },
  schoolId: number,
): Promise<readonly PersonCounts[]> {
  const { rows } = await pool.query<PersonCounts>({
    text: `SELECT accountable AS name, count(*) FILTER (WHERE status = 'open' AND verdict <> 'unproved') AS open,
             count(*) FILTER (WHERE verdict = 'late' AND status IN ('open', 'settled')) AS late
           FROM finding WHERE school_id = $1 AND accountable IS NOT NULL AND severity = 'violation' GROUP BY 1 ORDER BY 2 DESC, 3 DESC, 1`,
    values: [schoolId],
    types: rowTypes,
  });
  return rows;
}

/** Shared by all who ask the same (see `sharedRead`). */
export const countsByPerson = sharedRead(readCountsByPerson);

/** Whom the findings that somebody reaches name, in the order of the alphabet. */
async function readAccountableNames(
  { pool }: { readonly pool: Pick<Store["pool"], "query"> },
  schoolId: number,
  reach: Reach,
): Promise<readonly string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT DISTINCT accountable AS name FROM finding WHERE school_id = $1 AND accountable IS NOT NULL
       AND ($2::boolean OR class_external_id = ANY($3) OR accountable = $4) ORDER BY 1`,
    [schoolId, reach.all, reach.classes, reach.staffName],
  );
  return rows.map(({ name }) => name);
}

/** Shared by all who ask the same (see `sharedRead`). */
export const accountableNames = sharedRead(readAccountableNames);

/** The finding whose id begins so; several or none give an empty answer or all of them. */
export async function findingsByPrefix(
  store: Store,
  prefix: string,
): Promise<(StoredFinding & { schoolId: number })[]> {
  const { rows } = await store.pool.query<StoredRow & { schoolId: number }>({
    text: `SELECT school_id AS "schoolId", ${SELECT} FROM finding WHERE starts_with(id, $1) ORDER BY id LIMIT 5`,
    values: [prefix],
    types: rowTypes,
  });
  return rows.map((row) => ({ ...fromRow(row), schoolId: row.schoolId }));
}

export async function eventsOf(store: Store, findingId: string): Promise<FindingEvent[]> {
  const rows = await store.prisma.findingEvent.findMany({ where: { findingId }, orderBy: { id: "asc" } });
  return rows.map(({ id: _, ...row }) => ({ ...row, at: row.at.getTime(), kind: row.kind as FindingEventKind }));
}

type StoredRow = Omit<StoredFinding, "settled" | "accountable"> & {
  accountableId: string | null;
  accountable: string | null;
};

function fromRow({ accountableId, accountable, ...row }: StoredRow): StoredFinding {
  return {
    ...row,
    settled: row.settledAt !== null,
    accountable: accountable === null ? null : { externalId: accountableId, name: accountable },
  };
}
