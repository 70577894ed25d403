import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadSettings } from "../../../adapters/files/settings.ts";
import { isWorkingDay } from "../../../src/domain/calendar.ts";
import { defaultSettings } from "../../../src/domain/settings.ts";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sverka-settings-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(name: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, name)), { recursive: true });
  await writeFile(join(folder, name), text);
}

/** The sentence with which a file is refused, without the folder. */
async function refusal(name: string, text: string): Promise<string> {
  await put(name, text);
  const refused = await loadSettings(folder).then(
    () => null,
    (error: unknown) => error,
  );
  expect(refused).toMatchObject({ name: "SverkaError", kind: "configuration", code: "config-invalid" });
  return String((refused as Error).message)
    .replace(folder, "")
    .replaceAll("\\", "/");
}

describe("the school's settings", () => {
  it("are the defaults in an empty folder, and in none", async () => {
    expect(await loadSettings(folder)).toEqual(defaultSettings);
    expect(await loadSettings(join(folder, "nowhere"))).toEqual(defaultSettings);
  });

  it("are the defaults in the files that come with the program", async () => {
    const shipped = await loadSettings(join(import.meta.dirname, "..", "..", "..", "config"));
    expect(shipped).toEqual(defaultSettings);
  });

  it("take what is there and the defaults for the rest, empty values included", async () => {
    await put(
      "school.yaml",
      "name: Школа № 5\nworkingWeekdays: [пн, сб]\nmail:\n  deputyDirector:\n  pupils: surname\n",
    );
    await put("policy/order-204.yaml", "markOral:\n  days: 2\nmarkWritten: { grades: 2-9, seniorGrades: 10-12 }\n");
    const { school, policy, calendar } = await loadSettings(folder);
    expect(school.name).toBe("Школа № 5");
    expect(school.mail).toEqual({ ...defaultSettings.school.mail, pupils: "surname" });
    expect(calendar.workingWeekdays).toEqual([1, 6]);
    expect(policy.markOral).toEqual({ grades: { from: 2, to: 12 }, days: 2 });
    expect(policy.markWritten).toMatchObject({
      grades: { from: 2, to: 9 },
      seniorGrades: { from: 10, to: 12 },
      days: 3,
    });
  });

  it("join the calendars of several school years", async () => {
    await put(
      "calendar/2027-2028.yaml",
      "schoolYear: { from: 2027-09-01, to: 2028-05-25 }\nnational: { daysOff: [2028-03-10] }\n",
    );
    await put("calendar/readme.txt", "not a calendar");
    const { calendar } = await loadSettings(folder);
    const fifth = { grade: 5, className: "5 А" };
    expect(calendar.years.map(({ from }) => from)).toEqual(["2027-09-01", "2026-09-01"]);
    expect(isWorkingDay(calendar, "2028-03-10", fifth)).toBe(false);
    expect(isWorkingDay(calendar, "2026-11-04", fifth)).toBe(false);
  });
});

describe("a mistake", () => {
  it.each([
    [
      "school.yaml",
      "name: x\nmial: 5\n",
      "/school.yaml, строка 2: неизвестный ключ «mial»: возможно, вы имели в виду «mail».",
    ],
    [
      "school.yaml",
      "mail:\n  deputyDirektor: a@b\n",
      "/school.yaml, строка 2: неизвестный ключ «deputyDirektor»: возможно, вы имели в виду «deputyDirector».",
    ],
    [
      "school.yaml",
      "\nmail:\n  sender: nobody\n",
      "/school.yaml, строка 3: «mail.sender» – нужен адрес почты вида imya@shkola.ru.",
    ],
    ["school.yaml", "zone: Moscow\n", "/school.yaml, строка 1: «zone» – нужен часовой пояс вида Europe/Moscow."],
    [
      "school.yaml",
      "journal:\n  inFlight: 0\n",
      "/school.yaml, строка 2: «journal.inFlight» – нужно целое число от 1 до 16.",
    ],
    [
      "school.yaml",
      'passes:\n  - "07:30"\n  - "25:00"\n',
      "/school.yaml, строка 3: «passes.1» – нужно время вида 07:30 в кавычках.",
    ],
    [
      "school.yaml",
      "workingWeekdays: [втр]\n",
      "/school.yaml, строка 1: «workingWeekdays.0» – нужен день недели: пн, вт, ср, чт, пт, сб, вс.",
    ],
    [
      "school.yaml",
      "a: [\n b\n",
      "/school.yaml, строка 3: запись не по правилам YAML: проверьте отступы, двоеточия и кавычки.",
    ],
    ["school.yaml", "- a\n- b\n", "/school.yaml, строка 1: нужны ключи с отступом под этим словом."],
    [
      "policy/order-204.yaml",
      "markWritten:\n  grades: 2-11\n",
      "/policy/order-204.yaml, строка 1: «markWritten.seniorGrades» – эти классы уже названы в «grades»: один класс не может иметь двух сроков.",
    ],
    [
      "policy/order-204.yaml",
      "markOral:\n  grades: все\n",
      "/policy/order-204.yaml, строка 2: «markOral.grades» – нужны классы от 0 (подготовительный) до 12, например 2-10.",
    ],
    [
      "policy/order-204.yaml",
      "forecast:\n  thresholds: [2.5, 3.5, 4.5]\n",
      "/policy/order-204.yaml, строка 2: «forecast.thresholds» – пороги идут от большего к меньшему.",
    ],
    [
      "policy/order-204.yaml",
      "termAnalysis:\n  near: 2\n",
      "/policy/order-204.yaml, строка 2: «termAnalysis.near» – нужно число от 0 до 0.5, например 0.1.",
    ],
    [
      "calendar/a.yaml",
      "groups:\n  - name: x\n    grades: 1\n",
      "/calendar/a.yaml, строка 1: «schoolYear» – нужны первый и последний день учебного года (from, to).",
    ],
    [
      "calendar/a.yaml",
      "schoolYear: { from: 2026-09-01, to: 2027-05-32 }\n",
      "/calendar/a.yaml, строка 1: «schoolYear.to» – нужна дата вида 2026-09-01.",
    ],
    [
      "avers.yaml",
      "letters:\n  marks: [Б]\n",
      "/avers.yaml, строка 1: «letters.absences.ill.0» – «Б» уже стоит в списке «marks»: оставьте в одном.",
    ],
    [
      "avers.yaml",
      "workTypes:\n  oral: [Тест]\n",
      "/avers.yaml, строка 1: «workTypes.written.18» – «Тест» уже стоит в списке «oral»: оставьте в одном.",
    ],
  ])("in %s is named with its line and what to do: %j", async (name, text, sentence) => {
    expect(await refusal(name, text)).toBe(sentence);
  });

  it("is the same school year in two files", async () => {
    await put("calendar/a.yaml", "schoolYear: { from: 2026-09-01, to: 2027-05-25 }\n");
    const sentence = await refusal("calendar/b.yaml", "schoolYear: { from: 2026-09-02, to: 2027-05-25 }\n");
    expect(sentence).toContain("/calendar/b.yaml, строка 1: учебный год 2026/2027 уже описан в файле");
  });

  it("is a class in two groups of the calendar, or a span that ends before it begins", async () => {
    const year = "schoolYear: { from: 2026-09-01, to: 2027-05-25 }\ngroups:\n  - { name: a, grades: 1-4 }\n";
    expect(await refusal("calendar/a.yaml", `${year}  - { name: b, grades: 4-11 }\n`)).toContain(
      "строка 4: «groups.1.grades» – класс 4 уже назван в группе «a»",
    );
    const holidays =
      "  - name: b\n    grades: 5\n    holidays:\n      - { name: в, from: 2027-02-03, to: 2027-02-01 }\n";
    expect(await refusal("calendar/a.yaml", `${year}${holidays}`)).toContain(
      "строка 7: «groups.1.holidays.0.to» – начало позже конца",
    );
  });
});

it("leaves homework where a file that knows no list of its own for it has it", async () => {
  await put("avers.yaml", "workTypes:\n  written: [Домашняя работа, Тест]\n");
  const { workTypes } = (await loadSettings(folder)).mapping;
  expect(workTypes.written).toEqual(["Домашняя работа", "Тест"]);
  expect(workTypes.homework).toEqual(["Домашнее задание"]);
});
