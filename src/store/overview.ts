import type { OpenAlert } from "../domain/alerts/alert.ts";
import type { Gap, RuleId, Severity, Tally } from "../domain/finding.ts";
import type { BatchStates } from "../domain/notice-cycle/states.ts";
import { sumTallies } from "../domain/tallies.ts";
import type { EpochMs } from "../domain/time.ts";
import { openAlerts } from "./alerts.ts";
import { lastCheck } from "./checks.ts";
import { rowTypes, type Store } from "./connect.ts";
import { batchStates } from "./notice-states.ts";
import { latestPasses, type PassRecord } from "./passes.ts";
import { sharedRead } from "./shared-read.ts";

/** What is proved, and neither waived nor withdrawn. */
export interface StandingFindings {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly className: string;
  readonly classExternalId: string;
  readonly open: number;
  /** Open or settled. */
  readonly late: number;
}

/** How the deadlines of one rule came out. */
export type RuleTally = Omit<Tally, "accountable" | "classExternalId">;

/** What «Обзор» shows of a school. */
export interface Overview {
  readonly build: string | null;
  /** What is wrong now, the newest first. */
  readonly alerts: readonly OpenAlert[];
  readonly passes: readonly PassRecord[];
  readonly troubles: readonly { readonly code: string; readonly sentence: string; readonly times: number }[];
  readonly check: {
    readonly asOf: EpochMs;
    readonly policy: string;
    readonly tallies: readonly RuleTally[];
    readonly gaps: readonly Gap[];
  } | null;
  readonly findings: readonly StandingFindings[];
  /** The newest batches of notices for families on paper. */
  readonly batches: readonly BatchStates[];
  readonly outbox: { readonly waiting: number; readonly sent: number; readonly refused: number };
  readonly outboxTroubles: readonly {
    readonly subject: string;
    readonly state: string;
    readonly attempts: number;
    readonly answer: string;
  }[];
}

const PASSES = 8;
const BATCHES = 2;
const TROUBLES = 6;

/** There are thousands of them, by class and person. */
const byRule = (tallies: readonly Tally[]): readonly RuleTally[] =>
  [...Map.groupBy(tallies, ({ rule }) => rule)].map(([rule, of]) => ({ rule, ...sumTallies(of) }));

async function readOverview(store: Store, schoolId: number): Promise<Overview> {
  const query = async <Row extends object>(text: string) =>
    (await store.pool.query<Row>({ text, values: [schoolId], types: rowTypes })).rows;
  // All at once: each is short, and the way to the database and back is most of it.
  const [schools, troubles, findings, states, outboxTroubles, check, alerts, passes, batches] = await Promise.all([
    query<{ build: string | null }>("SELECT build FROM school WHERE id = $1"),
    query<{ code: string; sentence: string; times: number }>(
      `SELECT code, sentence, count(*) AS times FROM pass_trouble
         WHERE pass_id = (SELECT max(id) FROM pass WHERE school_id = $1 AND state <> 'running') GROUP BY code, sentence ORDER BY times DESC LIMIT ${TROUBLES}`,
    ),
    query<StandingFindings>(
      `SELECT rule, severity, class_name AS "className", class_external_id AS "classExternalId", count(*) FILTER (WHERE status = 'open') AS open,
           count(*) FILTER (WHERE verdict = 'late') AS late
         FROM finding WHERE school_id = $1 AND status IN ('open', 'settled') AND verdict <> 'unproved'
         GROUP BY rule, severity, class_name, class_external_id ORDER BY rule, class_name`,
    ),
    query<{ state: string; n: number }>(
      "SELECT state, count(*) AS n FROM delivery WHERE school_id = $1 GROUP BY state",
    ),
    query<{ subject: string; state: string; attempts: number; answer: string }>(
      `SELECT subject, state, attempts, coalesce(answer, '') AS answer FROM delivery
         WHERE school_id = $1 AND (state = 'refused' OR (state = 'waiting' AND attempts > 0)) ORDER BY id DESC LIMIT ${TROUBLES}`,
    ),
    lastCheck(store, schoolId),
    openAlerts(store, schoolId),
    latestPasses(store, schoolId, PASSES),
    batchStates(store, schoolId, BATCHES),
  ]);
  const inState = (state: string) => states.find((row) => row.state === state)?.n ?? 0;
  return {
    build: schools[0]?.build ?? null,
    alerts,
    passes,
    troubles,
    check: check === null ? null : { ...check, tallies: byRule(check.tallies) },
    findings,
    batches,
    outbox: { waiting: inState("waiting"), sent: inState("sent"), refused: inState("refused") },
    outboxTroubles,
  };
}

/** Shared by all who ask the same (see `sharedRead`). */
export const loadOverview = sharedRead(readOverview);
