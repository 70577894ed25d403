import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { expect, it, onTestFinished } from "vitest";
import { connectStore } from "../../src/store/connect.ts";
import { markHanded } from "../../src/store/notice-stages.ts";
import { batchStates, silentFamilies } from "../../src/store/notice-states.ts";
import { paperFamilies } from "../../src/store/paper-families.ts";
import { ensureSchool } from "../../src/store/schools.ts";
import { emptyDatabase, freshDatabase } from "../support/postgres.ts";

const at = Date.parse("2026-10-19T10:00:00+03:00");
const DAY = 86_400_000;

async function openStore() {
  const database = await freshDatabase();
  const store = connectStore(database.url);
  onTestFinished(async () => {
    await store.close();
    await database.drop();
  });
  const { id: schoolId } = await ensureSchool(store, { externalId: "school", name: "Школа", year: 2026, at });
  return { store, schoolId };
}

type Opened = Awaited<ReturnType<typeof openStore>>;

interface Stages {
  readonly printed?: number;
  readonly handed?: number;
  readonly returned?: number;
  readonly withdrawn?: number;
}

/** A batch with a notice for each of the pupils, all in one class. */
async function batch({ store, schoolId }: Opened, number: number, pupils: Readonly<Record<string, Stages>>) {
  const days = { startsOn: new Date("2026-10-05"), endsOn: new Date("2026-10-18") };
  const date = (when: number | undefined) => (when === undefined ? null : new Date(when));
  const composedAt = new Date(at + number * 14 * DAY);
  return store.prisma.noticeBatch.create({
    data: {
      ...{ schoolId, number, key: String(number), kind: "regular", ...days, composedAt },
      notices: {
        create: Object.entries(pupils).map(([pupilExternalId, { printed, handed, returned, withdrawn }], i) => ({
          ...{ schoolId, pupilExternalId, classExternalId: "5", className: "5 А", place: i + 1, ...days },
          ...{ contents: { notice: {} }, factsAt: composedAt, composedAt, slipCode: `${number}/${pupilExternalId}` },
          printedAt: date(printed),
          handedAt: date(handed),
          returnedAt: date(returned),
          withdrawnAt: date(withdrawn),
        })),
      },
    },
  });
}

it("marks handed out once the newest print of each pupil as of then, or those of a batch, and nothing withdrawn", async () => {
  const opened = await openStore();
  const { store, schoolId } = opened;
  await batch(opened, 1, { a: { printed: at }, b: { printed: at }, c: { printed: at, withdrawn: at } });
  const { id } = await batch(opened, 2, { a: { printed: at + 10 }, d: {} });
  await batch(opened, 3, { a: { printed: at + 1000 } });
  const pupilExternalIds = ["a", "b", "c", "d"];
  const hand = (batchId: number | null) => markHanded(store, schoolId, { pupilExternalIds, at: at + 100, batchId });
  expect(await hand(null)).toEqual(["a", "b"]);
  expect(await hand(null)).toEqual([]);
  expect(await hand(id)).toEqual([]);
  const rows = await store.prisma.notice.findMany({ where: { handedAt: { not: null } }, orderBy: { id: "asc" } });
  expect(rows.map(({ batchId, pupilExternalId }) => [batchId, pupilExternalId])).toEqual([
    [1, "b"],
    [2, "a"],
  ]);
});

it("tells how far each class has come, and whose slips do not come back", async () => {
  const opened = await openStore();
  const { store, schoolId } = opened;
  await store.prisma.classGroup.create({ data: { schoolId, externalId: "5", name: "5 А" } });
  for (const externalId of ["a", "b", "c"])
    await store.prisma.pupil.create({ data: { schoolId, externalId, fullName: externalId, classExternalId: "5" } });
  const given = { printed: at, handed: at + 1 };
  await batch(opened, 1, { a: given, b: { ...given, returned: at + 2 }, c: given });
  await batch(opened, 2, { a: given, b: given, c: { ...given, returned: at + 2 } });
  await batch(opened, 3, { a: { printed: at }, b: {}, c: { withdrawn: at } });
  const [third, second] = await batchStates(store, schoolId, 2);
  const one = { classExternalId: "5", className: "5 А" };
  expect(third).toMatchObject({
    number: 3,
    classes: [{ ...one, notices: 2, printed: 1, handed: 0, returned: 0, missing: 0, withdrawn: 1 }],
  });
  expect(second?.classes).toEqual([
    { ...one, notices: 3, printed: 3, handed: 3, returned: 1, missing: 2, withdrawn: 0 },
  ]);
  const silent = (paper: readonly string[]) => silentFamilies(store, schoolId, { cycles: 2, paper });
  expect(await silent(["a", "b", "c"])).toEqual([
    { pupilExternalId: "a", className: "5 А", slips: 2, sinceAt: at + 1 },
  ]);
  expect(await silent(["b", "c"])).toEqual([]);
});

it("knows the families on paper: unknown until a list stands, then those with a guardian who chose it", async () => {
  const { store, schoolId } = await openStore();
  expect(await paperFamilies(store, schoolId)).toBeNull();
  const counts = { added: 3, changed: 0, removed: 0, before: {} };
  const head = { schoolId, kind: "delivery", fileName: "x", digest: "x", at: new Date(at) };
  const { id } = await store.prisma.import.create({ data: { ...head, ...counts } });
  expect(await paperFamilies(store, schoolId)).toEqual([]);
  const line = (pupilExternalId: string, guardian: string, way: string, more = {}) => ({
    ...{ schoolId, pupilExternalId, guardian, way },
    ...more,
  });
  await store.prisma.deliveryAgreement.createMany({
    data: [
      line("1", "а", "electronic", { largePrint: true, address: "не сюда" }),
      line("1", "б", "paper"),
      line("2", "а", "electronic"),
      line("3", "а", "paper", { largePrint: true }),
      line("3", "б", "paper", { address: "ул. Лесная, 1" }),
    ],
  });
  expect(await paperFamilies(store, schoolId)).toEqual([
    { pupilExternalId: "1", largePrint: false, plain: false, address: null, guardian: null },
    { pupilExternalId: "3", largePrint: true, plain: false, address: "ул. Лесная, 1", guardian: "б" },
  ]);
  await store.prisma.import.update({ where: { id }, data: { undoneAt: new Date(at) } });
  expect(await paperFamilies(store, schoolId)).toBeNull();
});

it("carries what was printed before there were batches over into them", async () => {
  const database = await emptyDatabase();
  const client = new pg.Client(database.url);
  await client.connect();
  onTestFinished(async () => {
    await client.end();
    await database.drop();
  });
  const folder = fileURLToPath(new URL("../../prisma/migrations", import.meta.url));
  const steps = readdirSync(folder)
    .filter((name) => /^\d+_/.test(name))
    .sort();
  const turn = steps.findIndex((name) => name.endsWith("_notice_cycle"));
  const apply = async (names: readonly string[]) => {
    for (const name of names) await client.query(readFileSync(`${folder}/${name}/migration.sql`, "utf8"));
  };
  await apply(steps.slice(0, turn));
  await client.query(
    "INSERT INTO school (id, external_id, name, year, created_at) VALUES (1, 's', 'Школа', 2026, now()); INSERT INTO class_group (school_id, external_id, name) VALUES (1, '5', '5 А'); INSERT INTO pupil (school_id, external_id, full_name, class_external_id) VALUES (1, 'a', 'А', '5')",
  );
  const print = (pupil: string, printed: string, handed: string | null) =>
    client.query(
      "INSERT INTO printed_notice (school_id, pupil_external_id, starts_on, ends_on, printed_at, handed_at) VALUES (1, $1, '2026-10-05', '2026-10-18', $2, $3)",
      [pupil, printed, handed],
    );
  await print("a", "2026-10-19T10:00:00+03:00", "2026-10-20T10:00:00+03:00");
  await print("gone", "2026-10-19T10:00:00+03:00", null);
  await print("a", "2026-11-02T10:00:00+03:00", null);
  await print("a", "2026-11-02T10:00:00+03:00", null);
  await apply(steps.slice(turn));
  const { rows } = await client.query(
    `SELECT b.number, b.kind, n.pupil_external_id AS pupil, n.class_name AS class, n.printed_at = b.composed_at AS printed, n.handed_at IS NOT NULL AS handed,
       n.slip_code LIKE 'old-%' AS old, n.starts_on::text AS "from" FROM notice n JOIN notice_batch b ON b.id = n.batch_id ORDER BY b.number, n.place`,
  );
  const of = { kind: "by-hand", printed: true, old: true, from: "2026-10-05" };
  expect(rows).toEqual([
    { ...of, number: 1, pupil: "a", class: "5 А", handed: true },
    { ...of, number: 1, pupil: "gone", class: "", handed: false },
    { ...of, number: 2, pupil: "a", class: "5 А", handed: false },
  ]);
});
