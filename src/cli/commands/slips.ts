import { basename, resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { SverkaError } from "../../domain/error.ts";
import { counted } from "../../domain/notice/words.ts";
import { countsText, needsPerson, slipSentence } from "../../domain/slip/found-slip.ts";
import { clearUp, enterSlip, type ScanPage, toClearUp } from "../../scans/clear-up.ts";
import { readScan, type ScanOutcome } from "../../scans/read-scan.ts";
import { EXIT } from "../exit-code.ts";
import { scanNeeds } from "../needs.ts";
import { scanProgress } from "../progress.ts";
import { printJson, type Tools } from "../tools.ts";

interface PageOptions {
  file?: number;
  page?: number;
}

const parseNumber = (text: string): number => {
  if (!/^\d{1,9}$/.test(text) || Number(text) < 1) throw new InvalidArgumentError("Нужно целое число от 1.");
  return Number(text);
};
const fileOption = () => new Option("--file <номер>", "номер файла из «sverka slips list»").argParser(parseNumber);
const pageOption = () => new Option("--page <номер>", "страница этого файла, с 1").argParser(parseNumber);

/** `sverka slips`: the signed slips on their way back. */
export function addSlips(program: Command, tools: Tools): void {
  const slips = program.command("slips").description("корешки уведомлений: принять подписанные");
  addScan(slips, tools);
  addList(slips, tools);
  addEnter(slips, tools);
  addClear(slips, tools);
}

function addScan(slips: Command, tools: Tools): void {
  slips
    .command("scan")
    .description("прочитать сканы корешков: PDF, JPEG, PNG, TIFF, до 200 страниц и 100 МБ в файле")
    .argument("<файл...>", "файлы; каждый читается один раз, сам файл остаётся на месте")
    .option("--json", "итог одним документом JSON")
    .addHelpText(
      "after",
      "\nПодходят серые и цветные сканы от 150 точек на дюйм, вверх ногами, криво, по нескольку корешков на странице. То же делает служба с файлами, которые копир кладёт в папку scans папки данных. Копия скана хранится до дня из policy/order-204.yaml (scans), потом уничтожается.",
    )
    .action(async (files: string[], { json }: { json?: boolean }) => {
      await tools.withHouse(async (house) => {
        const needs = scanNeeds(house);
        const progress = scanProgress(tools.stderr);
        const outcomes: ScanOutcome[] = [];
        try {
          for (const file of files) {
            const path = resolve(file);
            const onPage = (done: number, pages: number) => progress.show(basename(path), done, pages);
            const source = { path, name: basename(path) };
            const outcome = await readScan(needs, { source, watched: false, signal: tools.signal, onPage });
            progress.stop();
            outcomes.push(outcome);
            if (!json) tools.stdout.write(outcomeText(outcome));
          }
        } finally {
          progress.stop();
          await needs.scanner.close();
        }
        if (json) printJson(tools.stdout, { files: outcomes.map(outcomeJson) });
        const trouble = outcomes.some(
          ({ state, slips: found }) => state === "refused" || found.some(({ kind }) => needsPerson(kind)),
        );
        if (trouble) tools.end(EXIT.trouble);
      });
    });
}

function addList(slips: Command, tools: Tools): void {
  slips
    .command("list")
    .description("что разобрать руками: непрочитанные страницы, чужие и старые корешки, непринятые файлы")
    .option("--json", "список одним документом JSON")
    .action(async ({ json }: { json?: boolean }) => {
      await tools.lookAround(async ({ store, school, environment }) => {
        const open = await toClearUp(store, school.id);
        const placed = (path: string | null) => (path === null ? null : resolve(environment.data, path));
        if (json) {
          printJson(tools.stdout, {
            slips: open.slips.map((slip) => ({
              file: slip.fileId,
              name: slip.fileName,
              path: placed(slip.path),
              page: slip.page,
              place: slip.place?.at ?? null,
              kind: slip.kind,
              code: slip.code,
              sentence: slipSentence(slip),
            })),
            files: open.files.map(({ id, name, refusal, path }) => ({
              file: id,
              name,
              path: placed(path),
              sentence: refusal,
            })),
          });
          return;
        }
        if (open.slips.length + open.files.length === 0) {
          tools.stdout.write("Разбирать нечего.\n");
          return;
        }
        for (const [fileId, ofFile] of Map.groupBy(open.slips, (slip) => slip.fileId)) {
          const [{ fileName, path } = { fileName: "", path: null }] = ofFile;
          tools.stdout.write(`Файл № ${fileId} «${fileName}»${path === null ? "" : ` (${placed(path)})`}\n`);
          for (const slip of ofFile) tools.stdout.write(`  ${slipSentence(slip)}\n`);
        }
        for (const { id, name, refusal, path } of open.files)
          tools.stdout.write(
            `Файл № ${id} «${name}»${path === null ? "" : ` (${placed(path)})`} не принят. ${refusal}\n`,
          );
      });
    });
}

function addEnter(slips: Command, tools: Tools): void {
  slips
    .command("enter")
    .description("отметить корешок по коду, который напечатан под квадратом")
    .argument("<код>", "12 цифр; пробелы можно оставить, тогда возьмите код в кавычки")
    .addOption(fileOption())
    .addOption(pageOption())
    .option("--json", "итог одним документом JSON")
    .action(async (text: string, { json, ...of }: PageOptions & { json?: boolean }) => {
      const from = pageOf(of);
      await tools.withHouse(async ({ store, clock, school }) => {
        const slip = await enterSlip({ store, clock }, school.id, { text, from });
        const sentence = slipSentence({ ...slip, place: null });
        if (json) printJson(tools.stdout, { kind: slip.kind, code: slip.code, sentence });
        else tools.stdout.write(`${sentence}\n`);
        if (needsPerson(slip.kind)) tools.end(EXIT.trouble);
      });
    });
}

function addClear(slips: Command, tools: Tools): void {
  slips
    .command("clear")
    .description("убрать из списка: на странице нет корешка, или с ним уже разобрались")
    .addOption(fileOption().makeOptionMandatory())
    .addOption(pageOption())
    .option("--json", "итог одним документом JSON")
    .addHelpText("after", "\nБез --page убирается всё, что осталось от этого файла.")
    .action(async ({ file = 0, page, json }: PageOptions & { json?: boolean }) => {
      await tools.withHouse(async ({ store, clock, school }) => {
        const cleared = await clearUp({ store, clock }, school.id, { fileId: file, page: page ?? null });
        if (json) printJson(tools.stdout, { file, page: page ?? null, cleared });
        else tools.stdout.write(`Убрано из списка: ${counted(cleared, "строка", "строки", "строк")}.\n`);
      });
    });
}

function pageOf({ file, page }: PageOptions): ScanPage | null {
  if (file === undefined && page === undefined) return null;
  if (file !== undefined && page !== undefined) return { fileId: file, page };
  throw new SverkaError(
    "input",
    "slip-page",
    "--file и --page задают вместе: без страницы непонятно, какой корешок набран.",
  );
}

function outcomeText({ name, fileId, state, pages, blank, slips, refusal }: ScanOutcome): string {
  const file = `Файл${fileId === null ? "" : ` № ${fileId}`} «${name}»`;
  if (state === "refused") return `${file} не принят. ${refusal}\n`;
  if (state === "known") return `${file} уже прочитан раньше: ничего не изменилось.\n`;
  const empty = blank === 0 ? "" : `, из них пустых – ${blank}`;
  const counts = countsText(slips.map(({ kind }) => kind)) || "корешков нет";
  const lines = slips.filter(({ kind }) => kind !== "returned").map((slip) => `  ${slipSentence(slip)}\n`);
  return `${file}, ${counted(pages, "страница", "страницы", "страниц")}${empty}: ${counts}.\n${lines.join("")}`;
}

function outcomeJson({ slips, ...outcome }: ScanOutcome) {
  return {
    ...outcome,
    slips: slips.map(({ kind, code, place, notice, ...rest }) => ({
      kind,
      code,
      page: place?.page ?? null,
      place: place?.at ?? null,
      class: notice?.ownSchool ? notice.className : null,
      batch: notice?.ownSchool ? notice.batch : null,
      sentence: slipSentence({ kind, code, place, notice, ...rest }),
    })),
  };
}
