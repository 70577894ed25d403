import { createAversJournal } from "../../adapters/avers/journal.ts";
import { connectStore, type Store } from "../../src/store/connect.ts";
import { ensureSchool } from "../../src/store/schools.ts";
import { syncSchool } from "../../src/sync/sync-school.ts";
import { copyTemplate, type TestServer } from "../support/test-server.ts";
import { startEmulatorProcess } from "./emulator-process.ts";

/** A store with a whole school's year in it, read over the wire, and whatever is to be done with it then; answers where it is. */
export async function yearStore(server: TestServer, then: (store: Store) => Promise<void>): Promise<string> {
  const emulator = await startEmulatorProcess({ classes: 26, pupils: 300 });
  const database = await copyTemplate(server);
  const store = connectStore(database.url);
  try {
    const { url: baseUrl, login, password, at } = emulator;
    const clock = { now: () => at + Math.round(performance.now()) };
    const { id } = await ensureSchool(store, { externalId: "school", name: "Школа", year: 2026, at });
    const journal = createAversJournal({ baseUrl, login, password, clock });
    await syncSchool({ store, journal, clock, zone: "Europe/Moscow", limits: { share: 0.2, count: 10 } }, id);
    await then(store);
    // What a server does by itself within the minute.
    await store.pool.query("VACUUM ANALYZE");
    return database.url;
  } finally {
    await store.close();
    await emulator.close();
  }
}

/**
 * Makes the one pass at the year's end look like a whole year of them: what stands there was seen on its own day, one in thirty days later, and the pages had
 * been looked at since the year's beginning. So the rules have as much to judge, and to find, as in a real school. The curriculum is what the lessons make of it.
 */
export async function spreadEvidence({ pool }: Store): Promise<void> {
  const seen = (key: string) =>
    `(date + interval '12 hours' + CASE WHEN hashtext(${key}) % 30 = 0 THEN interval '6 days' ELSE interval '0' END) AT TIME ZONE 'Europe/Moscow'`;
  for (const [table, key] of [
    ["lesson", "external_id"],
    ["entry", "lesson_external_id || pupil_external_id"],
  ])
    await pool.query(
      `UPDATE "${table}" SET seen_at = ${seen(key ?? "")} + interval '3 hours', absent_at = ${seen(key ?? "")}`,
    );
  await pool.query("UPDATE page_pass SET first_asked_at = '2026-08-31T12:00+03'");
  await pool.query(
    "INSERT INTO pass (school_id, state, started_at, finished_at) VALUES (1, 'done', '2026-08-31T12:00+03', '2026-08-31T12:05+03')",
  );
  await pool.query(
    `INSERT INTO curriculum_row (school_id, class_external_id, subject_external_id, weekly_hours)
     SELECT 1, class_external_id, subject_external_id, greatest(1, round(count(DISTINCT external_id) / 34.0 / count(DISTINCT coalesce("group", ''))))
     FROM lesson GROUP BY 2, 3`,
  );
  await pool.query(
    "INSERT INTO import (school_id, kind, file_name, digest, at, added, changed, removed, before) VALUES (1, 'curriculum', 'plan.csv', '', now(), 0, 0, 0, '[]')",
  );
}

const TABLES = [
  "term",
  "class_group",
  "pupil",
  "subject",
  "staff",
  "page_pass",
  "page",
  "pass",
  "lesson",
  "entry",
  "final_mark",
  "message",
  "import",
  "curriculum_row",
];

/** Copies the first school's rows of a table for the schools 2 to 10; `own`: what stands in a column instead, by the copy `t` and the school `n`. */
export async function copySchools(
  { pool }: Store,
  table: string,
  own: Readonly<Record<string, string>>,
  which = "t.school_id = 1",
): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    "SELECT column_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER'",
    [table],
  );
  const columns = rows.map(({ name }) => name).filter((name) => name !== "id" || own.id !== undefined);
  const values = columns.map((name) => own[name] ?? `t."${name}"`);
  await pool.query(
    `INSERT INTO "${table}" (${columns.map((name) => `"${name}"`).join(", ")})
     SELECT ${values.join(", ")} FROM "${table}" t, generate_series(2, 10) n WHERE ${which}`,
  );
}

/** Makes the one school of a store ten schools that are alike, as far as rules and notices read them. */
export async function tenSchools(store: Store): Promise<void> {
  await copySchools(store, "school", { id: "n", external_id: "t.external_id || n" }, "t.id = 1");
  for (const table of TABLES) await copySchools(store, table, { school_id: "n" });
}
