import type { Month } from "../domain/control/month.ts";
import type { EpochMs, IsoDate } from "../domain/time.ts";
import { rowTypes } from "./connect.ts";
import type { Executor } from "./outbox.ts";

/** Somebody who has read a control. */
export interface ControlReader {
  readonly month: Month;
  readonly person: string;
  readonly readOn: IsoDate;
  readonly notedAt: EpochMs;
  /** Whose account noted it; null: the command line. */
  readonly notedBy: string | null;
}

/** By month and name. */
export async function controlReaders(executor: Executor, schoolId: number): Promise<ControlReader[]> {
  const { rows } = await executor.query<ControlReader>({
    text: `SELECT r.month, r.person, r.read_on AS "readOn", r.noted_at AS "notedAt", a.name AS "notedBy"
           FROM control_reader r LEFT JOIN account a ON a.school_id = r.school_id AND a.id = r.noted_by
           WHERE r.school_id = $1 ORDER BY r.month, r.person`,
    values: [schoolId],
    types: rowTypes,
  });
  return rows;
}

/** Answers with how many are new; whoever has been noted keeps the first day. */
export async function addReaders(
  executor: Executor,
  schoolId: number,
  order: { month: Month; people: readonly string[]; readOn: IsoDate; at: EpochMs; by: number | null },
): Promise<number> {
  const { rowCount } = await executor.query(
    `INSERT INTO control_reader (school_id, month, person, read_on, noted_at, noted_by) SELECT $1, $2, i.person, $4, $5, $6 FROM unnest($3::text[]) AS i(person)
     ON CONFLICT (school_id, month, person) DO NOTHING`,
    [schoolId, order.month, order.people, order.readOn, new Date(order.at), order.by],
  );
  return rowCount ?? 0;
}

/** False: nobody had noted that person. */
export async function removeReader(
  executor: Executor,
  schoolId: number,
  month: Month,
  person: string,
): Promise<boolean> {
  const { rowCount } = await executor.query(
    "DELETE FROM control_reader WHERE school_id = $1 AND month = $2 AND person = $3",
    [schoolId, month, person],
  );
  return rowCount === 1;
}
