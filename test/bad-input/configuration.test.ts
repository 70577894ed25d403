import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadSettings } from "../../adapters/files/settings.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sverka-bad-"));
});
afterEach(() => rm(folder, { recursive: true }));

/** The sentence with which the program refuses to start, without the folder. */
async function sentence(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  const refused = await loadSettings(folder).then(
    () => new Error("taken"),
    (error: Error) => error,
  );
  expect(refused).toMatchObject({ name: "SverkaError", kind: "configuration", code: "config-invalid" });
  return refused.message.replace(folder, "").replaceAll("\\", "/");
}

const CALENDAR = "calendar/a.yaml";
const YEAR = "schoolYear: { from: 2026-09-01, to: 2027-05-26 }\n";
const TERMS =
  "groups:\n  - name: все\n    grades: 0-12\n    terms:\n      - { name: 1 четверть, from: 2026-09-01, to: 2026-10-23 }\n";
const BROKEN = "запись не по правилам YAML: проверьте отступы, двоеточия и кавычки";

describe("a configuration file that is no YAML", () => {
  it.each([
    ["school.yaml", "name: [Школа\n", 2],
    ["policy/order-204.yaml", "markOral: { days: 1\n", 2],
    [CALENDAR, `${YEAR}closed:\n  - from: 2026-10-05\n to: 2026-10-06\n`, 4],
    ["avers.yaml", "letters:\n  marks: [ОСВ\n\tЗАЧ]\n", 3],
    ["paper-families.yaml", "families:\n- { pupil: 1 }\n  - { pupil: 2 }\n", 3],
    ["import.yaml", 'columns: { load: { class: ["Класс] } }\n', 2],
  ])("%s", async (name, content, line) => {
    expect(await sentence(name, content)).toBe(`/${name}, строка ${line}: ${BROKEN}.`);
  });
});

describe("a calendar", () => {
  it.each([
    [
      "a term outside the year",
      `${YEAR}${TERMS.replace("2026-09-01, to", "2026-08-31, to")}`,
      "строка 6: «groups.0.terms.0.from» – день вне учебного года (2026-09-01 … 2027-05-26)",
    ],
    [
      "terms over each other",
      `${YEAR}${TERMS}      - { name: 2 четверть, from: 2026-10-23, to: 2026-12-30 }\n`,
      "строка 7: «groups.0.terms.1.from» – «2 четверть» пересекается с «1 четверть»",
    ],
    [
      "holidays over each other",
      `${YEAR}groups:\n  - name: все\n    grades: 0-12\n    holidays:\n      - { name: осенние, from: 2026-10-24, to: 2026-11-01 }\n      - { name: ещё, from: 2026-11-01, to: 2026-11-02 }\n`,
      "строка 7: «groups.0.holidays.1.from» – «ещё» пересекается с «осенние»",
    ],
    [
      "a grade in two groups",
      `${YEAR}groups:\n  - { name: а, grades: 1-4 }\n  - { name: б, grades: 4-11 }\n`,
      "строка 4: «groups.1.grades» – класс 4 уже назван в группе «а»",
    ],
    [
      "a closed day outside the year",
      `${YEAR}closed:\n  - { from: 2026-08-05, to: 2026-08-06, reason: мороз }\n`,
      "строка 3: «closed.0.from» – день вне учебного года (2026-09-01 … 2027-05-26)",
    ],
    [
      "a closed span backwards",
      `${YEAR}closed:\n  - { from: 2026-12-06, to: 2026-12-05, reason: мороз }\n`,
      "строка 3: «closed.0.to» – начало позже конца: поменяйте даты местами",
    ],
    [
      "a shortened day without its lesson",
      `${YEAR}shortened:\n  - { date: 2026-12-30, reason: праздник }\n`,
      "строка 3: «shortened.0.fromLesson» – нужно целое число от 1 до 15",
    ],
    [
      "a shortened day from lesson 0",
      `${YEAR}shortened:\n  - { date: 2026-12-30, fromLesson: 0, reason: праздник }\n`,
      "строка 3: «shortened.0.fromLesson» – нужно целое число от 1 до 15",
    ],
    [
      "a shortened day that does not exist",
      `${YEAR}shortened:\n  - { date: 2026-11-31, fromLesson: 4, reason: праздник }\n`,
      "строка 3: «shortened.0.date» – нужна дата вида 2026-09-01",
    ],
    [
      "bells that are no times",
      `${YEAR}shifts:\n  - name: 1 смена\n    grades: 1-11\n    bells: ["8:30-9:75"]\n`,
      "строка 5: «shifts.0.bells.0» – нужны начало и конец урока вида 08:30-09:15 в кавычках",
    ],
    [
      "bells in disorder",
      `${YEAR}shifts:\n  - name: 1 смена\n    grades: 1-11\n    bells: ["8:30-9:15", "9:10-9:55"]\n`,
      "строка 5: «shifts.0.bells.1» – урок начинается раньше, чем кончается предыдущий",
    ],
    [
      "a shift of nobody",
      `${YEAR}shifts:\n  - name: 1 смена\n    bells: ["8:30-9:15"]\n`,
      "строка 3: «shifts.0.name» – нужно, кто учится в эту смену: grades или classes",
    ],
    [
      "results of no term",
      `${YEAR}${TERMS}results:\n  - { term: 1 четветь, on: 2026-10-26 }\n`,
      "строка 8: «results.0.term» – такого периода нет: есть 1 четверть",
    ],
    [
      "results outside the year",
      `${YEAR}${TERMS}results:\n  - { term: год, on: 2027-08-26 }\n`,
      "строка 8: «results.0.on» – день вне учебного года (2026-09-01 … 2027-05-26)",
    ],
    [
      "a day both off and working",
      "national:\n  daysOff: [2027-02-20]\n  workingDays: [2027-02-20]\n",
      "строка 3: «national.workingDays.0» – 2027-02-20 уже назван выходным (daysOff): оставьте что-то одно",
    ],
    [
      "shifts without a year",
      'shifts: [{ name: а, grades: 1, bells: ["8:30-9:15"] }]\n',
      "строка 1: «schoolYear» – нужны первый и последний день учебного года (from, to)",
    ],
    [
      "an unknown key",
      `${YEAR}shorten: []\n`,
      "строка 2: неизвестный ключ «shorten»: возможно, вы имели в виду «shortened»",
    ],
  ])("with %s", async (_, content, expected) => {
    expect(await sentence(CALENDAR, content)).toBe(`/${CALENDAR}, ${expected}.`);
  });
});

describe("a policy whose numbers", () => {
  it.each([
    [
      "let the control come after the day by which it must have reached everybody",
      "control:\n  days: 10\n  workingDay: 9\n",
      "строка 3: «control.workingDay» – контроль составляется в 9-й рабочий день, а результаты должны дойти за 10 дн. (days): так он опоздает. Уменьшите workingDay или увеличьте days хотя бы до 13",
    ],
    [
      "forbid and demand marks in one class",
      "noMarks:\n  grades: 0-2\n",
      "строка 2: «noMarks.grades» – класс 2 назван и в «markOral.grades»: в одном классе отметки не могут быть и запрещены, и обязательны",
    ],
    [
      "demand final marks where marks are forbidden",
      "version: order-204/2\nfinalMark:\n  grades: 1-12\n",
      "строка 3: «finalMark.grades» – класс 1 назван и в «noMarks.grades»: в одном классе отметки не могут быть и запрещены, и обязательны",
    ],
    [
      "leave a class without a deadline",
      "markWritten:\n  grades: 2-9\n",
      "строка 2: «markWritten.grades» – для класса 10 не осталось срока, а в «markWrittenMissing.grades» он назван: добавьте его сюда или уберите оттуда",
    ],
    [
      "ask for marks where no deadline is",
      "markWritten: { grades: 3-10 }\nmarkWrittenMissing:\n  grades: 2-11\n",
      "строка 3: «markWrittenMissing.grades» – для класса 2 в markWritten (grades, seniorGrades) нет срока: добавьте его туда или уберите отсюда",
    ],
    [
      "make notices more rarely than they are owed",
      "noticeCycle:\n  weeks: 3\n",
      "строка 2: «noticeCycle.weeks» – раз в 3 нед. – это 21 день, а между распечатками может быть не больше 14 (noticeBiweekly.days)",
    ],
    [
      "owe notices more often than they are made",
      "noticeBiweekly:\n  days: 10\n",
      "строка 2: «noticeBiweekly.days» – распечатки составляются раз в 2 нед. (noticeCycle.weeks), это 14 дней: увеличьте days или составляйте их чаще",
    ],
    [
      "make one class's notices too rarely",
      "noticeCycle:\n  byClass:\n    - { classes: [1 А], weeks: 1 }\n    - { classes: [2 А], weeks: 4 }\n",
      "строка 4: «noticeCycle.byClass.1.weeks» – раз в 4 нед. – это 28 дней, а между распечатками может быть не больше 14 (noticeBiweekly.days)",
    ],
    [
      "give a class two rhythms",
      "noticeCycle:\n  byClass:\n    - { classes: [1 А], weeks: 1 }\n    - { classes: [2 А, 1а], day: ср }\n",
      "строка 4: «noticeCycle.byClass.1.classes.1» – класс 1а уже назван выше",
    ],
    [
      "wait longer for a hand-out than for the next notice",
      "noticeBiweekly:\n  handDays: 15\n",
      "строка 2: «noticeBiweekly.handDays» – передачу распечатки ждут 15 дн. (handDays), а следующая нужна уже через 14 (days): handDays не может быть больше",
    ],
    [
      "take a word for two things",
      "termAnalysis:\n  failed: [незач, Н/А]\n",
      "строка 2: «termAnalysis.failed.1» – «Н/А» уже стоит в «unassessed»: оставьте что-то одно",
    ],
  ])("%s", async (_, content, expected) => {
    expect(await sentence("policy/order-204.yaml", content)).toBe(`/policy/order-204.yaml, ${expected}.`);
  });
});

describe("how tables are read", () => {
  it.each([
    [
      "a list that is unknown",
      "columns:\n  lod: {}\n",
      "строка 2: неизвестный ключ «lod»: возможно, вы имели в виду «load»",
    ],
    [
      "a column that is unknown",
      "columns:\n  load:\n    techer: [Учитель]\n",
      "строка 3: неизвестный ключ «techer»: возможно, вы имели в виду «teacher»",
    ],
    [
      "a title of two columns",
      "columns:\n  load:\n    subject: [Предмет, Учитель]\n",
      "строка 2: «columns.load.teacher.0» – «Учитель» уже стоит в списке «subject»: оставьте в одном",
    ],
    [
      "titles that are no list",
      "columns:\n  load:\n    class: Класс\n",
      "строка 3: «columns.load.class» – нужен список",
    ],
    [
      "a subject without its name",
      "subjects:\n  матем: []\n",
      "строка 2: «subjects.матем» – нужно хотя бы одно название",
    ],
    [
      "a word of two meanings",
      "words:\n  electronic: [э]\n  paper: [Э]\n",
      "строка 3: «words.paper.0» – «Э» уже стоит в списке «electronic»: оставьте в одном",
    ],
    ["words that are no list", "leaveOut: итого\n", "строка 1: «leaveOut» – нужен список"],
  ])("with %s", async (_, content, expected) => {
    expect(await sentence("import.yaml", content)).toBe(`/import.yaml, ${expected}.`);
  });
});

describe("the other files", () => {
  it.each([
    [
      "avers.yaml",
      "letters:\n  absences:\n    ill: [Н]\n",
      "строка 3: «letters.absences.ill.0» – «Н» уже стоит в списке «absences.absent»: оставьте в одном",
    ],
    [
      "avers.yaml",
      "workTypes:\n  abbreviations: к/р\n",
      "строка 2: «workTypes.abbreviations» – нужны строки вида «к/р: Контрольная работа»",
    ],
    [
      "paper-families.yaml",
      "families:\n  - { pupil: Иванов }\n",
      "строка 2: «families.0.pupil» – нужен номер ученика в журнале: их покажет «sverka notices --list»",
    ],
    ["paper-families.yaml", "contacts:\n  - { class: 5 А }\n", "строка 2: «contacts.0.contact» – нужен текст"],
    [
      "paper-families.yaml",
      "families:\n  - { pupil: 7, plain: конечно }\n",
      "строка 2: «families.0.plain» – нужно true (да) или false (нет)",
    ],
    [
      "policy/order-204.yaml",
      "quarantine: { share: 20 }\n",
      "строка 1: «quarantine.share» – нужна доля от 0 до 1, например 0.2",
    ],
    [
      "school.yaml",
      "mail: { pupils: name }\n",
      "строка 1: «mail.pupils» – нужно number (номер по списку) или surname (фамилия и инициал)",
    ],
  ])("%s: %j", async (name, content, expected) => {
    expect(await sentence(name, content)).toBe(`/${name}, ${expected}.`);
  });
});
