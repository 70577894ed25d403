import type { EpochMs, IsoDate } from "../domain/time.ts";
import { rowTypes, type Store } from "./connect.ts";
import { sharedRead } from "./shared-read.ts";

/** How deadlines came out. Waived and withdrawn cases are in no number; nor is what stood in the journal at the first look. */
export interface TrendCounts {
  readonly inTime: number;
  readonly late: number;
  readonly missing: number;
  /** Of rules without a deadline. */
  readonly violation: number;
  readonly unproved: number;
}

export interface TrendRow extends TrendCounts {
  /** What the counts are of: the first day of a week or month, a class's external id, a person («» is nobody), a rule. */
  readonly key: string;
}

export interface Trend {
  readonly periods: readonly TrendRow[];
  readonly classes: readonly TrendRow[];
  readonly people: readonly TrendRow[];
  readonly rules: readonly TrendRow[];
}

export interface TrendOrder {
  readonly unit: "week" | "month";
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** Before this day nobody looked: of what was done before it only the failures could be proved. */
  readonly since: IsoDate;
  readonly classExternalId?: string | undefined;
  readonly accountable?: string | undefined;
  readonly rule?: string | undefined;
}

/** As the list of findings takes it. */
const DAY = "coalesce(lesson_date, (due_at AT TIME ZONE 'UTC')::date)";
const PERSON = "coalesce(accountable, '')";
const SETS = ["periods", "classes", "people", "rules"] as const;
/** By which of `SETS` a row is summed. */
const set = (day: string, classId: string, person: string) =>
  `CASE WHEN grouping(${day}) = 0 THEN 0 WHEN grouping(${classId}) = 0 THEN 1 WHEN grouping(${person}) = 0 THEN 2 ELSE 3 END`;

/** Deadlines of the lessons of some weeks or months, by period, class, accountable person and rule, in one look at each table. */
export async function loadTrend(store: Store, schoolId: number, order: TrendOrder): Promise<Trend> {
  const { unit, from, to, since, classExternalId, accountable, rule } = order;
  const { rows } = await store.pool.query<TrendRow & { of: number }>({
    // Each table is summed by itself first, so that what is summed together is short.
    text: `WITH done AS (
       SELECT ${set("starts_on", "class_external_id", "accountable")} AS of, starts_on AS day, class_external_id AS class, accountable AS person, rule, sum(in_time) AS in_time
       FROM week_tally WHERE school_id = $1 AND starts_on BETWEEN $3 AND $4
         AND ($5::text IS NULL OR class_external_id = $5) AND ($6::text IS NULL OR accountable = $6) AND ($7::text IS NULL OR rule = $7)
       GROUP BY GROUPING SETS ((2), (3), (4), (5))),
     failed AS (
       SELECT ${set(DAY, "class_external_id", PERSON)} AS of, ${DAY} AS day, class_external_id AS class, ${PERSON} AS person, rule, count(*) FILTER (WHERE verdict = 'late') AS late,
         count(*) FILTER (WHERE verdict = 'missing') AS missing, count(*) FILTER (WHERE verdict = 'violation') AS violation, count(*) FILTER (WHERE verdict = 'unproved') AS unproved
       FROM finding WHERE school_id = $1 AND ${DAY} BETWEEN greatest($3::date, $8::date) AND $4 AND severity = 'violation' AND status IN ('open', 'settled')
         AND (verdict <> 'unproved' OR absent_at IS NOT NULL)
         AND ($5::text IS NULL OR class_external_id = $5) AND ($6::text IS NULL OR ${PERSON} = $6) AND ($7::text IS NULL OR rule = $7)
       GROUP BY GROUPING SETS ((2), (3), (4), (5)))
     SELECT of, coalesce(date_trunc($2::text, day::timestamp)::date::text, class, person, rule) AS key, sum(in_time)::int AS "inTime", sum(late)::int AS late, sum(missing)::int AS missing,
       sum(violation)::int AS violation, sum(unproved)::int AS unproved
     FROM (SELECT *, 0 AS late, 0 AS missing, 0 AS violation, 0 AS unproved FROM done
       UNION ALL SELECT of, day, class, person, rule, 0, late, missing, violation, unproved FROM failed) AS counted
     GROUP BY 1, 2 ORDER BY 1, 2`,
    values: [schoolId, unit, from, to, classExternalId ?? null, accountable ?? null, rule ?? null, since],
    types: rowTypes,
  });
  const part = (name: (typeof SETS)[number]): TrendRow[] =>
    rows.flatMap(({ of, ...row }) => (SETS[of] === name ? [row] : []));
  return { periods: part("periods"), classes: part("classes"), people: part("people"), rules: part("rules") };
}

/** When the first pass that ended had begun; null: there was none. */
async function readWatchedSince(store: Store, schoolId: number): Promise<EpochMs | null> {
  const { rows } = await store.pool.query<{ at: EpochMs | null }>({
    text: "SELECT min(started_at) AS at FROM pass WHERE school_id = $1 AND state IN ('done', 'trouble')",
    values: [schoolId],
    types: rowTypes,
  });
  return rows[0]?.at ?? null;
}

/** Shared by all who ask the same (see `sharedRead`). */
export const watchedSince = sharedRead(readWatchedSince);
