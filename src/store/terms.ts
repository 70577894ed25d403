import type { IsoDate } from "../domain/time.ts";
import { rowTypes, type Store } from "./connect.ts";

/** The journal's own terms, with their days where the journal tells them. */
export async function listTerms(
  store: Store,
  schoolId: number,
): Promise<{ externalId: string; name: string; from: IsoDate | null; to: IsoDate | null }[]> {
  const { rows } = await store.pool.query({
    text: `SELECT external_id AS "externalId", name, starts_on AS "from", ends_on AS "to" FROM term WHERE school_id = $1 ORDER BY external_id`,
    values: [schoolId],
    types: rowTypes,
  });
  return rows;
}
