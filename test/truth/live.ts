import { createAversJournal } from "../../adapters/avers/journal.ts";
import { checkSchool } from "../../src/control/check-school.ts";
import type { StoredFinding } from "../../src/domain/finding.ts";
import { defaultSettings } from "../../src/domain/settings.ts";
import type { EpochMs } from "../../src/domain/time.ts";
import { connectStore } from "../../src/store/connect.ts";
import { ensureSchool } from "../../src/store/schools.ts";
import { syncSchool } from "../../src/sync/sync-school.ts";
import { type EmulatedSchool, type FaultOrder, startEmulator } from "../emulator/index.ts";
import { freshDatabase } from "../support/postgres.ts";

export interface Look {
  readonly at: EpochMs;
  readonly faults: readonly FaultOrder[];
}

export interface Lived {
  readonly findings: readonly StoredFinding[];
  /** Instants of the passes that were complete: every page answered and was believed. */
  readonly complete: readonly EpochMs[];
  /** The same evaluation once more: it must say the same. */
  readonly again: readonly StoredFinding[];
}

/** The whole way, from real requests to stored findings: a pass at each look, then the rules as of the end. */
export async function liveThrough(school: EmulatedSchool, looks: readonly Look[], end: EpochMs): Promise<Lived> {
  let now = looks[0]?.at ?? end;
  const clock = { now: () => now };
  const emulator = await startEmulator({ school, clock: clock.now });
  const database = await freshDatabase();
  const store = connectStore(database.url);
  try {
    const record = await ensureSchool(store, { externalId: "school", name: "Школа", year: 2026, at: now });
    const { login, password } = emulator.credentials.administrator;
    const complete: EpochMs[] = [];
    for (const look of looks) {
      now = look.at;
      emulator.faults.clear();
      for (const fault of look.faults) emulator.faults.add(fault);
      const journal = createAversJournal({
        baseUrl: emulator.url,
        login,
        password,
        clock,
        retries: 1,
        sleep: async () => undefined,
      });
      const limits = { share: 0.2, count: 10 };
      const pass = await syncSchool({ store, journal, clock, zone: "Europe/Moscow", limits }, record.id).catch(
        () => null,
      );
      if (pass?.state === "done") complete.push(look.at);
    }
    now = end;
    const needs = {
      store,
      policy: defaultSettings.policy,
      calendar: defaultSettings.calendar,
      mapping: defaultSettings.mapping,
    };
    const first = await checkSchool(needs, record, end);
    const second = await checkSchool(needs, record, end);
    return { findings: first.findings, complete, again: second.findings };
  } finally {
    await store.close();
    await database.drop();
    await emulator.close();
  }
}
