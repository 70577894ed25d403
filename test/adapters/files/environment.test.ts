import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readEnvironment } from "../../../adapters/files/environment.ts";

let folder = "";
let file = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sverka-environment-"));
  file = join(folder, "secret");
  await writeFile(file, " п@роль \r\n");
  await writeFile(join(folder, "empty"), "\n");
});
afterAll(() => rm(folder, { recursive: true }));

const refusal = (env: Record<string, string>): string => {
  try {
    readEnvironment(env);
  } catch (error) {
    expect(error).toMatchObject({ name: "SverkaError", kind: "configuration", code: "environment-invalid" });
    return (error as Error).message;
  }
  throw new Error("not refused");
};

describe("the environment", () => {
  it("needs nothing", () => {
    expect(readEnvironment({ AVERS_URL: "", SVERKA_PORT: " " })).toEqual({
      aversUrl: null,
      aversLogin: null,
      aversPassword: null,
      data: "./data",
      config: "./config",
      databaseUrl: null,
      redisUrl: null,
      smtpUrl: null,
      printer: null,
      clock: null,
      host: "127.0.0.1",
      port: 3000,
      address: null,
      tlsCert: null,
      tlsKey: null,
      proxies: [],
      logLevel: "info",
    });
  });

  it("tells places and secrets", () => {
    const environment = readEnvironment({
      AVERS_URL: "http://journal.example:8080/school/",
      AVERS_LOGIN: "Завуч",
      AVERS_PASSWORD_FILE: file,
      DATABASE_URL: "postgresql://me:secret@db.example/sverka",
      REDIS_URL: "rediss://redis.example:6380",
      SMTP_URL: "smtp://mail.example:25",
      SVERKA_CLOCK: "2026-10-05T12:00:00+03:00",
      SVERKA_PORT: "0",
      SVERKA_HOST: "::1",
      LOG_LEVEL: "DEBUG",
    });
    expect(environment).toMatchObject({
      aversUrl: "http://journal.example:8080/school",
      aversLogin: "Завуч",
      aversPassword: " п@роль ",
      redisUrl: "rediss://redis.example:6380",
      clock: Date.parse("2026-10-05T09:00:00Z"),
      port: 0,
      host: "::1",
      logLevel: "debug",
    });
  });

  it("takes a database behind a socket", () => {
    expect(readEnvironment({ DATABASE_URL: "postgresql:///sverka?host=/run/postgresql" }).databaseUrl).toContain(
      "/run",
    );
  });
});

describe("a mistake in it", () => {
  it.each([
    [{ AVERS_URL: "ftp://journal.example" }, "AVERS_URL"],
    [{ AVERS_URL: "journal.example:8080" }, "AVERS_URL"],
    [{ SMTP_URL: "http://mail.example" }, "SMTP_URL"],
    [{ DATABASE_URL: "mysql://db.example/x" }, "DATABASE_URL"],
    [{ SVERKA_CLOCK: "2026-10-05T12:00:00" }, "SVERKA_CLOCK"],
    [{ SVERKA_CLOCK: "вчера" }, "SVERKA_CLOCK"],
    [{ SVERKA_PORT: "70000" }, "SVERKA_PORT"],
    [{ SVERKA_PORT: "3000a" }, "SVERKA_PORT"],
    [{ LOG_LEVEL: "verbose" }, "LOG_LEVEL"],
  ])("%j is refused by name", (env, name) => {
    expect(refusal(env as unknown as Record<string, string>)).toContain(name);
  });

  it("is a value given twice, a file that is not there, and an empty one", () => {
    expect(refusal({ AVERS_LOGIN: "a", AVERS_LOGIN_FILE: file })).toBe(
      "Заданы сразу AVERS_LOGIN и AVERS_LOGIN_FILE: оставьте что-то одно.",
    );
    expect(refusal({ SMTP_URL_FILE: join(folder, "nowhere") })).toContain("не читается");
    expect(refusal({ AVERS_PASSWORD_FILE: join(folder, "empty") })).toContain("пуст");
  });

  it("is never answered with the secret itself", () => {
    expect(refusal({ DATABASE_URL: "pg://me:geheim@db.example/x" })).not.toContain("geheim");
    expect(refusal({ LOG_LEVEL: "infos" })).toContain("«info»");
  });

  it("takes the page's address, its certificate and the proxy before it, and refuses a slip of the pen", () => {
    const read = readEnvironment({
      SVERKA_ADDRESS: "https://Sverka.school.example/",
      SVERKA_PROXY: "192.0.2.10, 2001:db8::/32",
      SVERKA_TLS_CERT: "/c",
      SVERKA_TLS_KEY: "/k",
    });
    expect(read).toMatchObject({
      address: "https://sverka.school.example",
      proxies: ["192.0.2.10", "2001:db8::/32"],
      tlsCert: "/c",
      tlsKey: "/k",
    });
    for (const SVERKA_ADDRESS of ["sverka.school.example", "https://a/b", "ftp://a", "https://a?b"])
      expect(() => readEnvironment({ SVERKA_ADDRESS })).toThrow("SVERKA_ADDRESS");
    for (const SVERKA_PROXY of ["proxy", "192.0.2.10/33", "192.0.2.0/24/1", "192.0.2.0/x"])
      expect(() => readEnvironment({ SVERKA_PROXY })).toThrow("SVERKA_PROXY");
  });
});
