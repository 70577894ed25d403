import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PreparedSchool, prepareSchool } from "./prepared-school.ts";
import { type Ran, sverka } from "./sverka.ts";

let prepared: PreparedSchool;
let className = "";
beforeAll(async () => {
  prepared = await prepareSchool();
  className = prepared.school.classes.find(({ grade }) => grade >= 2)?.name ?? "";
  prepared.write(
    "config/calendar/2026-2027.yaml",
    [
      "schoolYear: { from: 2026-09-01, to: 2027-05-26 }",
      `closed: [{ from: 2026-10-12, to: 2026-10-16, reason: карантин, classes: ["${className}"] }]`,
      "groups:",
      "  - name: все",
      "    grades: 0-12",
      "    terms: [{ name: 1 четверть, from: 2026-09-01, to: 2026-10-23 }, { name: 2 четверть, from: 2026-11-02, to: 2026-12-30 }]",
      "    holidays: [{ name: осенние каникулы, from: 2026-10-24, to: 2026-11-01 }]\n",
    ].join("\n"),
  );
});
afterAll(() => prepared.close());

const documentOf = ({ stdout }: Ran) => JSON.parse(stdout);
const plain = (text: string) => text.replaceAll("\u00a0", " ");
const listOf = (name: string, ...rows: string[]) =>
  prepared.write(name, ["Класс;Предмет;Часов в неделю", ...rows.map((row) => `${className};${row}`)].join("\n"));

describe("sverka import", () => {
  it("shows first, writes then, writes only differences the next time, and takes the last one back", async () => {
    const file = listOf("план.csv", "Русский язык;5", "Математика;4");
    const shown = await sverka(["import", "curriculum", file, "--dry-run"], prepared.env());
    expect(shown).toMatchObject({ code: 0, stderr: "" });
    expect(shown.stdout).toContain("Добавляются (2):\n  строка 2: ");
    expect(shown.stdout).toContain("Это только показ: ничего не записано.");
    const written = documentOf(await sverka(["import", "curriculum", file, "--json"], prepared.env()));
    expect(written).toMatchObject({ kind: "curriculum", dryRun: false, written: true, same: 0, refused: [] });
    expect(written.added).toHaveLength(2);
    const again = documentOf(
      await sverka(
        ["import", "curriculum", listOf("план-2.csv", "Русский язык;5", "Математика;5"), "--json"],
        prepared.env(),
      ),
    );
    expect(again).toMatchObject({ written: true, added: [], removed: [], same: 1, changed: [{ row: 3 }] });
    const undone = await sverka(["import", "undo", "curriculum"], prepared.env());
    expect(undone).toMatchObject({ code: 0, stdout: expect.stringContaining("Отменена загрузка «план-2.csv»") });
    expect((await sverka(["import", "curriculum", file], prepared.env())).stdout).toContain(
      "Список уже такой: записывать нечего.",
    );
  });

  it("refuses the whole file for one row that nobody understands, with its number, by code 2", async () => {
    const ran = await sverka(
      ["import", "curriculum", listOf("план-3.csv", "Русский язык;5", "Алхимия;1")],
      prepared.env(),
    );
    expect(ran.code).toBe(2);
    expect(ran.stdout).toContain("Не приняты (1):\n  строка 3: ");
    expect(ran.stdout).toContain("Файл не принят");
    const strange = await sverka(["import", "curiculum", "нет.csv", "--json"], prepared.env());
    expect(strange.code).toBe(2);
    expect(documentOf(strange).error.message).toContain("возможно, вы имели в виду «curriculum»");
  });
});

describe("sverka calendar show", () => {
  it("prints the year as the rules understand it, of the school and of one class", async () => {
    const whole = await sverka(["calendar", "show"], prepared.env());
    expect(whole).toMatchObject({ code: 0, stderr: "" });
    const text = plain(whole.stdout);
    expect(text).toContain("Учебный год: 1 сентября 2026 г. – 26 мая 2027 г., вся школа.");
    expect(text).toContain("осенние каникулы: 24 октября – 1 ноября 2026 г.");
    expect(text).toContain(`12–16 октября 2026 г.: карантин, ${className}`);
    const own = documentOf(await sverka(["calendar", "show", "--class", className, "--json"], prepared.env()));
    expect(own.class).toBe(className);
    const kindOn = (day: string) => own.days.find(({ date }: { date: string }) => date === day)?.kind;
    expect(["2026-10-12", "2026-10-24", "2026-10-20"].map(kindOn)).toEqual(["closed", "holidays", "working"]);
    const none = await sverka(["calendar", "show", "--class", "77 Я"], prepared.env());
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining("Класса «77 Я» в журнале нет. Есть: ") });
  });
});
