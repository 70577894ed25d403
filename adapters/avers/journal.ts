import { setTimeout as wait } from "node:timers/promises";
import { SverkaError } from "../../src/domain/error.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { AccountKind, Journal, JournalSession } from "../../src/ports/journal.ts";
import { journalAddress } from "./address.ts";
import { type Asker, createAsker } from "./asker.ts";
import { readBuild } from "./build.ts";
import { readDirectory } from "./directory.ts";
import { lookOf } from "./emptiness.ts";
import { answerError, refusedError, timeError } from "./errors.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { Sleep } from "./gate.ts";
import { createHttp, type JournalLog } from "./http.ts";
import { fetchPages } from "./pages.ts";
import { readRows } from "./rows.ts";
import { type SignedIn, signIn } from "./sign-in.ts";
import { schoolYear, userData } from "./wire/account.ts";
import { russianDay } from "./wire/requests.ts";

export interface AversOptions {
  readonly baseUrl: string;
  readonly login: string;
  readonly password: string;
  readonly clock: Clock;
  /** IANA zone of the school: «today» in requests. Europe/Moscow by default. */
  readonly zone?: string;
  readonly log?: JournalLog;
  /** Requests at once, 4 by default. */
  readonly maxInFlight?: number;
  /** Pause after each request, milliseconds; 0 by default. */
  readonly pauseMs?: number;
  /** One request with its whole answer, milliseconds; 30 s by default. */
  readonly requestTimeoutMs?: number;
  /** From the sign-in on, milliseconds of real time; an hour by default. */
  readonly passTimeoutMs?: number;
  /** Attempts after the first one, 4 by default. */
  readonly retries?: number;
  readonly backoff?: { readonly baseMs?: number; readonly capMs?: number };
  /** 64 MiB by default. */
  readonly maxAnswerBytes?: number;
  /** Whether the journal's own clock counts beside this computer's, so that a wrong one accuses nobody; false by default, as for simulated time. */
  readonly secondClock?: boolean;
  readonly random?: () => number;
  readonly sleep?: Sleep;
}

const SILENT: JournalLog = { debug: () => {}, warn: () => {} };
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * The journal «АВЕРС: Электронный Классный Журнал», 3.1 and 4.1, by avers-protocol.md. Believes nothing.
 * Throws `journal-address` (configuration) at once.
 */
export function createAversJournal(options: AversOptions): Journal {
  const baseUrl = journalAddress(options.baseUrl);
  const { clock, login, password, zone = "Europe/Moscow", maxInFlight = 4, log = SILENT } = options;
  return {
    async signIn(outer) {
      const lifetime = lasting(options.passTimeoutMs ?? 60 * 60_000);
      const signal = within(lifetime, outer);
      const http = createHttp({
        baseUrl,
        clock,
        log,
        maxInFlight,
        pauseMs: options.pauseMs ?? 0,
        requestTimeoutMs: options.requestTimeoutMs ?? 30_000,
        retries: options.retries ?? 4,
        backoff: { baseMs: 500, capMs: 30_000, ...options.backoff, random: options.random ?? Math.random },
        sleep: options.sleep ?? sleep,
        maxAnswerBytes: options.maxAnswerBytes ?? 64 * 1024 * 1024,
        secondClock: options.secondClock ?? false,
      });
      const today = () => Temporal.Instant.fromEpochMilliseconds(clock.now()).toZonedDateTimeISO(zone).toPlainDate();

      const signedIn = await signIn(http, { login, password }, signal);
      const asker = createAsker({ http, cookies: signedIn.cookies, lifetime });
      const user = await askUser(asker, signal);
      const year = await askYear(asker, today(), signal);
      const build = await readBuild(http, asker.note("/"), signal);
      if (build?.known !== true) log.warn({ build: build?.version ?? null }, "journal: unknown build");
      const account = accountOf(signedIn, build?.version ?? null);
      const context = { year, uchId: user.uchId, today: today().toString(), version: build?.version ?? null };
      return {
        account,
        school: { externalId: user.uchId, name: user.schoolName ?? "Школа", maxMark: user.maxMark },
        year,
        build,
        directory: (signal) =>
          readDirectory({
            asker,
            context,
            account: { ...account, ownName: user.name },
            maxInFlight,
            signal: within(lifetime, signal),
          }),
        pages: (wanted, signal) => fetchPages({ asker, context, wanted, maxInFlight, signal, lifetime }),
        get oddities() {
          return asker.oddities;
        },
        get requests() {
          return http.sent;
        },
      } satisfies JournalSession;
    },
    fingerprint: (salt) => fingerprintOf({ baseUrl, login, password }, salt),
  };
}

const sleep: Sleep = (ms, signal) => wait(ms, undefined, signal ? { signal } : {});

/** Aborted with `journal-time` when the pass has lasted too long. */
function lasting(ms: number): AbortSignal {
  const limit = new AbortController();
  setTimeout(() => limit.abort(timeError()), Math.min(ms, LONGEST_TIMER_MS)).unref();
  return limit.signal;
}

const within = (lifetime: AbortSignal, signal: AbortSignal | undefined) =>
  signal === undefined ? lifetime : AbortSignal.any([lifetime, signal]);

/** Cookies that are not taken get an empty answer, here as everywhere. */
async function askUser(asker: Asker, signal: AbortSignal) {
  const ask = () => asker.ask(userData.action, null, signal);
  let { bytes } = await ask();
  if (lookOf(bytes) === "empty") {
    await asker.prove(signal).catch((error: unknown) => {
      throw error instanceof SverkaError && error.code === "journal-lost" ? refusedError() : error;
    });
    ({ bytes } = await ask());
  }
  if (lookOf(bytes) === "empty") throw refusedError();
  const user = readRows(bytes.toString("utf8"), userData, asker.note(userData.action)).rows[0];
  if (user === undefined) throw answerError(userData.action);
  return user;
}

/** `[[]]` for some accounts: then from 1 August on it is the present year (avers-protocol.md § 4). */
async function askYear(asker: Asker, today: Temporal.PlainDate, signal: AbortSignal): Promise<number> {
  const derived = today.month >= 8 ? today.year : today.year - 1;
  const { bytes } = await asker.ask(schoolYear.action, { currentDate: russianDay(today.toString()) }, signal);
  if (lookOf(bytes) === "empty") return derived;
  return readRows(bytes.toString("utf8"), schoolYear, asker.note(schoolYear.action)).rows[0]?.year ?? derived;
}

const KINDS: readonly AccountKind[] = ["administrator", "manager", "teacher", "parent", "pupil", "auditor"];

/** A pupil's own id stands at 8 in 4.1 and at 6 in 3.1; everybody else's at 7 (avers-protocol.md § 2). */
function accountOf({ userId, kind: number, ids }: SignedIn, version: string | null): JournalSession["account"] {
  const kind = KINDS[Number(number)] ?? "unknown";
  const { at6, at7, at8 } = ids;
  if (kind !== "pupil") return { userId, kind, ownId: at7 };
  return { userId, kind, ownId: version === "3.1" ? (at6 ?? at8) : (at8 ?? at6) };
}
