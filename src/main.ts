import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createAversJournal } from "../adapters/avers/journal.ts";
import { createSimulatedClock, type SimulatedClock } from "../adapters/clock/simulated-clock.ts";
import { systemClock } from "../adapters/clock/system-clock.ts";
import type { Environment } from "../adapters/files/environment.ts";
import { loadSettings } from "../adapters/files/settings.ts";
import { createLog, type Log } from "../adapters/log/log.ts";
import { createFolderMailer } from "../adapters/mail/folder-mailer.ts";
import { createSmtpMailer } from "../adapters/mail/smtp-mailer.ts";
import { openDatabase } from "../adapters/postgres/database.ts";
import { createFolderPrinter } from "../adapters/print/folder-printer.ts";
import { createIppPrinter } from "../adapters/print/ipp-printer.ts";
import { SverkaError } from "./domain/error.ts";
import type { Settings } from "./domain/settings.ts";
import type { Clock } from "./ports/clock.ts";
import type { Journal } from "./ports/journal.ts";
import type { Mailer } from "./ports/mailer.ts";
import type { Printer } from "./ports/printer.ts";
import { connectStore, type Store } from "./store/connect.ts";
import { migrate } from "./store/migrate.ts";
import { claimOrigin, isSimulation, type Origin } from "./store/origin.ts";
import { ensureSchool, type SchoolRecord } from "./store/schools.ts";

/** Everything put together: what every command and job stands on. */
export interface House {
  readonly environment: Environment;
  readonly settings: Settings;
  readonly clock: Clock;
  /** The clock, where it may be moved: in a simulation. */
  readonly simulatedClock: SimulatedClock | null;
  readonly log: Log;
  readonly store: Store;
  readonly databaseUrl: string;
  readonly school: SchoolRecord & { readonly zone: string };
  readonly simulation: boolean;
  readonly mailer: Mailer;
  readonly printer: Printer;
  /** With other patience than the settings', if given. Throws `journal-not-set` when the environment does not name the journal. */
  journal(patience?: Partial<Settings["school"]["journal"]>): Journal;
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly environment: Environment;
  /** What a store that has no mark yet becomes, a real one by default; only `sverka init` makes a simulation. Null: who only looks leaves it without a mark. */
  readonly as?: Origin | null;
  readonly log?: Log;
  /** Changes what the files say, before anything is built on it. */
  readonly adjust?: (settings: Settings) => Settings;
}

/** The one school of a small deployment; its journal's address may change without making it another school. */
const SCHOOL = "school";

/** Opens configuration, database and store, and migrates it. Whoever opens it closes it. Throws `SverkaError`s of kind `configuration`. */
export async function openHouse({ environment, as = "real", log, adjust }: OpenOptions): Promise<House> {
  const loaded = await loadSettings(environment.config);
  const settings = adjust?.(loaded) ?? loaded;
  const simulated = environment.clock === null ? null : createSimulatedClock({ startAt: environment.clock });
  const clock = simulated ?? systemClock;
  const logger = log ?? createLog({ level: environment.logLevel, pretty: process.stderr.isTTY });
  const dataFolder = resolve(environment.data);
  await makeFolder(dataFolder);
  const database = await openDatabase({ dataFolder, databaseUrl: environment.databaseUrl, log: logger });
  const store = connectStore(database.url);
  const close = async () => {
    await store.close();
    await database.close();
  };
  try {
    await migrate(database.url);
    await claimOrigin(store, { as, clock: environment.clock !== null, at: clock.now() });
    const { zone, name } = settings.school;
    const year = yearOf(clock.now(), zone);
    const school = await ensureSchool(store, { externalId: SCHOOL, name: name ?? "Школа", year, at: clock.now() });
    // What it took to open the house is no part of the simulated time.
    if (environment.clock !== null) simulated?.set(environment.clock);
    return {
      environment,
      settings,
      clock,
      simulatedClock: simulated,
      log: logger,
      store,
      databaseUrl: database.url,
      school: { ...school, name: name ?? school.name, zone },
      simulation: (await isSimulation(store)) ?? false,
      mailer:
        environment.smtpUrl === null
          ? createFolderMailer({ folder: join(dataFolder, "outbox"), clock, zone })
          : createSmtpMailer({ url: environment.smtpUrl, clock }),
      printer:
        environment.printer === null
          ? createFolderPrinter({ folder: join(dataFolder, "print"), clock, zone })
          : createIppPrinter({ url: environment.printer }),
      journal: (patience) =>
        journalOf(environment, { zone, ...settings.school.journal, ...patience }, { clock, log: logger }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function journalOf(
  environment: Environment,
  settings: Settings["school"]["journal"] & { readonly zone: string },
  { clock, log }: { clock: Clock; log: Log },
): Journal {
  const { aversUrl, aversLogin, aversPassword } = environment;
  if (aversUrl === null || aversLogin === null || aversPassword === null) {
    const missing = Object.entries({ AVERS_URL: aversUrl, AVERS_LOGIN: aversLogin, AVERS_PASSWORD: aversPassword })
      .filter(([, value]) => value === null)
      .map(([name]) => name);
    throw new SverkaError(
      "configuration",
      "journal-not-set",
      `Не задано, где журнал и как в него войти: ${missing.join(", ")}. Выполните «sverka init» или задайте эти переменные (или с окончанием _FILE).`,
    );
  }
  const { inFlight, pauseMs, requestSeconds, passMinutes, retries, zone } = settings;
  return createAversJournal({
    baseUrl: aversUrl,
    login: aversLogin,
    password: aversPassword,
    clock,
    secondClock: environment.clock === null,
    log,
    zone,
    maxInFlight: inFlight,
    pauseMs,
    requestTimeoutMs: requestSeconds * 1000,
    passTimeoutMs: passMinutes * 60_000,
    retries,
  });
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw new SverkaError(
      "configuration",
      "data-folder",
      `Папка данных «${folder}» не создаётся: проверьте путь в SVERKA_DATA и права на него.`,
      {
        cause,
      },
    );
  }
}

/** The year in which the school year began: from 1 August on the present one. */
function yearOf(at: number, zone: string): number {
  const day = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return day.month >= 8 ? day.year : day.year - 1;
}
