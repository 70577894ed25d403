import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { startMailServer } from "../adapters/mail/mail-server.ts";
import { type Emulator, generateSchool, startEmulator } from "../emulator/index.ts";
import { startFakePrinter } from "../support/fake-printer.ts";
import { freshDatabase } from "../support/postgres.ts";
import { startRedis } from "../support/redis.ts";
import { journalOf, sverka, type Variables } from "./sverka.ts";

let folder: string;
let emulator: Emulator;
let database: Awaited<ReturnType<typeof freshDatabase>>;
let env: Variables;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sverka-doctor-"));
  emulator = await startEmulator({ school: generateSchool({ seed: 3, classes: 1, pupils: 4, to: "2026-09-10" }) });
  database = await freshDatabase();
  const config = join(folder, "config");
  mkdirSync(config);
  writeFileSync(join(config, "school.yaml"), "mail: { deputyDirector: zavuch@school.example }\n");
  env = {
    ...journalOf(emulator),
    DATABASE_URL: database.url,
    SVERKA_DATA: join(folder, "data"),
    SVERKA_CONFIG: config,
    LOG_LEVEL: "silent",
  };
});
afterAll(async () => {
  await emulator.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** What each look found, and the exit code; the words are the same as those for people. */
async function examined(over: Variables = {}) {
  const { code, stdout } = await sverka(["doctor", "--json"], { ...env, ...over });
  const findings = JSON.parse(stdout) as { what: string; state: string; sentence: string }[];
  return { code, states: Object.fromEntries(findings.map(({ what, state }) => [what, state])), findings };
}
const sentenceOf = (findings: readonly { what: string; sentence: string }[], what: string) =>
  findings.find((one) => one.what === what)?.sentence ?? "";

describe("sverka doctor", () => {
  it("finds nothing wrong where all is well: Redis, a mail server and an administrator's account", async () => {
    const redis = await startRedis();
    const mail = await startMailServer(["accept"]);
    onTestFinished(async () => {
      await redis.stop();
      await mail.close();
    });
    const { code, states, findings } = await examined({ REDIS_URL: redis.url, SMTP_URL: mail.url });
    expect({ code, states }).toEqual({
      code: 0,
      states: {
        настройки: "good",
        база: "good",
        "папка данных": "good",
        очередь: "good",
        журнал: "good",
        почта: "good",
        принтер: "good",
        шрифты: "good",
      },
    });
    expect(sentenceOf(findings, "принтер")).toMatch(/^распечатки ложатся в .*print$/);
    expect(sentenceOf(findings, "очередь")).toBe("Redis отвечает");
    expect(sentenceOf(findings, "журнал")).toContain("сборка 4.1");
    expect(mail.letters).toEqual([]);
  });

  it("says of each thing that is wrong how to mend it, and looks at the others all the same", async () => {
    const redis = await startRedis();
    const mail = await startMailServer(["accept"]);
    await redis.stop();
    await mail.close();
    const over = { REDIS_URL: redis.url, SMTP_URL: mail.url, AVERS_PASSWORD: "старый" };
    const { code, states, findings } = await examined(over);
    expect(code).toBe(1);
    expect(states).toMatchObject({ база: "good", очередь: "bad", журнал: "bad", почта: "bad", шрифты: "good" });
    expect(sentenceOf(findings, "очередь")).toContain("уберите REDIS_URL");
    expect(sentenceOf(findings, "журнал")).toContain("войдя с ними в журнал в браузере");
    expect(sentenceOf(findings, "почта")).toContain("SMTP_URL");
    expect(JSON.stringify(findings)).not.toContain("старый");
  });

  it("asks the printer whether it is one", async () => {
    const fake = await startFakePrinter();
    onTestFinished(() => fake.close());
    const good = await examined({ SVERKA_PRINTER: fake.url });
    expect(sentenceOf(good.findings, "принтер")).toBe(`${fake.url} отвечает`);
    fake.mishap = () => "html";
    const { code, findings } = await examined({ SVERKA_PRINTER: fake.url.replace("//", "//user:тайна@") });
    expect(code).toBe(1);
    expect(sentenceOf(findings, "принтер")).toContain("отвечает не принтер, а веб-страница");
    expect(JSON.stringify(findings)).not.toContain("тайна");
  });

  it("notes what may be meant so, and still answers 0", async () => {
    const { login, password } = emulator.credentials.teacher;
    const over = { SVERKA_CONFIG: join(folder, "none"), AVERS_LOGIN: login, AVERS_PASSWORD: password };
    const { code, states, findings } = await examined(over);
    expect({ code, states }).toMatchObject({
      code: 0,
      states: { настройки: "note", очередь: "good", журнал: "note", почта: "note" },
    });
    expect(sentenceOf(findings, "настройки")).toContain("взяты значения по умолчанию");
    expect(sentenceOf(findings, "журнал")).toContain("(учитель) может видеть не всю школу");
    expect(sentenceOf(findings, "почта")).toContain("впишите mail: deputyDirector");
  });

  it("says in plain lines that the journal does not answer", async () => {
    const gone = await startEmulator({ school: generateSchool({ seed: 3, classes: 1, pupils: 2, to: "2026-09-05" }) });
    await gone.close();
    const ran = await sverka(["doctor"], { ...env, AVERS_URL: gone.url });
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain("✓ база: сервер из DATABASE_URL отвечает\n");
    expect(ran.stdout).toMatch(/✗ журнал: Журнал не отвечает .*AVERS_URL/);
  });

  it.each([
    ["a database that is not there", { DATABASE_URL: "postgresql://sverka@127.0.0.1:1/none" }, "DATABASE_URL"],
    ["a data folder that cannot be", { SVERKA_DATA: "/dev/null/data" }, "SVERKA_DATA"],
    ["a variable that is none", { SVERKA_PORT: "дверь" }, "SVERKA_PORT"],
    ["a printer's address that is none", { SVERKA_PRINTER: "http://printer.example" }, "SVERKA_PRINTER"],
  ])("says what hinders it to begin: %s", async (_, over, word) => {
    const { code, states, findings } = await examined(over as unknown as Variables);
    expect({ code, states }).toEqual({ code: 1, states: { "настройки и база": "bad" } });
    expect(sentenceOf(findings, "настройки и база")).toContain(word);
  });

  it("names the file and the line of a wrong setting", async () => {
    const config = join(folder, "wrong");
    mkdirSync(config);
    writeFileSync(join(config, "school.yaml"), "zone: Moscow\n");
    const { code, findings } = await examined({ SVERKA_CONFIG: config });
    expect(code).toBe(1);
    expect(findings).toEqual([
      {
        what: "настройки и база",
        state: "bad",
        sentence: `${join(config, "school.yaml")}, строка 1: «zone» – нужен часовой пояс вида Europe/Moscow.`,
      },
    ]);
  });
});
