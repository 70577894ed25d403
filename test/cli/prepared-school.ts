import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createAversJournal } from "../../adapters/avers/journal.ts";
import { checkSchool } from "../../src/control/check-school.ts";
import type { StoredFinding } from "../../src/domain/finding.ts";
import { defaultSettings } from "../../src/domain/settings.ts";
import { connectStore } from "../../src/store/connect.ts";
import { claimOrigin } from "../../src/store/origin.ts";
import { ensureSchool } from "../../src/store/schools.ts";
import { syncSchool } from "../../src/sync/sync-school.ts";
import { type EmulatedSchool, generateSchool, startEmulator } from "../emulator/index.ts";
import { freshDatabase } from "../support/postgres.ts";
import { journalOf, type Variables } from "./sverka.ts";

export interface PreparedSchool {
  readonly school: EmulatedSchool;
  readonly findings: readonly StoredFinding[];
  readonly folder: string;
  readonly config: string;
  /**
   * Everything in the environment of one command. Each begins a minute after the one before: a clock that began anew for every command would let a quick
   * command run before a slow one that was ended.
   */
  env(): Variables;
  write(name: string, text: string): string;
  close(): Promise<void>;
}

/** Looks before and after each midnight of a fortnight, and the control's morning. */
const LOOKS = [
  "2026-10-04T23:50",
  ...["05", "06", "07", "08", "09", "12", "14", "17", "20"].map((day) => `2026-10-${day}T00:05`),
  "2026-11-02T07:30",
];

/** A training school after its first quarter, read and checked by passes that ran here: the commands find their store ready. */
export async function prepareSchool(): Promise<PreparedSchool> {
  const zone = "Europe/Moscow";
  const folder = mkdtempSync(join(tmpdir(), "sverka-prepared-"));
  chmodSync(folder, 0o755);
  const config = join(folder, "config");
  const school = generateSchool({ seed: 20, classes: 3, pupils: 18, to: "2026-11-06" });
  const emulator = await startEmulator({ school });
  const database = await freshDatabase();
  const store = connectStore(database.url);
  let now = 0;
  const clock = { now: () => now };
  const { login, password } = emulator.credentials.administrator;
  const journal = createAversJournal({ baseUrl: emulator.url, login, password, clock });
  let findings: readonly StoredFinding[] = [];
  try {
    now = Date.parse(`${LOOKS[0]}:00+03:00`);
    await claimOrigin(store, { as: "simulation", clock: true, at: now });
    const record = await ensureSchool(store, { externalId: "school", name: "Школа", year: 2026, at: now });
    for (const look of LOOKS) {
      now = Date.parse(`${look}:00+03:00`);
      emulator.setClock(now);
      await syncSchool({ store, journal, clock, zone, limits: { share: 0.2, count: 10 } }, record.id);
    }
    const { policy, calendar, mapping } = defaultSettings;
    findings = (await checkSchool({ store, policy, calendar, mapping }, record, now)).findings;
  } finally {
    await store.close();
  }
  const write = (name: string, text: string) => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  };
  return {
    school,
    findings,
    folder,
    config,
    write,
    env() {
      now += 60_000;
      emulator.setClock(now);
      return {
        ...journalOf(emulator),
        DATABASE_URL: database.url,
        SVERKA_DATA: join(folder, "data"),
        SVERKA_CONFIG: config,
        SVERKA_CLOCK: new Date(now).toISOString(),
        LOG_LEVEL: "silent",
      };
    },
    async close() {
      await emulator.close();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
