import type { Span } from "../domain/calendar.ts";
import type { WeekTally } from "../domain/finding.ts";
import type { Store } from "./connect.ts";
import { inTransaction } from "./transaction.ts";

/** Puts these in the place of what a school year had; writes only what differs. */
export async function saveWeeks(
  store: Store,
  schoolId: number,
  weeks: readonly WeekTally[],
  year: Span,
): Promise<void> {
  const told = weeks.filter(({ from }) => from >= year.from && from <= year.to);
  const columns = [
    told.map(({ from }) => from),
    told.map(({ rule }) => rule),
    told.map(({ classExternalId }) => classExternalId),
    told.map(({ accountable }) => accountable),
    told.map(({ inTime }) => inTime),
  ];
  const TOLD =
    "unnest($2::date[], $3::text[], $4::text[], $5::text[], $6::int[]) AS i(starts_on, rule, class_external_id, accountable, in_time)";
  await inTransaction(store, async (client) => {
    await client.query(
      `INSERT INTO week_tally AS w (school_id, starts_on, rule, class_external_id, accountable, in_time) SELECT $1, i.* FROM ${TOLD}
       ON CONFLICT (school_id, starts_on, rule, class_external_id, accountable) DO UPDATE SET in_time = excluded.in_time WHERE w.in_time <> excluded.in_time`,
      [schoolId, ...columns],
    );
    await client.query(
      `DELETE FROM week_tally w WHERE w.school_id = $1 AND w.starts_on BETWEEN $6 AND $7
         AND NOT EXISTS (SELECT FROM unnest($2::date[], $3::text[], $4::text[], $5::text[]) AS i(starts_on, rule, class_external_id, accountable)
           WHERE i.starts_on = w.starts_on AND i.rule = w.rule AND i.class_external_id = w.class_external_id AND i.accountable = w.accountable)`,
      [schoolId, ...columns.slice(0, 4), year.from, year.to],
    );
  });
}
