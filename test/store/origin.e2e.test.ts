import { expect, it, onTestFinished } from "vitest";
import { connectStore } from "../../src/store/connect.ts";
import { claimOrigin, isSimulation } from "../../src/store/origin.ts";
import { ensureSchool } from "../../src/store/schools.ts";
import { freshDatabase } from "../support/postgres.ts";

const at = Date.parse("2026-10-05T12:00:00+03:00");

async function freshStore() {
  const database = await freshDatabase();
  const store = connectStore(database.url);
  onTestFinished(async () => {
    await store.close();
    await database.drop();
  });
  return store;
}

it("stays without a mark for whoever only looks, and then becomes what is wanted first, for ever", async () => {
  const store = await freshStore();
  await claimOrigin(store, { as: null, clock: false, at });
  expect(await isSimulation(store)).toBeNull();
  await expect(claimOrigin(store, { as: null, clock: true, at })).rejects.toMatchObject({ code: "origin-unmarked" });
  await expect(claimOrigin(store, { as: "real", clock: true, at })).rejects.toMatchObject({ code: "origin-unmarked" });
  await claimOrigin(store, { as: "simulation", clock: true, at });
  await claimOrigin(store, { as: "real", clock: true, at });
  expect(await isSimulation(store)).toBe(true);
});

it("has one mark when two processes come at once: the slower one is told", async () => {
  const store = await freshStore();
  const wanted = (["real", "simulation", "real", "simulation"] as const).map((as) =>
    claimOrigin(store, { as, clock: as === "simulation", at }),
  );
  const ends = await Promise.allSettled(wanted);
  const simulation = await isSimulation(store);
  const refused = ends.flatMap((end, index) => (end.status === "rejected" ? [index] : []));
  expect(refused).toEqual(simulation === true ? [] : [1, 3]);
});

it("becomes no simulation once it holds what came from a school, marked or not", async () => {
  const store = await freshStore();
  const school = await ensureSchool(store, { externalId: "school", name: "Школа", year: 2026, at });
  await store.pool.query("INSERT INTO pass (school_id, started_at, state) VALUES ($1, $2, 'running')", [
    school.id,
    new Date(at),
  ]);
  await expect(claimOrigin(store, { as: "simulation", clock: false, at })).rejects.toMatchObject({
    code: "origin-real",
  });
  await claimOrigin(store, { as: "real", clock: false, at });
  await expect(claimOrigin(store, { as: null, clock: true, at })).rejects.toMatchObject({ code: "origin-real" });
});
