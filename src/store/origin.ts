import { SverkaError } from "../domain/error.ts";
import type { EpochMs } from "../domain/time.ts";
import type { Store } from "./connect.ts";

/** What a store is for ever: a real school's, or a training one. */
export type Origin = "real" | "simulation";

/**
 * Marks a new store as real or simulated for ever, and holds simulated clocks off every store that is not marked as a simulation: invented times never mix
 * with a school's facts. `as`: what a store without a mark becomes; null leaves it without one. `clock`: whether the clock is a simulated one. Throws
 * `origin-…` (configuration).
 */
export async function claimOrigin(
  store: Store,
  { as, clock, at }: { as: Origin | null; clock: boolean; at: EpochMs },
): Promise<void> {
  let simulation = await isSimulation(store);
  if (simulation === null && clock && as !== "simulation") {
    throw refusal(
      "origin-unmarked",
      "Учебные часы (SVERKA_CLOCK) возможны только в учебном хранилище: сначала выполните «sverka init --simulation».",
    );
  }
  if (simulation === null && as !== null) {
    // What was brought in before there was a mark came from a real school.
    if (as === "simulation" && (await holdsFacts(store))) throw becomesNone();
    const data = [{ id: 1, simulation: as === "simulation", createdAt: new Date(at) }];
    await store.prisma.origin.createMany({ data, skipDuplicates: true });
    // Another process may have been first.
    simulation = await isSimulation(store);
  }
  if (simulation === false && as === "simulation") throw becomesNone();
  if (simulation === false && clock) {
    throw refusal(
      "origin-real",
      "Это хранилище настоящей школы, учебные часы в нём запрещены: уберите SVERKA_CLOCK или укажите другую папку в SVERKA_DATA.",
    );
  }
}

async function holdsFacts({ pool }: Store): Promise<boolean> {
  const { rows } = await pool.query<{ holds: boolean }>(
    'SELECT EXISTS (SELECT FROM pass) OR EXISTS (SELECT FROM import) OR EXISTS (SELECT FROM scan_file) AS "holds"',
  );
  return rows[0]?.holds === true;
}

const becomesNone = () =>
  refusal(
    "origin-real",
    "Это хранилище настоящей школы, учебным оно стать не может: укажите другую папку в SVERKA_DATA.",
  );

/** Whether the store holds a simulation; null while it has not been marked. */
export async function isSimulation(store: Store): Promise<boolean | null> {
  const { rows } = await store.pool.query<{ simulation: boolean }>("SELECT simulation FROM origin WHERE id = 1");
  return rows[0]?.simulation ?? null;
}

const refusal = (code: string, sentence: string) => new SverkaError("configuration", code, sentence);
