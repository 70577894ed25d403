import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connectStore, type Store } from "../../src/store/connect.ts";
import { applyDirectory } from "../../src/store/directory.ts";
import { heldLeavers } from "../../src/store/held-leavers.ts";
import { acknowledgeRoster, openRosterChanges } from "../../src/store/roster.ts";
import { ensureSchool } from "../../src/store/schools.ts";
import { acceptHeldLeavers, leaversMark } from "../../src/sync/decide-held.ts";
import { freshDatabase } from "../support/postgres.ts";

const at = Date.parse("2026-10-05T12:00:00+03:00");
let database: Awaited<ReturnType<typeof freshDatabase>>;
let store: Store;
let schoolId: number;

beforeEach(async () => {
  database = await freshDatabase();
  store = connectStore(database.url);
  ({ id: schoolId } = await ensureSchool(store, { externalId: "school", name: "Школа", year: 2026, at }));
});
afterEach(async () => {
  await store.close();
  await database.drop();
});

const pass = (places: Record<string, string | null>, when = at) =>
  applyDirectory(
    store,
    schoolId,
    {
      classes: ["5", "6"].map((externalId) => ({
        externalId,
        name: `${externalId} А`,
        classTeacher: null,
        termIds: [],
      })),
      pupils: Object.entries(places).map(([externalId, classExternalId]) => ({
        externalId,
        fullName: `Рощин Лев ${externalId}`,
        classExternalId,
        grade: null,
      })),
      subjects: [],
      staff: [],
      terms: [],
      letters: [],
      unplaced: [],
    },
    { at: when, massShare: 0.2, massCount: 1 },
  );
const open = async () =>
  (await openRosterChanges(store, schoolId)).map(({ kind, pupil, fromClass, toClass }) => [
    kind,
    pupil,
    fromClass,
    toClass,
  ]);

describe("the roster", () => {
  it("notes each change once, and again nothing when the same list comes", async () => {
    await pass({ 1: "5", 2: "5", 3: "6" });
    expect(await open()).toEqual([]);
    const changed = { 2: "6", 3: "6", 4: null };
    await pass(changed, at + 1);
    await pass(changed, at + 2);
    expect(await open()).toEqual([
      ["moved", "Рощин Лев 2", "5 А", "6 А"],
      ["joined", "Рощин Лев 4", null, null],
      ["left", "Рощин Лев 1", "5 А", null],
    ]);
    await pass({ ...changed, 4: "5" }, at + 3);
    expect((await open())[1]).toEqual(["joined", "Рощин Лев 4", null, "5 А"]);
  });

  it("notes nobody as gone when a mass leaving is doubted", async () => {
    await pass({ 1: "5", 2: "5", 3: "6" });
    expect(await pass({ 1: "5" })).toMatchObject({ left: null });
    expect(await open()).toEqual([]);
  });

  it("lets them go once a person has said of these very pupils that they have left, and only once", async () => {
    await pass({ 1: "5", 2: "5", 3: "6", 4: "6" });
    await pass({ 1: "5", 2: "5" }, at + 1);
    const held = await heldLeavers(store.pool, schoolId);
    expect(held).toEqual({ pupilExternalIds: ["3", "4"], heldAt: at + 1, accepted: false });
    const accept = (mark: string) => acceptHeldLeavers({ store, schoolId }, mark);
    const mark = leaversMark({ pupilExternalIds: ["3", "4"] });
    await expect(accept(leaversMark({ pupilExternalIds: ["3"] }))).rejects.toMatchObject({ code: "held-changed" });
    await accept(mark);
    await expect(accept(mark)).rejects.toMatchObject({ code: "held-changed" });
    // Of others nothing has been said.
    expect(await pass({ 1: "5" }, at + 2)).toMatchObject({ left: null });
    expect(await heldLeavers(store.pool, schoolId)).toMatchObject({ accepted: false });
    await pass({ 1: "5", 2: "5" }, at + 3);
    await accept(mark);
    expect(await pass({ 1: "5", 2: "5" }, at + 4)).toMatchObject({ left: 2 });
    expect((await open()).map(([kind]) => kind)).toEqual(["left", "left"]);
    expect(await heldLeavers(store.pool, schoolId)).toBeNull();
  });

  it("shows a change until both have acknowledged it", async () => {
    await pass({ 1: "5", 2: "5", 3: "6" });
    await pass({ 1: "5", 2: "6", 3: "6", 4: "5" });
    const acknowledge = (as: "administrator" | "class-teacher", classExternalId: string | null) =>
      acknowledgeRoster(store, schoolId, { as, classExternalId, at: at + 1 });
    expect(await acknowledge("administrator", null)).toBe(2);
    expect(await acknowledge("administrator", null)).toBe(0);
    expect(await open()).toHaveLength(2);
    expect(await acknowledge("class-teacher", "6")).toBe(1);
    expect(await open()).toEqual([["joined", "Рощин Лев 4", null, "5 А"]]);
  });
});
