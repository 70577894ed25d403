import type { ImportDirectory } from "../domain/import/lookup.ts";
import type { Transaction } from "./transaction.ts";

/** Whom and what imported rows may name; classes that are gone are not there, pupils who have left are marked. */
export async function importDirectory(client: Transaction, schoolId: number): Promise<ImportDirectory> {
  const query = async <Row extends object>(text: string) => (await client.query<Row>(text, [schoolId])).rows;
  const named = (table: string, condition = "") =>
    query<{ externalId: string; name: string }>(
      `SELECT external_id AS "externalId", name FROM ${table} WHERE school_id = $1 ${condition} ORDER BY 1`,
    );
  return {
    classes: await named("class_group", "AND gone_at IS NULL"),
    subjects: await named("subject"),
    staff: await named("staff"),
    pupils: await query(
      `SELECT external_id AS "externalId", full_name AS "fullName", class_external_id AS "classExternalId", gone_at IS NOT NULL AS gone
       FROM pupil WHERE school_id = $1 ORDER BY 1`,
    ),
  };
}
