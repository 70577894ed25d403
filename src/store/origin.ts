import { SverkaError } from "../domain/error.ts";
import type { EpochMs } from "../domain/time.ts";
import type { Store } from "./connect.ts";

/**
 * Marks a new store as real or simulated for ever, and holds simulated clocks off real stores: invented times never mix with a school's facts.
 * `clock`: whether the clock is a simulated one. Throws `origin-…` (configuration).
 */
export async function claimOrigin(
  store: Store,
  wanted: { simulation: boolean; clock: boolean; at: EpochMs },
): Promise<void> {
  const known = await isSimulation(store);
  if (known === null && wanted.clock && !wanted.simulation) {
    throw refusal(
      "origin-unmarked",
      "Учебные часы (SVERKA_CLOCK) возможны только в учебном хранилище: сначала выполните «sverka init --simulation».",
    );
  }
  if (known === null) {
    await store.prisma.origin.createMany({
      data: [{ id: 1, simulation: wanted.simulation, createdAt: new Date(wanted.at) }],
      skipDuplicates: true,
    });
  }
  if (known === false && wanted.simulation) {
    throw refusal(
      "origin-real",
      "Это хранилище настоящей школы, учебным оно стать не может: укажите другую папку в SVERKA_DATA.",
    );
  }
  if (known === false && wanted.clock) {
    throw refusal(
      "origin-real",
      "Это хранилище настоящей школы, учебные часы в нём запрещены: уберите SVERKA_CLOCK или укажите другую папку в SVERKA_DATA.",
    );
  }
}

/** Whether the store holds a simulation; null while it has not been marked. */
export async function isSimulation(store: Store): Promise<boolean | null> {
  const origin = await store.prisma.origin.findUnique({ where: { id: 1 } });
  return origin?.simulation ?? null;
}

const refusal = (code: string, sentence: string) => new SverkaError("configuration", code, sentence);
