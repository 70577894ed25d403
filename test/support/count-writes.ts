import type { Store } from "../../src/store/connect.ts";

/** Counts every row that is inserted, changed or deleted from now on, by triggers and a sequence; the answer asks how many so far. */
export async function countWrites({ pool }: Store): Promise<() => Promise<number>> {
  await pool.query(`CREATE SEQUENCE row_writes MINVALUE 0 START 0; SELECT nextval('row_writes');
    CREATE FUNCTION count_row() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM nextval(''row_writes''); RETURN NULL; END';`);
  const { rows } = await pool.query<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'",
  );
  for (const { name } of rows) {
    await pool.query(
      `CREATE TRIGGER count_row AFTER INSERT OR UPDATE OR DELETE ON "${name}" FOR EACH ROW EXECUTE FUNCTION count_row()`,
    );
  }
  return async () => {
    const { rows } = await pool.query<{ n: string }>("SELECT last_value AS n FROM row_writes");
    return Number(rows[0]?.n);
  };
}
