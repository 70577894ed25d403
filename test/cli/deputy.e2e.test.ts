import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PreparedSchool, prepareSchool } from "./prepared-school.ts";
import { type Ran, sverka } from "./sverka.ts";

// What a deputy director does with the findings of a month, command by command.

let prepared: PreparedSchool;
beforeAll(async () => {
  prepared = await prepareSchool();
  const { school, write } = prepared;
  write("config/school.yaml", "mail: { deputyDirector: zavuch@school.example }\n");
  const people = school.staff.map(
    ({ name, id }) => `  - { name: ${name}, address: teacher-${id}@school.example, mail: daily }`,
  );
  write("config/people.yaml", `people:\n${people.join("\n")}\n`);
});
afterAll(() => prepared.close());

const documentOf = ({ stdout }: Ran) => JSON.parse(stdout);
const author = ["--author", "Лесова А. Б., заместитель директора"];
const mails = () => {
  const outbox = join(prepared.folder, "data", "outbox");
  return existsSync(outbox) ? readdirSync(outbox).filter((name) => name.endsWith(".eml")) : [];
};

describe("sverka waive", () => {
  it("takes one finding away, and opens it again", async () => {
    const id = prepared.findings.find(({ verdict, status }) => verdict === "missing" && status === "open")?.id ?? "";
    const why = ["--reason", "не было света", ...author];
    const shown = await sverka(["waive", id.slice(0, 8), "--dry-run", ...why], prepared.env());
    expect(shown).toMatchObject({ code: 0, stderr: "", stdout: expect.stringContaining("Будет снято 1") });
    const waived = documentOf(await sverka(["waive", id, "--json", ...why], prepared.env()));
    expect(waived).toEqual({ waiver: 1, findings: [id] });
    const told = await sverka(["explain", id], prepared.env());
    expect(told.stdout).toContain(
      "не считается. Снятие № 1: не было света Снял(а): Лесова А. Б., заместитель директора.",
    );
    expect((await sverka(["waivers"], prepared.env())).stdout).toMatch(
      new RegExp(`^№ 1  2026-11-02  замечание ${id}\\. не было света\\.`),
    );
    const [listed] = documentOf(await sverka(["waivers", "--json"], prepared.env()));
    expect(listed).toMatchObject({
      id: 1,
      madeAt: expect.stringMatching(/^2026-11-02T04:\d\d:\d\d\.\d{3}Z$/),
      revokedAt: null,
    });
    const opened = documentOf(await sverka(["unwaive", "1", "--json", ...author], prepared.env()));
    expect(opened).toEqual({ waiver: 1, reopened: [id] });
    const nobody = await sverka(
      ["waive", "--person", "Никто Н. Н.", "--from", "2026-10-05", "--to", "2026-10-09", ...why],
      prepared.env(),
    );
    expect(nobody).toMatchObject({ code: 2, stderr: expect.stringContaining("За этим человеком замечаний нет") });
  });

  it("takes a person's days of illness away under the rules that are named", async () => {
    const own = (one: PreparedSchool["findings"][number]) =>
      one.rule === "lesson-same-day" &&
      (one.lessonDate ?? "") >= "2026-10-05" &&
      one.verdict !== "unproved" &&
      one.severity === "violation";
    const person = prepared.findings.find(own)?.accountable?.name ?? "";
    const span = ["--person", person, "--from", "05.10.2026", "--to", "2026-10-31", "--rules", "lesson-same-day"];
    const waived = documentOf(
      await sverka(["waive", ...span, "--reason", "болезнь", "--json", ...author], prepared.env()),
    );
    expect(waived.findings.toSorted()).toEqual(
      prepared.findings
        .filter((one) => own(one) && one.accountable?.name === person)
        .map(({ id }) => id)
        .toSorted(),
    );
    const checked = documentOf(await sverka(["check", "--json"], prepared.env()));
    const status = new Map(checked.findings.map((one: { id: string; status: string }) => [one.id, one.status]));
    for (const id of waived.findings) expect(status.get(id)).toBe("waived");
  });
});

describe("sverka policy", () => {
  it("shows what another reading would change, and takes it over only with a version and an author", async () => {
    // Written work may now be marked within a fortnight.
    const longer = "markWritten: { days: 14, seniorDays: 14 }\n";
    prepared.write("config/policy/order-204.yaml", longer);
    const shown = documentOf(await sverka(["policy", "diff", "--json"], prepared.env()));
    expect(shown).toMatchObject({ before: "order-204/1", after: "order-204/1", appeared: [] });
    expect(shown.disappeared.length).toBeGreaterThan(0);
    expect(shown.lines[0]).toMatchObject({ appeared: 0, disappeared: expect.any(Number) });
    const nameless = await sverka(["policy", "accept", ...author], prepared.env());
    expect(nameless).toMatchObject({ code: 2, stderr: expect.stringContaining("впишите новую") });
    const pending = await sverka(["check"], prepared.env());
    expect(pending.stderr).toContain("изменён, но не принят");
    prepared.write("config/policy/order-204.yaml", `version: order-204/2\n${longer}`);
    const accepted = await sverka(["policy", "accept", ...author], prepared.env());
    expect(accepted).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("Принят порядок «order-204/2» вместо «order-204/1»"),
    });
    const checked = documentOf(await sverka(["check", "--json"], prepared.env()));
    const status = new Map(checked.findings.map((one: { id: string; status: string }) => [one.id, one.status]));
    for (const id of shown.disappeared) expect([undefined, "withdrawn"]).toContain(status.get(id));
  });
});

describe("sverka control", () => {
  it("is made once, edited in a file, and sent once when it is concluded", async () => {
    expect((await sverka(["control"], prepared.env())).stdout).toContain("Контролей ещё нет");
    const early = await sverka(["control", "--month", "11.2026"], prepared.env());
    expect(early.code).toBe(2);
    const made = documentOf(await sverka(["control", "--month", "2026-10", "--json"], prepared.env()));
    expect(made).toMatchObject({ month: "2026-10", number: 1, made: true, concluded: false, letters: 0 });
    expect(made.asOf).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(made.files.map((path: string) => path.slice(path.lastIndexOf(".")))).toEqual([".pdf", ".xlsx", ".txt"]);
    for (const path of made.files) expect(existsSync(path)).toBe(true);
    expect(readFileSync(made.files[0]).subarray(0, 5).toString()).toBe("%PDF-");
    const words = prepared.write("заключение.txt", "Журнал ведётся.\nУчителям – исправить замечания.");
    const shown = await sverka(["control", "--month", "2026-10", "--conclusion", words, "--dry-run"], prepared.env());
    expect(shown.stdout).toContain("Кому: zavuch@school.example");
    expect(shown.stdout).toContain("Вложения: ");
    expect(shown.stdout).toMatch(/Кому: teacher-\d+@school\.example/);
    expect(mails()).toEqual([]);
    const concluded = await sverka(["control", "--month", "2026-10", "--conclusion", words], prepared.env());
    expect(concluded).toMatchObject({ code: 0, stderr: "" });
    expect(concluded.stdout).toContain("составлен раньше и не меняется.\n  Журнал ведётся.");
    const sent = mails().length;
    expect(sent).toBeGreaterThan(1);
    const again = documentOf(await sverka(["control", "--month", "2026-10", "--send", "--json"], prepared.env()));
    expect(again).toMatchObject({ made: false, concluded: true, letters: 0 });
    expect(mails()).toHaveLength(sent);
    expect((await sverka(["control"], prepared.env())).stdout).toBe("2026-10  № 1  утверждён, доведён\n");
  });
});

describe("sverka mail", () => {
  it("shows what teachers and class teachers would be written, and sends it once", async () => {
    const before = mails().length;
    const teachers = documentOf(await sverka(["mail", "teachers", "--dry-run", "--json"], prepared.env()));
    expect(teachers).toMatchObject({ dryRun: true, unreached: [] });
    const [letter] = teachers.letters;
    expect(letter.text).toContain("Что сделать");
    const week = await sverka(["mail", "week", "--dry-run"], prepared.env());
    expect(week.stdout).toContain("Кому: zavuch@school.example");
    expect(week.stdout.split("----").length).toBeGreaterThan(1);
    expect(mails()).toHaveLength(before);
    const sent = documentOf(await sverka(["mail", "teachers", "--json"], prepared.env()));
    expect(sent).toMatchObject({
      written: teachers.letters.length,
      sent: teachers.letters.length,
      delayed: 0,
      refused: 0,
    });
    expect(documentOf(await sverka(["mail", "teachers", "--json"], prepared.env()))).toMatchObject({
      written: 0,
      sent: 0,
    });
  });
});

describe("sverka analysis", () => {
  it("makes the end of a term of one class, and names the terms when it does not know one", async () => {
    const className = prepared.school.classes.find(({ grade }) => grade >= 2)?.name ?? "";
    const ran = documentOf(
      await sverka(["analysis", "--term", "1 четверть", "--class", className, "--json"], prepared.env()),
    );
    expect(ran).toMatchObject({ simulation: true, without: [] });
    expect(ran.classes).toHaveLength(1);
    expect(ran.classes[0]).toMatchObject({ className, now: { term: { name: "1 четверть" } } });
    for (const path of ran.classes[0].files) expect(existsSync(path)).toBe(true);
    const none = await sverka(["analysis", "--term", "5 четверть"], prepared.env());
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining("1 четверть") });
  });
});
