import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { printedCode } from "../../src/domain/slip/code.ts";
import { connectStore, type Store } from "../../src/store/connect.ts";
import { claimOrigin } from "../../src/store/origin.ts";
import { agree, furnishPaperSchool } from "../notices/paper-school.ts";
import { sidesOf } from "../support/pdf-words.ts";
import { freshDatabase } from "../support/postgres.ts";
import { type Ran, sverka, type Variables } from "./sverka.ts";

/** Nobody listens there. */
const AWAY = "ipp://127.0.0.1:9/ipp/print";

let folder: string;
let database: Awaited<ReturnType<typeof freshDatabase>>;
let store: Store;
let schoolId: number;

/** The command line of the school at a moment of its own clock. */
function run(clock: string, args: readonly string[], over: Variables = {}): Promise<Ran> {
  return sverka(args, {
    DATABASE_URL: database.url,
    SVERKA_DATA: join(folder, "data"),
    SVERKA_CONFIG: join(folder, "config"),
    SVERKA_CLOCK: `${clock}:00+03:00`,
    LOG_LEVEL: "silent",
    ...over,
  });
}
const THURSDAY = "2026-09-10T13:00";
const FRIDAY = "2026-09-11T14:00";

const inFolder = (name: string) => (existsSync(join(folder, name)) ? readdirSync(join(folder, name)) : []);
const textOf = (pdf: Uint8Array) =>
  sidesOf(pdf)
    .map(({ text }) => text)
    .join(" ");
const plain = (text: string) => text.replaceAll("\u00a0", " ");
/** The path that a line ends with. */
const pathIn = (line: string) => line.trim().replace(/^[^/]*/, "");

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sverka-notices-"));
  database = await freshDatabase();
  store = connectStore(database.url);
  const school = await furnishPaperSchool(store, { externalId: "school" });
  schoolId = school.school.id;
  await claimOrigin(store, { as: "simulation", clock: true, at: school.clock.now() });
  await school.pass("2026-09-01T09:00");
  await agree(store, schoolId, { way: "paper", pupils: ["101", "103", "104"], at: school.clock.now() });
});
afterAll(async () => {
  await store.close();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

describe("the loop of paper, command by command", () => {
  const codes = async (batch: number) => {
    const notices = await store.prisma.notice.findMany({
      where: { batch: { number: batch } },
      orderBy: { place: "asc" },
    });
    return notices.map(({ slipCode }) => slipCode);
  };
  let printed = "";

  it("compose shows what is due, composes it, and prints it into the folder at once", async () => {
    const dry = await run("2026-09-01T13:00", ["notices", "compose", "--dry-run"]);
    expect([dry.code, plain(dry.stdout)]).toEqual([
      0,
      "сейчас  5 А: 2 семьи – первая распечатка, не позже 4 сентября 2026 г.\nсейчас  6 Б: 1 семья – первая распечатка, не позже 4 сентября 2026 г.\n",
    ]);
    const made = await run("2026-09-01T13:00", ["notices", "compose"]);
    const [batch = "", line = "", ...rest] = plain(made.stdout).split("\n");
    expect([made.code, batch, rest]).toEqual([0, "Партия № 1 (первые, новым семьям).", [""]]);
    expect(line).toMatch(/^Напечатано, 5 страниц: .*\/data\/print\/2026-09-01 .* \[[0-9a-f]{12}\]\.pdf$/);
    printed = pathIn(line);
    expect(textOf(readFileSync(printed))).toContain("Ручьёв");
    const again = await run("2026-09-01T13:05", ["notices", "compose"]);
    expect([again.code, again.stdout]).toEqual([
      0,
      "Сейчас составлять нечего. Кому и когда – покажет «sverka notices compose --dry-run».\n",
    ]);
  });

  it("handed marks a class, and batches shows how far each has come", async () => {
    const handed = await run("2026-09-02T12:00", [
      "notices",
      "handed",
      "--batch",
      "1",
      "--class",
      "5а",
      "--except",
      "103",
    ]);
    expect([handed.code, handed.stdout]).toEqual([0, "5 А: отмечено розданными 1, кроме 1.\n"]);
    const stranger = await run("2026-09-02T12:00", ["notices", "handed", "--class", "5 А", "--except", "104"]);
    expect([stranger.code, stranger.stderr]).toEqual([
      2,
      "Ученика с номером «104» в классе «5 А» нет: номера покажет «sverka notices --list».\n",
    ]);
    const unknown = await run("2026-09-02T12:00", ["notices", "handed", "--batch", "9", "--class", "5 А"]);
    expect([unknown.code, unknown.stderr]).toEqual([2, "Партии № 9 нет: номера покажет «sverka notices batches».\n"]);
    const batches = await run("2026-09-02T12:00", ["notices", "batches"]);
    expect(plain(batches.stdout).split("\n").slice(1, 3)).toEqual([
      "  5 А      распечаток 2, напечатано 2, роздано 1, вернулось 0 – не отмечено передачи: 1",
      "  6 Б      распечаток 1, напечатано 1, роздано 0, вернулось 0 – не отмечено передачи: 1",
    ]);
  });

  it("reprint gives the same bytes, into a folder or to the printer, and says what it cannot give", async () => {
    const out = join(folder, "снова");
    const ran = await run("2026-09-03T09:00", ["notices", "reprint", "--batch", "1", "--out", out]);
    expect([ran.code, inFolder("снова")]).toEqual([0, [expect.stringMatching(/^Уведомления, партия № 1, /)]]);
    expect(readFileSync(ran.stdout.trim()).equals(readFileSync(printed))).toBe(true);
    const own = await run("2026-09-03T09:00", ["notices", "reprint", "--batch", "1", "--class", "6 Б", "--json"]);
    const { batch, prints } = JSON.parse(own.stdout);
    expect([own.code, batch, prints.length]).toEqual([0, 1, 1]);
    expect(prints[0]).toMatchObject({ state: "done", pages: 2, path: expect.stringContaining(", 6 Б ") });
    expect(textOf(readFileSync(prints[0].path))).not.toContain("Ручьёв");
  });

  it("register lists the letters of a batch for the post office", async () => {
    const none = await run("2026-09-03T09:00", ["notices", "register", "--batch", "1"]);
    expect([none.code, none.stderr]).toEqual([2, "В партии № 1 нет писем по почте: реестр не нужен.\n"]);
    const pupil = { schoolId, pupilExternalId: "105" };
    await agree(store, schoolId, { way: "paper", pupils: ["105"], at: Date.parse(THURSDAY) });
    await store.prisma.deliveryAgreement.updateMany({
      where: pupil,
      data: { address: "ул. Садовая, 12, г. Ручьи", guardian: "Журавлёвой О. П." },
    });
    const made = await run("2026-09-03T13:00", ["notices", "compose"]);
    expect([made.code, made.stdout]).toEqual([
      0,
      expect.stringContaining("Писем по почте: 1. Реестр для почты сделает «sverka notices register --batch 2»."),
    ]);
    const ran = await run("2026-09-03T13:00", ["notices", "register", "--batch", "2", "--out", folder]);
    expect([ran.code, ran.stdout]).toEqual([0, `${join(folder, "Реестр писем, партия № 2.pdf")}\n`]);
    const text = textOf(readFileSync(ran.stdout.trim()));
    expect(text).toContain("Журавлёвой О. П.");
    expect(text).not.toContain("Анна");
    await store.prisma.deliveryAgreement.deleteMany({ where: pupil });
  });

  it("correct makes a new edition and prints it alone", async () => {
    const ran = await run("2026-09-03T10:00", ["notices", "correct", "--batch", "1", "--pupil", "101"]);
    const [said = "", line = ""] = plain(ran.stdout).split("\n");
    expect([ran.code, said]).toEqual([0, "Партия № 1, 5 А: составлена 2-я редакция, прежняя отозвана."]);
    const text = textOf(readFileSync(pathIn(line)));
    expect(text).toContain("Исправленное уведомление, вместо розданного 2");
    expect(text).not.toContain("Ёлкин");
    const none = await run("2026-09-03T10:00", ["notices", "correct", "--batch", "1", "--pupil", "102"]);
    expect([none.code, none.stderr]).toEqual([
      2,
      expect.stringMatching(/^В партии № 1 нет распечатки ученика с номером 102/),
    ]);
  });

  it("slips scan reads the very print, and the short list is cleared by typing and by setting aside", async () => {
    const scanned = await run("2026-09-07T10:00", ["slips", "scan", printed]);
    expect([scanned.code, plain(scanned.stdout).split("\n")[0]]).toEqual([
      1,
      expect.stringMatching(
        /^Файл № 1 «.*», 5 страниц: вернулось 2 корешка, от прежних, с тех пор исправленных уведомлений – 1, не прочитано – 2\.$/,
      ),
    ]);
    const again = await run("2026-09-07T10:00", ["slips", "scan", printed, "--json"]);
    expect([again.code, JSON.parse(again.stdout).files]).toEqual([0, [expect.objectContaining({ state: "known" })]]);
    const list = await run("2026-09-07T10:00", ["slips", "list"]);
    const lines = plain(list.stdout).trim().split("\n");
    expect(lines[0]).toMatch(/^Файл № 1 «.*\.pdf» \(.*\/data\/scans\/kept\/2026-09\/[0-9a-f]{32}\.pdf\)$/);
    expect(lines.slice(1).map((line) => line.split(": ")[0])).toEqual([
      "  страница 1",
      "  страница 3, внизу справа",
      "  страница 4",
    ]);

    const edition2 = (await store.prisma.notice.findFirstOrThrow({ where: { edition: 2 } })).slipCode;
    const wrong = edition2.replace(/.$/, (digit) => String((Number(digit) + 1) % 10));
    const typo = await run("2026-09-07T10:00", ["slips", "enter", wrong, "--file", "1", "--page", "4"]);
    expect([typo.code, typo.stderr]).toEqual([
      2,
      "В коде корешка ошибка в одной из цифр: сравните его с напечатанным под квадратом.\n",
    ]);
    const typed = await run("2026-09-07T10:00", [
      "slips",
      "enter",
      printedCode(edition2),
      "--file",
      "1",
      "--page",
      "4",
    ]);
    expect([typed.code, plain(typed.stdout)]).toEqual([0, "Корешок вернулся (5 А, № 2 в партии № 1).\n"]);
    const cleared = await run("2026-09-07T10:00", ["slips", "clear", "--file", "1"]);
    expect([cleared.code, plain(cleared.stdout)]).toEqual([0, "Убрано из списка: 2 строки.\n"]);
    expect((await run("2026-09-07T10:00", ["slips", "list"])).stdout).toBe("Разбирать нечего.\n");
    const missing = await run("2026-09-07T10:00", ["slips", "scan", join(folder, "нет.pdf")]);
    expect([missing.code, missing.stdout]).toEqual([
      1,
      "Файл «нет.pdf» не принят. Файл не читается с диска: проверьте, что он на месте, права на него и что он не открыт в другой программе.\n",
    ]);
    const states = await run("2026-09-07T10:00", ["notices", "batches", "--json"]);
    expect(JSON.parse(states.stdout).batches.at(-1).classes).toMatchObject([
      { className: "5 А", notices: 2, returned: 2, withdrawn: 1 },
      { className: "6 Б", notices: 1, returned: 1, withdrawn: 0 },
    ]);
  });

  it("a printer that is away is said at once; a family whose agreement an import ends meanwhile is not in what comes out", async () => {
    const made = await run(THURSDAY, ["notices", "compose"], { SVERKA_PRINTER: AWAY });
    expect([made.code, plain(made.stdout).split("\n")]).toEqual([
      1,
      [
        "Партия № 3 (очередные).",
        expect.stringMatching(/^№ \d+ {2}ждёт отправки: принтер не отвечает {2}\(0 из 5 страниц, /),
        expect.stringContaining("Проверьте, что принтер включён"),
        "",
      ],
    ]);
    const list = join(folder, "согласия.csv");
    writeFileSync(
      list,
      "Номер ученика;Ученик;Родитель;Способ\n101;Ручьёв Пётр;мать;на бумаге\n103;Ёлкин Олег;мать;электронно\n",
    );
    const imported = await run(FRIDAY, ["import", "delivery", list]);
    expect(imported).toMatchObject({ code: 0, stderr: "" });
    const before = inFolder("data/print").length;
    const printing = await run(FRIDAY, ["print", "retry"]);
    expect([printing.code, printing.stdout]).toEqual([0, "Печатать нечего: всё, что просили, напечатано.\n"]);
    const file = inFolder("data/print").find((name) => name.startsWith("2026-09-11"));
    expect(inFolder("data/print")).toHaveLength(before + 1);
    const text = textOf(readFileSync(join(folder, "data/print", file ?? "")));
    expect(text).not.toContain("Ёлкин");
    expect(text).toContain("Ручьёв");
    expect(text).toContain("Берёзкин");
    const [gone = ""] = await codes(3);
    expect(text).not.toContain(printedCode(gone));
    const jobs = await run(FRIDAY, ["print", "jobs", "--all", "--json"]);
    expect(JSON.parse(jobs.stdout).slice(-2)).toMatchObject([
      { batch: 3, state: "cancelled", reason: "made-anew" },
      { batch: 3, state: "done", pages: 4 },
    ]);
    const over = await run(FRIDAY, [
      "print",
      "continue",
      "--job",
      String(JSON.parse(jobs.stdout).at(-1).id),
      "--cancel",
    ]);
    expect([over.code, over.stderr]).toEqual([2, expect.stringContaining("уже закончена, продолжать нечего.")]);
  });
});
