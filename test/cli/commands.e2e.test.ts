import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { connectStore } from "../../src/store/connect.ts";
import { type Emulator, generateSchool, startEmulator } from "../emulator/index.ts";
import { freshDatabase } from "../support/postgres.ts";
import { journalOf, type Ran, sverka, type Variables } from "./sverka.ts";

/** An instant as programs want it: with its offset. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+03:00$/;
const FIRST = "2026-09-09T15:00:00+03:00";
const SECOND = "2026-09-18T07:30:00+03:00";

let folder: string;
let emulator: Emulator;
let database: Awaited<ReturnType<typeof freshDatabase>>;

/** A training school with everything in the environment, at an instant of its own clock and its journal's. */
function at(clock: string, over: Variables = {}): Variables {
  emulator.setClock(Date.parse(clock));
  return {
    ...journalOf(emulator),
    DATABASE_URL: database.url,
    SVERKA_DATA: join(folder, "data"),
    SVERKA_CONFIG: join(folder, "config"),
    SVERKA_CLOCK: clock,
    LOG_LEVEL: "silent",
    ...over,
  };
}

/** The one document on stdout; anything beside it is an error. */
const documentOf = ({ stdout }: Ran) => JSON.parse(stdout);

async function counted(sql: string): Promise<number> {
  const store = connectStore(database.url);
  try {
    return Number((await store.pool.query(sql)).rows[0]?.n);
  } finally {
    await store.close();
  }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sverka-cli-"));
  emulator = await startEmulator({ school: generateSchool({ seed: 7, classes: 4, pupils: 32, to: "2026-09-30" }) });
  database = await freshDatabase();
});
afterAll(async () => {
  await emulator.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

describe("a school from its first day, command by command", () => {
  let late: { id: string; dueAt: string };

  it("init with everything in the environment asks nothing, makes what is needed, and can be repeated", async () => {
    const first = await sverka(["init", "--simulation"], at(FIRST));
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(first.stdout).toContain("(УЧЕБНЫЕ ДАННЫЕ)");
    expect(first.stdout).toContain(`Журнал: ${emulator.url}, вход: ${emulator.credentials.administrator.login}.`);
    expect(first.stdout).not.toContain(emulator.credentials.administrator.password);
    expect(readdirSync(join(folder, "config"))).toEqual(readdirSync("config"));
    const school = join(folder, "config", "school.yaml");
    writeFileSync(
      school,
      readFileSync(school, "utf8").replace("deputyDirector:", "deputyDirector: zavuch@school.example"),
    );
    const again = await sverka(["init", "--simulation"], at(FIRST));
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining("уже были, не тронуты") });
    expect(readFileSync(school, "utf8")).toContain("zavuch@school.example");
    expect(existsSync(join(folder, "data", "journal.json"))).toBe(false);
  });

  it("check before any pass says that nothing has been read yet", async () => {
    const { code, stderr, stdout } = await sverka(["check"], at(FIRST));
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: "Журнал ещё не читали, проверять нечего: сначала выполните «sverka sync».\n",
    });
    expect(stdout).toContain("УЧЕБНЫЕ ДАННЫЕ");
  });

  it("sync tells what it did, in one document or in words", async () => {
    const first = await sverka(["sync", "--json"], at(FIRST));
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(documentOf(first)).toMatchObject({
      state: "done",
      resumed: false,
      pagesFailed: 0,
      troubles: [],
      startedAt: expect.stringMatching(INSTANT),
      finishedAt: expect.stringMatching(INSTANT),
    });
    const second = await sverka(["sync"], at(SECOND));
    expect(second.code).toBe(0);
    expect(second.stdout).toMatch(/^Проход 2 закончен за [\d,]+ с\.\nСтраниц: /);
  });

  it("sync with pages missing is done with trouble, and says which", async () => {
    const env = at(SECOND);
    emulator.faults.add({ kind: "error-500", action: "GET_STUDENT_MESSAGES" });
    onTestFinished(() => emulator.faults.clear());
    writeFileSync(
      join(folder, "config", "school.yaml"),
      "journal: { retries: 0 }\nmail: { deputyDirector: zavuch@school.example }\n",
    );
    const ran = await sverka(["sync", "--json"], env);
    expect(ran.code).toBe(1);
    const { state, pagesFailed, troubles } = documentOf(ran);
    expect({ state, pagesFailed }).toEqual({ state: "trouble", pagesFailed: troubles.length });
    expect(troubles[0]).toMatchObject({ code: "page-failed", at: expect.stringMatching(INSTANT), kind: "messages" });
    emulator.faults.clear();
    expect((await sverka(["sync"], env)).code).toBe(0);
  });

  it("check counts as open what is proved and neither settled nor waived", async () => {
    const { findings } = documentOf(await sverka(["check", "--json"], at(SECOND)));
    const open = findings.filter(
      ({ status, verdict }: { status: string; verdict: string }) => status === "open" && verdict !== "unproved",
    );
    const { stdout } = await sverka(["check"], at(SECOND));
    expect(open.length).toBeGreaterThan(0);
    expect(stdout).toContain(`, открытых ${open.length}. Почему`);
  });

  it("check gives each finding the fields that programs rely on, and the same ones each time", async () => {
    const ran = await sverka(["check", "--json"], at(SECOND));
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    const { findings, asOf, saved } = documentOf(ran);
    expect({ asOf, saved }).toEqual({ asOf: expect.stringMatching(INSTANT), saved: true });
    expect(findings.length).toBeGreaterThan(20);
    const [text, instant] = [expect.any(String), expect.stringMatching(INSTANT)];
    for (const finding of findings) {
      expect(finding).toMatchObject({ id: text, rule: text, clause: text });
      expect(["open", "settled", "withdrawn", "waived"]).toContain(finding.status);
      expect(["late", "missing", "violation", "unproved"]).toContain(finding.verdict);
      for (const moment of ["dueAt", "absentAt", "seenAt"]) expect([null, instant]).toContainEqual(finding[moment]);
      for (const id of ["class", "subject", "lessonDate", "lessonExternalId", "pupilExternalId", "accountable"])
        expect([null, text]).toContainEqual(finding[id]);
    }
    late = findings.find((one: { verdict: string }) => one.verdict === "late");
    expect(late).toMatchObject({
      dueAt: instant,
      absentAt: instant,
      seenAt: instant,
      lessonExternalId: text,
      status: "settled",
    });
    expect(new Set(findings.map(({ id }: { id: string }) => id)).size).toBe(findings.length);

    const again = documentOf(await sverka(["check", "--json"], at(SECOND)));
    expect(again.findings).toEqual(findings);
  });

  it("check tells people the rules by their names", async () => {
    const { stdout } = await sverka(["check"], at(SECOND));
    expect(stdout).toMatch(/^УЧЕБНЫЕ ДАННЫЕ. Проверка на 18\sсентября 2026\sг., 07:3\d.\n/);
    expect(stdout).toMatch(/^Урок записан в день проведения \(lesson-same-day\): вовремя \d+, позже срока \d+/m);
    expect(stdout).toMatch(/^ {2}[0-9a-z]{16} {2}\S.*\d{1,2}\.\d\d/m);
  });

  it("check of an earlier moment shows and keeps nothing", async () => {
    const before = await counted("SELECT count(*) AS n FROM finding_event");
    const ran = await sverka(["check", "--as-of", "2026-09-10T00:10:00+03:00", "--json"], at(SECOND));
    expect(documentOf(ran)).toMatchObject({ asOf: "2026-09-10T00:10:00+03:00", saved: false });
    expect(await counted("SELECT count(*) AS n FROM finding_event")).toBe(before);
  });

  it("explain tells a teacher the whole story of a finding, by its number or the beginning of it", async () => {
    const { id, dueAt } = late;
    const whole = await sverka(["explain", id], at(SECOND));
    expect(whole).toMatchObject({ code: 0, stderr: "" });
    expect(whole.stdout).toContain("Порядок");
    const [year, month, day] = dueAt.slice(0, 10).split("-");
    expect(whole.stdout.includes(`${day}.${month}.${year}`) || whole.stdout.includes(String(Number(day)))).toBe(true);
    const short = await sverka(["explain", id.slice(0, 12).toUpperCase()], at(SECOND));
    expect(short.stdout).toBe(whole.stdout);
    expect(await sverka(["explain", "0000000000"], at(SECOND))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("Замечания «0000000000» нет"),
    });
    expect(await sverka(["explain", "№ 5"], at(SECOND))).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("не номер замечания"),
    });
  });

  it("mail --dry-run shows the letter and leaves nothing behind", async () => {
    const shown = await sverka(["mail", "--dry-run"], at(SECOND));
    expect(shown).toMatchObject({
      code: 0,
      stderr: "",
      stdout: expect.stringMatching(/^Кому: zavuch@school.example\nТема: /),
    });
    expect(documentOf(await sverka(["mail", "--dry-run", "--json"], at(SECOND)))).toMatchObject({
      dryRun: true,
      to: ["zavuch@school.example"],
      subject: expect.any(String),
      text: expect.any(String),
    });
    expect(await counted("SELECT count(*) AS n FROM delivery")).toBe(0);
    expect(existsSync(join(folder, "data", "outbox"))).toBe(false);
  });

  it("mail sends one letter a day, and another on the next", async () => {
    const letters = () => readdirSync(join(folder, "data", "outbox")).filter((name) => name.endsWith(".eml")).length;
    const first = await sverka(["mail", "--json"], at(SECOND));
    expect(first).toMatchObject({ code: 0, stderr: "" });
    expect(documentOf(first)).toMatchObject({ day: "2026-09-18", enqueued: 1, sent: 1, delayed: 0, refused: 0 });
    expect(letters()).toBe(1);
    const second = await sverka(["mail"], at("2026-09-18T18:00:00+03:00"));
    expect(second).toMatchObject({ code: 0, stdout: expect.stringContaining("второго не будет") });
    expect(letters()).toBe(1);
    await sverka(["mail"], at("2026-09-21T07:00:00+03:00"));
    expect(letters()).toBe(2);
  });

  it("mail without an address says where to write it", async () => {
    const config = join(folder, "no-address");
    const ran = await sverka(["mail", "--json"], at(SECOND, { SVERKA_CONFIG: config }));
    expect(ran.code).toBe(2);
    expect(documentOf(ran)).toEqual({
      error: { code: "mail-recipient", message: expect.stringContaining("school.yaml") },
    });
  });

  it("notices prints one PDF of the paper families, or tells who may be one", async () => {
    const out = join(folder, "печать");
    const list = documentOf(await sverka(["notices", "--list", "--json"], at(SECOND)));
    expect(list).toHaveLength(32);
    expect(list[0]).toMatchObject({ externalId: expect.any(String), className: expect.any(String) });
    const order = ["notices", "--from", "07.09.2026", "--to", "2026-09-18", "--out", out];
    const everybody = await sverka([...order, "--json"], at(SECOND));
    expect(everybody).toMatchObject({ code: 0, stderr: "" });
    expect(documentOf(everybody)).toMatchObject({
      notices: 32,
      everybody: true,
      files: [expect.stringMatching(/\.pdf$/)],
    });

    writeFileSync(join(folder, "config", "paper-families.yaml"), `families:\n  - pupil: "${list[3].externalId}"\n`);
    const one = await sverka(order, at(SECOND));
    expect(one).toMatchObject({ code: 0, stdout: expect.stringContaining("Распечаток: 1, классов: 1.") });
    const file = join(out, "Уведомления 2026-09-07 – 2026-09-18.pdf");
    expect(readFileSync(file).subarray(0, 5).toString()).toBe("%PDF-");
  });

  it("notices preview shows one pupil's notice, records nothing, and refuses a broken template with its line", async () => {
    const [{ externalId }] = documentOf(await sverka(["notices", "--list", "--json"], at(SECOND)));
    const out = join(folder, "образец.pdf");
    const printed = () => counted("SELECT count(*) AS n FROM notice");
    const before = await printed();
    const ran = await sverka(["notices", "preview", "--pupil", externalId, "--out", out, "--json"], at(SECOND));
    expect(ran).toMatchObject({ code: 0, stderr: "" });
    expect(documentOf(ran)).toEqual({ file: out, from: "2026-09-05", to: "2026-09-18" });
    expect(readFileSync(out).subarray(0, 5).toString()).toBe("%PDF-");
    expect(await printed()).toBe(before);

    const templates = join(folder, "config", "templates");
    mkdirSync(templates);
    onTestFinished(() => rmSync(templates, { recursive: true }));
    writeFileSync(join(templates, "hand-out.typ"), "#let hand-out(list) = [\n  #list.title");
    const broken = await sverka(["notices", "preview", "--pupil", externalId, "--out", out], at(SECOND));
    expect(broken).toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringMatching(/В шаблоне «hand-out\.typ», строка \d, ошибка: не закрыта скобка/),
    });
  });

  it("notices preview of nobody says where the numbers are", async () => {
    const ran = await sverka(["notices", "preview", "--pupil", "0"], at(SECOND));
    expect(ran).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("sverka notices --list") });
  });

  it("notices with its days the wrong way round says so", async () => {
    const ran = await sverka(["notices", "--from", "2026-09-18", "--to", "2026-09-07", "--out", folder], at(SECOND));
    expect(ran).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("поменяйте даты местами") });
  });
});

describe("what ends a command", () => {
  it("a refused sign-in is code 3, after one attempt", async () => {
    const env = at(SECOND, { AVERS_PASSWORD: "не тот" });
    const before = emulator.requests.filter(({ action }) => action === "LOGIN").length;
    const ran = await sverka(["sync", "--json"], env);
    expect(ran.code).toBe(3);
    expect(documentOf(ran)).toEqual({
      error: { code: "journal-refused", message: expect.stringContaining("не принял логин или пароль") },
    });
    expect(ran.stderr).toContain("не принял логин или пароль");
    expect(emulator.requests.filter(({ action }) => action === "LOGIN").length - before).toBe(1);
  });

  it("a journal that does not answer is code 3", async () => {
    const gone = await startEmulator({ school: generateSchool({ seed: 1, classes: 1, pupils: 2, to: "2026-09-05" }) });
    await gone.close();
    const ran = await sverka(["sync", "--json"], at(SECOND, { AVERS_URL: gone.url }));
    expect(ran.code).toBe(3);
    expect(documentOf(ran).error).toMatchObject({
      code: "journal-unreachable",
      message: expect.stringContaining("AVERS_URL"),
    });
  });

  it("a journal that nobody has named is code 2", async () => {
    const ran = await sverka(["sync"], at(SECOND, { AVERS_LOGIN: "", AVERS_PASSWORD: "" }));
    expect(ran).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("AVERS_LOGIN, AVERS_PASSWORD") });
  });

  it("a wrong configuration file is code 2, with the file and the line", async () => {
    const config = join(folder, "wrong");
    mkdirSync(config);
    writeFileSync(join(config, "school.yaml"), "name: Школа\n\nmail:\n  deputyDirektor: a@b.example\n");
    const ran = await sverka(["check", "--json"], at(SECOND, { SVERKA_CONFIG: config }));
    expect(ran.code).toBe(2);
    const { code, message } = documentOf(ran).error;
    expect(code).toBe("config-invalid");
    expect(message).toContain(`${join(config, "school.yaml")}, строка 4:`);
    expect(message).toContain("возможно, вы имели в виду «deputyDirector»");
  });

  it("a database that does not answer is code 2, and its address stays inside", async () => {
    const ran = await sverka(["check"], at(SECOND, { DATABASE_URL: "postgresql://sverka:tajna@127.0.0.1:1/none" }));
    expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining("DATABASE_URL") });
    expect(ran.stdout + ran.stderr).not.toContain("tajna");
  });

  it("a wrong use is told to programs too", async () => {
    const ran = await sverka(["check", "--json", "--as-of", "вчера"], at(SECOND));
    expect(ran.code).toBe(2);
    expect(documentOf(ran)).toEqual({
      error: { code: "usage", message: expect.stringContaining("не момент времени") },
    });
  });

  it("a reader that has seen enough is no error", async () => {
    const program = [
      "bash",
      "-c",
      `"${process.execPath}" src/cli.ts check --json | head -c 20; exit "$\{PIPESTATUS[0]}"`,
    ] as const;
    const ran = await sverka([], at(SECOND), { program: [...program] as [string, ...string[]] });
    expect(ran).toMatchObject({ code: 0, stderr: "" });
  });
});

describe("a real school's store", () => {
  it("refuses a simulated clock, becomes no simulation, and keeps no future", async () => {
    const real = await freshDatabase();
    onTestFinished(real.drop);
    const { SVERKA_CLOCK: _, ...now } = at(FIRST, {
      DATABASE_URL: real.url,
      SVERKA_CONFIG: join(folder, "no-address"),
    });
    const early = await sverka(["check"], { ...now, SVERKA_CLOCK: FIRST });
    expect(early).toMatchObject({ code: 2, stderr: expect.stringContaining("sverka init --simulation") });

    expect((await sverka(["init"], now)).stdout).not.toContain("УЧЕБНЫЕ");
    expect(await sverka(["check"], { ...now, SVERKA_CLOCK: FIRST })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("учебные часы в нём запрещены"),
    });
    expect(await sverka(["init", "--simulation"], now)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("учебным оно стать не может"),
    });
    const slip = await sverka(["check", "--json", "--as-of", "2062-10-05T12:00:00+03:00"], now);
    expect(documentOf(slip)).toMatchObject({ saved: false, simulation: false });
    expect(documentOf(await sverka(["check", "--json"], now))).toMatchObject({ saved: true });
  });
});

describe("a wrong folder", () => {
  it("is refused before anything is made in it", async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), "sverka-elsewhere-"));
    onTestFinished(() => rmSync(elsewhere, { recursive: true }));
    for (const command of ["start", "doctor"]) {
      const ran = await sverka([command], { LOG_LEVEL: "silent" }, { cwd: elsewhere });
      expect(ran.code).toBe(command === "doctor" ? 1 : 2);
      expect(ran.stdout + ran.stderr).toContain(`В папке «${elsewhere}» нет хранилища`);
    }
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  it("does not matter to a program that is told where its things are", async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), "sverka-elsewhere-"));
    onTestFinished(() => rmSync(elsewhere, { recursive: true }));
    const ran = await sverka(["notices", "--from", "2026-09-07", "--to", "2026-09-18", "--out", "печать"], at(SECOND), {
      cwd: elsewhere,
    });
    expect(ran.code).toBe(0);
    expect(readdirSync(elsewhere)).toEqual(["печать"]);
  });
});
