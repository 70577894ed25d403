import type { IsoDate } from "../domain/time.ts";
import { rowTypes, type Store } from "./connect.ts";

/** Every different text that stands in the cells of a school from a day on, and every different work type of its lessons. */
export async function writtenValues(
  store: Store,
  schoolId: number,
  from: IsoDate,
): Promise<{ readonly cells: readonly string[]; readonly workTypes: readonly string[] }> {
  const column = async (text: string) =>
    (await store.pool.query<{ value: string }>({ text, values: [schoolId, from], types: rowTypes })).rows.map(
      ({ value }) => value,
    );
  return {
    cells: await column(
      "SELECT DISTINCT text AS value FROM entry WHERE school_id = $1 AND date >= $2 AND vanished_at IS NULL",
    ),
    workTypes: await column(
      "SELECT DISTINCT work_type AS value FROM lesson WHERE school_id = $1 AND date >= $2 AND vanished_at IS NULL AND work_type IS NOT NULL",
    ),
  };
}
