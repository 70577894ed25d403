import { checkSchool } from "../../src/control/check-school.ts";
import { conclude, makeControl } from "../../src/control/monthly-control.ts";
import { defaultSettings } from "../../src/domain/settings.ts";
import type { Store } from "../../src/store/connect.ts";
import { schoolById } from "../../src/store/schools.ts";
import { copySchools } from "./year-store.ts";

const AS_OF = Date.parse("2027-05-31T22:00:00+03:00");
const NOW = Date.parse("2027-06-01T08:00:00+03:00");
const MONTHS = ["2026-09", "2026-10", "2026-11", "2026-12", "2027-01", "2027-02", "2027-03", "2027-04", "2027-05"];

/** What a year leaves behind besides the journal's facts: findings, a control of each month, seven passes a day, and a batch of notices each fortnight. */
export async function liveYear(store: Store): Promise<void> {
  const { policy, calendar, mapping } = defaultSettings;
  const school = await schoolById(store, 1);
  const needs = { store, policy, calendar, mapping, school, simulation: true, now: NOW };
  await checkSchool(needs, school, AS_OF);
  for (const month of MONTHS) {
    await makeControl(needs, month);
    await conclude(needs, month, null);
  }
  await store.pool.query("INSERT INTO origin (id, simulation, created_at) VALUES (1, true, now())");
  await store.pool.query(
    `INSERT INTO pass (school_id, state, started_at, finished_at, pages, pages_done, pages_same, requests)
     SELECT 1, 'done', at, at + interval '4 minutes', 1300, 1300, 1250, 1400 FROM generate_series('2026-09-01T07:30+03'::timestamptz, '2027-05-31', '205 minutes') at`,
  );
  await store.pool.query(
    `INSERT INTO notice_batch (school_id, number, key, kind, starts_on, ends_on, composed_at)
     SELECT 1, n, 'regular/' || n, 'regular', '2026-08-20'::date + 14 * n, '2026-09-02'::date + 14 * n, '2026-09-03T13:00+03'::timestamptz + n * interval '14 days'
     FROM generate_series(1, 19) n`,
  );
  await store.pool.query(
    `INSERT INTO notice (school_id, batch_id, pupil_external_id, class_external_id, class_name, place, starts_on, ends_on, contents, facts_at, composed_at,
       slip_code, printed_at, handed_at, returned_at)
     SELECT 1, b.id, p.external_id, p.class_external_id, c.name, row_number() OVER (PARTITION BY b.id ORDER BY p.external_id), b.starts_on, b.ends_on, '{"a": 1}',
       b.composed_at, b.composed_at, lpad((b.number * 1000 + row_number() OVER (PARTITION BY b.id ORDER BY p.external_id))::text, 12, '0'),
       b.composed_at + interval '1 minute', b.composed_at + interval '1 day', CASE WHEN b.number < 19 THEN b.composed_at + interval '5 days' END
     FROM notice_batch b, pupil p JOIN class_group c ON c.school_id = 1 AND c.external_id = p.class_external_id
     WHERE p.school_id = 1 AND hashtext(p.external_id) % 5 = 0`,
  );
  await store.pool.query("ANALYZE");
}

/** The same of nine other schools, beside the facts that `tenSchools` copies. */
export async function liveTenYears(store: Store): Promise<void> {
  await copySchools(store, "finding", { school_id: "n", id: "substr(md5(t.id || n), 1, 16)" });
  await copySchools(
    store,
    "finding_event",
    {
      finding_id: "substr(md5(t.finding_id || n), 1, 16)",
      id: "nextval('finding_event_id_seq')",
    },
    "true",
  );
  await copySchools(store, "check", { school_id: "n", id: "nextval('check_id_seq')" });
  await copySchools(store, "control", { school_id: "n", id: "nextval('control_id_seq')" });
  await copySchools(store, "notice_batch", { school_id: "n", id: "t.id + 1000 * n" });
  await copySchools(store, "notice", {
    school_id: "n",
    id: "nextval('notice_id_seq')",
    batch_id: "t.batch_id + 1000 * n",
    slip_code: "t.slip_code || n",
  });
  await store.pool.query("ANALYZE");
}
