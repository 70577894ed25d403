import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Environment, readEnvironment } from "../../adapters/files/environment.ts";
import { createLog } from "../../adapters/log/log.ts";
import { type House, type OpenOptions, openHouse } from "../../src/main.ts";
import { type EmulatedSchool, type Emulator, generateSchool, startEmulator } from "../emulator/index.ts";
import { freshDatabase } from "./postgres.ts";

export interface LivingHouse {
  readonly house: House;
  readonly school: EmulatedSchool;
  readonly emulator: Emulator;
  readonly environment: Environment;
  /** The data folder; the outbox is in it. */
  readonly data: string;
  /** Every line that was logged. */
  readonly logged: string[];
  /** Another process on the same database, with other variables. Whoever opens it closes it. */
  again(variables?: Readonly<Record<string, string>>): Promise<House>;
  /** Runs a statement on the database server, from outside the house's database. */
  elsewhere(sql: string): Promise<void>;
  close(): Promise<void>;
}

export interface LivingHouseOptions {
  /** Where the simulated clock begins; null: a real store by the computer's own time. */
  readonly at?: string | null;
  /** Configuration files by name; what is missing has its default. */
  readonly files?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
  readonly generate?: Parameters<typeof generateSchool>[0];
  /** Changes what has been generated, before the journal opens. */
  readonly shape?: (school: EmulatedSchool) => void;
  /** Changes what the files say. */
  readonly adjust?: NonNullable<OpenOptions["adjust"]>;
}

/** The whole house over a generated school: real journal traffic, database, queue, mail. The emulated journal goes by the house's clock. */
export async function openLivingHouse(options: LivingHouseOptions = {}): Promise<LivingHouse> {
  const { at = "2026-11-16T08:00:00+03:00", files = {}, variables = {} } = options;
  const school = generateSchool(options.generate ?? { seed: 20, classes: 3, pupils: 18 });
  options.shape?.(school);
  const clock: { now: () => number } = { now: () => Date.now() };
  const emulator = await startEmulator({ school, clock: () => clock.now() });
  const database = await freshDatabase();
  const folder = mkdtempSync(join(tmpdir(), "sverka-house-"));
  chmodSync(folder, 0o755);
  const [data, config] = [join(folder, "data"), join(folder, "config")];
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(config, name)), { recursive: true });
    writeFileSync(join(config, name), text);
  }
  const { login, password } = emulator.credentials.administrator;
  const given: Record<string, string> = {
    AVERS_URL: emulator.url,
    AVERS_LOGIN: login,
    AVERS_PASSWORD: password,
    DATABASE_URL: database.url,
    SVERKA_DATA: data,
    SVERKA_CONFIG: config,
    SVERKA_PORT: "0",
    LOG_LEVEL: "debug",
    ...(at === null ? {} : { SVERKA_CLOCK: at }),
    ...variables,
  };
  const logged: string[] = [];
  const open = (more: Readonly<Record<string, string>> = {}) =>
    openHouse({
      environment: readEnvironment({ ...given, ...more }),
      as: at === null ? "real" : "simulation",
      ...(options.adjust === undefined ? {} : { adjust: options.adjust }),
      log: createLog({ level: "debug", pretty: false, to: { write: (line) => void logged.push(line) } }),
    });
  const house = await open();
  clock.now = () => house.clock.now();
  return {
    house,
    school,
    emulator,
    environment: house.environment,
    data,
    logged,
    again: open,
    elsewhere: database.elsewhere,
    async close() {
      await house.close();
      await emulator.close();
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
