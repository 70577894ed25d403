import type { Store } from "../../src/store/connect.ts";

const TABLES = [
  "term",
  "class_group",
  "pupil",
  "subject",
  "staff",
  "page_pass",
  "lesson",
  "entry",
  "final_mark",
  "message",
];

/** Makes the one school of a store ten schools that are alike, as far as notices read them. */
export async function tenSchools({ pool }: Store): Promise<void> {
  const copies = async (table: string, own: Readonly<Record<string, string>>) => {
    const { rows } = await pool.query<{ name: string }>(
      "SELECT column_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER'",
      [table],
    );
    const columns = rows.map(({ name }) => name).filter((name) => name !== "id" || own.id !== undefined);
    const values = columns.map((name) => own[name] ?? `t."${name}"`);
    const key = own.id === undefined ? "school_id" : "id";
    await pool.query(
      `INSERT INTO "${table}" (${columns.map((name) => `"${name}"`).join(", ")})
       SELECT ${values.join(", ")} FROM "${table}" t, generate_series(2, 10) n WHERE t.${key} = 1`,
    );
  };
  await copies("school", { id: "n", external_id: "t.external_id || n" });
  for (const table of TABLES) await copies(table, { school_id: "n" });
  await pool.query("ANALYZE");
}
