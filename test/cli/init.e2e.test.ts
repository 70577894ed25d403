import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { freshDatabase } from "../support/postgres.ts";
import { type Running, startSverka, sverka, type Variables } from "./sverka.ts";

const CLI = fileURLToPath(new URL("../../src/cli.ts", import.meta.url));
const [URL_ASKED, LOGIN_ASKED, PASSWORD_ASKED] = ["Адрес журнала", "Логин сотрудника", "Пароль (при вводе не виден"];

let folder: string;
let database: Awaited<ReturnType<typeof freshDatabase>>;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

/** A place that nobody has used. */
function freshPlace(): Variables {
  folder = mkdtempSync(join(tmpdir(), "sverka-init-"));
  // Root lends the embedded server to a system user, who must be able to walk in.
  chmodSync(folder, 0o755);
  const mine = folder;
  onTestFinished(() => rmSync(mine, { recursive: true, force: true }));
  return {
    SVERKA_DATA: join(folder, "data"),
    SVERKA_CONFIG: join(folder, "config"),
    DATABASE_URL: database.url,
    LOG_LEVEL: "silent",
  };
}

/** `sverka init` on a terminal of its own, as a person has it. */
function atTerminal(env: Variables): Running & { type(text: string): void } {
  const running = startSverka([], env, {
    program: ["script", "-qec", `"${process.execPath}" "${CLI}" init`, "/dev/null"],
  });
  onTestFinished(() => void running.process.kill("SIGKILL"));
  return { ...running, type: (text) => void running.process.stdin?.write(text) };
}

const kept = () => JSON.parse(readFileSync(join(folder, "data", "journal.json"), "utf8"));

describe("sverka init on a terminal", () => {
  it("asks for the journal, asks again for what is no address, and never shows the password", async () => {
    const env = freshPlace();
    const person = atTerminal(env);
    await person.said(URL_ASKED);
    person.type("школьный журнал\r");
    await person.said("Это не адрес.");
    person.type("journal.school.example:8080\r");
    await person.said(LOGIN_ASKED);
    person.type("Завуч\r");
    await person.said(PASSWORD_ASKED);
    person.type(" тайна-2026 \r");
    const { code, stdout } = await person.ended;
    expect(code).toBe(0);
    expect(stdout).toContain("Хранилище готово");
    expect(stdout).not.toContain("тайна");
    expect(kept()).toEqual({
      AVERS_URL: "http://journal.school.example:8080",
      AVERS_LOGIN: "Завуч",
      AVERS_PASSWORD: " тайна-2026 ",
    });
    expect(statSync(join(folder, "data", "journal.json")).mode & 0o777).toBe(0o600);

    // Again, because the password has changed: Enter keeps the rest.
    const again = atTerminal(env);
    await again.said(
      `${URL_ASKED}, как в браузере, например http://journal.school.example:8080 [http://journal.school.example:8080`,
    );
    again.type("\r");
    await again.said(LOGIN_ASKED);
    again.type("\r");
    await again.said("Enter – оставить прежний");
    again.type("новая\r");
    expect((await again.ended).code).toBe(0);
    expect(kept()).toEqual({
      AVERS_URL: "http://journal.school.example:8080",
      AVERS_LOGIN: "Завуч",
      AVERS_PASSWORD: "новая",
    });
  });

  it("asks only for what the environment does not give", async () => {
    const person = atTerminal({ ...freshPlace(), AVERS_URL: "http://journal.example", AVERS_LOGIN: "Завуч" });
    await person.said(PASSWORD_ASKED);
    person.type("тайна\r");
    const { code, stdout } = await person.ended;
    expect(code).toBe(0);
    expect(stdout).not.toContain(URL_ASKED);
    expect(stdout).not.toContain(LOGIN_ASKED);
    expect(kept()).toEqual({ AVERS_PASSWORD: "тайна" });
  });

  it.each([
    ["Ctrl+C", "\u0003"],
    ["Ctrl+D", "\u0004"],
  ])("ends at %s with a sentence and keeps no half of an answer", async (_, key) => {
    const person = atTerminal(freshPlace());
    await person.said(URL_ASKED);
    person.type("http://journal.example\r");
    await person.said(LOGIN_ASKED);
    person.type(key);
    const { code, stdout } = await person.ended;
    expect(code).toBe(1);
    expect(stdout).toContain("Остановлено.");
    expect(stdout).not.toMatch(/Warning|unsettled/);
    expect(existsSync(join(folder, "data", "journal.json"))).toBe(false);
  });
});

describe("sverka init where nobody sits", () => {
  it("asks nothing, says what is missing, and makes the embedded database in the present folder", async () => {
    const { DATABASE_URL: _, SVERKA_DATA: __, SVERKA_CONFIG: ___, ...env } = freshPlace();
    const made = await sverka(["init"], env, { cwd: folder });
    expect(made).toMatchObject({ code: 0, stderr: "" });
    expect(made.stdout).toContain(`Хранилище готово: ${join(folder, "data")}.`);
    expect(made.stdout).toContain("Журнал не задан: задайте AVERS_URL");
    expect(readdirSync(folder).sort()).toEqual(["config", "data"]);
    // The last one that leaves stops the server: nothing stays behind.
    expect(readdirSync(join(folder, "data", "postgres"))).toContain("PG_VERSION");
    expect(readdirSync(join(folder, "data", "postgres"))).not.toContain("postmaster.pid");
    const checked = await sverka(["check", "--json"], env, { cwd: folder });
    expect(checked.code).toBe(0);
    expect(JSON.parse(checked.stdout)).toMatchObject({ simulation: false, findings: [] });
  });

  it("uses what was answered once, and the environment before it", async () => {
    const env = freshPlace();
    const person = atTerminal(env);
    await person.said(URL_ASKED);
    person.type("http://127.0.0.1:9\r");
    await person.said(LOGIN_ASKED);
    person.type("Завуч\r");
    await person.said(PASSWORD_ASKED);
    person.type("тайна\r");
    expect((await person.ended).code).toBe(0);
    const silent = await sverka(["init"], env);
    expect(silent.stdout).toContain("Журнал: http://127.0.0.1:9, вход: Завуч.");
    const other = await sverka(["init"], { ...env, AVERS_URL: "http://127.0.0.1:10" });
    expect(other.stdout).toContain("Журнал: http://127.0.0.1:10, вход: Завуч.");
  });

  it("keeps a real school out of a store that holds a simulation", async () => {
    const { DATABASE_URL: _, ...env } = freshPlace();
    expect((await sverka(["init", "--simulation"], env)).code).toBe(0);
    const refused = await sverka(["init"], env);
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(refused.stderr).toContain(`В папке «${join(folder, "data")}» лежат учебные данные`);
    expect((await sverka(["init", "--simulation"], env)).code).toBe(0);
  });

  it("may still become a training school after commands that only look, and never by a simulated clock alone", async () => {
    const fresh = await freshDatabase();
    onTestFinished(fresh.drop);
    const env = { ...freshPlace(), DATABASE_URL: fresh.url };
    const clock = { SVERKA_CLOCK: "2026-10-05T12:00:00+03:00" };
    expect((await sverka(["doctor", "--json"], env)).stdout).toContain("сервер из DATABASE_URL отвечает");
    for (const command of [
      ["policy", "diff"],
      ["mail", "--dry-run"],
    ])
      expect(await sverka(command, env)).toMatchObject({ code: 0, stderr: "" });
    const unmarked = await sverka(["doctor"], { ...env, ...clock });
    expect(unmarked).toMatchObject({
      code: 1,
      stdout: expect.stringContaining("сначала выполните «sverka init --simulation»"),
    });
    const made = await sverka(["init", "--simulation"], env);
    expect(made).toMatchObject({ code: 0, stdout: expect.stringContaining("УЧЕБНЫЕ ДАННЫЕ") });
    const checked = await sverka(["check", "--json"], { ...env, ...clock });
    expect(JSON.parse(checked.stdout)).toMatchObject({ asOf: clock.SVERKA_CLOCK, simulation: true });
  });

  it("says which folder cannot be made", async () => {
    const ran = await sverka(["init"], { ...freshPlace(), SVERKA_CONFIG: "/dev/null/config" });
    expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining("SVERKA_CONFIG") });
    const data = await sverka(["init"], { ...freshPlace(), SVERKA_DATA: "/dev/null/data" });
    expect(data).toMatchObject({ code: 2, stderr: expect.stringContaining("SVERKA_DATA") });
  });
});
