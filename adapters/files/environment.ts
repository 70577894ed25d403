import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import { z } from "zod";
import { SverkaError } from "../../src/domain/error.ts";
import { nearest } from "../../src/domain/nearest.ts";
import type { EpochMs } from "../../src/domain/time.ts";

/** Places and secrets, as the environment gives them. What is not set is null. */
export interface Environment {
  /** The journal's address: http or https, a path is kept, no `/` at its end. */
  readonly aversUrl: string | null;
  readonly aversLogin: string | null;
  readonly aversPassword: string | null;
  /** The folder of the embedded database, the outbox and prints. */
  readonly data: string;
  /** The folder of the YAML files. */
  readonly config: string;
  /** Null: the embedded PostgreSQL. */
  readonly databaseUrl: string | null;
  /** Null: the queue runs in PostgreSQL. */
  readonly redisUrl: string | null;
  /** Null: letters become files. */
  readonly smtpUrl: string | null;
  /** Null: prints become files. */
  readonly printer: string | null;
  /** The instant from which a simulated clock starts; null: the real time. */
  readonly clock: EpochMs | null;
  readonly host: string;
  readonly port: number;
  /** The page's address as people's browsers name it, without a `/` at its end; null: this computer's own. */
  readonly address: string | null;
  /** Paths of the page's own certificate and key. */
  readonly tlsCert: string | null;
  readonly tlsKey: string | null;
  /** Addresses or networks of the proxy before the page. */
  readonly proxies: readonly string[];
  readonly logLevel: LogLevel;
}

export type LogLevel = (typeof logLevels)[number];

const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Reads the environment. Each of `AVERS_URL`, `AVERS_LOGIN`, `AVERS_PASSWORD`, `DATABASE_URL`, `REDIS_URL`, `SMTP_URL` and `SVERKA_PRINTER` may be given as `…_FILE`, the
 * path of a file that holds the value. An empty variable is not set. Throws a `SverkaError` of kind `configuration`, which never shows a value.
 */
export function readEnvironment(env: Variables): Environment {
  return {
    aversUrl:
      address(env, "AVERS_URL", ["http:", "https:"], "http://journal.example:8080")?.replace(/\/+$/, "") ?? null,
    aversLogin: secret(env, "AVERS_LOGIN"),
    aversPassword: secret(env, "AVERS_PASSWORD"),
    data: plain(env, "SVERKA_DATA") ?? "./data",
    config: plain(env, "SVERKA_CONFIG") ?? "./config",
    databaseUrl: address(
      env,
      "DATABASE_URL",
      ["postgres:", "postgresql:"],
      "postgresql://имя:пароль@сервер:5432/sverka",
    ),
    redisUrl: address(env, "REDIS_URL", ["redis:", "rediss:"], "redis://сервер:6379"),
    smtpUrl: address(env, "SMTP_URL", ["smtp:", "smtps:"], "smtp://имя:пароль@сервер:587"),
    printer: printer(env),
    clock: clock(env),
    host: plain(env, "SVERKA_HOST") ?? "127.0.0.1",
    port: port(env),
    address: publicAddress(env),
    tlsCert: plain(env, "SVERKA_TLS_CERT"),
    tlsKey: plain(env, "SVERKA_TLS_KEY"),
    proxies: proxies(env),
    logLevel: logLevel(env),
  };
}

function plain(env: Variables, name: string): string | null {
  const value = env[name]?.trim();
  return value === undefined || value === "" ? null : value;
}

/** The value itself or the file's content without the line break at its end. A password may begin or end with spaces. */
function secret(env: Variables, name: string): string | null {
  const direct = env[name] === "" ? undefined : env[name];
  const path = plain(env, `${name}_FILE`);
  if (path === null) return direct ?? null;
  if (direct !== undefined) throw invalid(`Заданы сразу ${name} и ${name}_FILE: оставьте что-то одно.`);
  const value = contentOf(path, name);
  if (value === "") throw invalid(`Файл «${path}», названный в ${name}_FILE, пуст: впишите в него значение.`);
  return value;
}

function contentOf(path: string, name: string): string {
  try {
    return readFileSync(path, "utf8")
      .replace(/^\uFEFF/, "")
      .replace(/\r?\n$/, "");
  } catch (cause) {
    throw invalid(`Файл «${path}», названный в ${name}_FILE, не читается: проверьте путь и права.`, cause);
  }
}

function address(env: Variables, name: string, protocols: readonly string[], example: string): string | null {
  const value = secret(env, name)?.trim() ?? null;
  if (value === null) return null;
  const url = URL.parse(value);
  if (url === null || !protocols.includes(url.protocol) || (url.hostname === "" && url.search === "")) {
    throw invalid(`${name} – не адрес вида ${example}: исправьте его.`);
  }
  return value;
}

/** What exactly may stand in it the printer itself says; a slip of the pen is told here, before anything is opened. */
function printer(env: Variables): string | null {
  return address(env, "SVERKA_PRINTER", ["ipp:", "ipps:"], "ipp://принтер:631/ipp/print");
}

function clock(env: Variables): EpochMs | null {
  const value = plain(env, "SVERKA_CLOCK");
  if (value === null) return null;
  try {
    return Temporal.Instant.from(value).epochMilliseconds;
  } catch (cause) {
    throw invalid(
      `SVERKA_CLOCK – не время со смещением вида 2026-10-05T12:00:00+03:00: исправьте его или уберите.`,
      cause,
    );
  }
}

function port(env: Variables): number {
  const value = plain(env, "SVERKA_PORT");
  if (value === null) return 3000;
  const parsed = z.coerce.number().int().min(0).max(65_535).safeParse(value);
  if (!parsed.success) throw invalid("SVERKA_PORT – не номер порта от 0 до 65535: исправьте его.");
  return parsed.data;
}

function publicAddress(env: Variables): string | null {
  const value = plain(env, "SVERKA_ADDRESS")?.replace(/\/+$/, "") ?? null;
  if (value === null) return null;
  const url = URL.parse(value);
  if (url === null || !["http:", "https:"].includes(url.protocol) || url.origin !== value.toLowerCase())
    throw invalid("SVERKA_ADDRESS – не адрес вида https://sverka.school.example: исправьте его.");
  return url.origin;
}

function proxies(env: Variables): string[] {
  const named = plain(env, "SVERKA_PROXY")?.split(/[\s,]+/) ?? [];
  for (const one of named) {
    const [net = "", bits, ...rest] = one.split("/");
    const most = isIP(net) === 6 ? 128 : 32;
    if (isIP(net) === 0 || rest.length > 0 || (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= most)))
      throw invalid("SVERKA_PROXY – не адреса вида 192.0.2.10 или 192.0.2.0/24 через запятую: исправьте.");
  }
  return named;
}

function logLevel(env: Variables): LogLevel {
  const value = plain(env, "LOG_LEVEL")?.toLowerCase() ?? "info";
  const level = logLevels.find((known) => known === value);
  if (level !== undefined) return level;
  const meant = nearest(value, logLevels);
  const hint = meant === null ? `возможно одно из: ${logLevels.join(", ")}` : `возможно, вы имели в виду «${meant}»`;
  throw invalid(`LOG_LEVEL «${value}» неизвестен: ${hint}.`);
}

function invalid(sentence: string, cause?: unknown): SverkaError {
  return new SverkaError("configuration", "environment-invalid", sentence, { cause });
}
