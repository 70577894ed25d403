import { afterAll, beforeAll, expect, it } from "vitest";
import { createScanner } from "../../adapters/scan/scanner.ts";
import { printedCode } from "../../src/domain/slip/code.ts";
import { slipSentence } from "../../src/domain/slip/found-slip.ts";
import { clearUp, enterSlip, toClearUp } from "../../src/scans/clear-up.ts";
import { createRandom } from "../emulator/school/random.ts";
import { blankGrey, type Grey, lay } from "../support/scans/grey.ts";
import { encoded } from "../support/scans/scanned-page.ts";
import { type SlipArt, slipArt } from "../support/scans/slip-art.ts";
import { openScanningSchool, type ScanningSchool } from "./scanning-school.ts";

const scanner = createScanner();
let art: SlipArt;
beforeAll(async () => {
  art = await slipArt();
});
afterAll(() => scanner.close());

/** Somebody has scratched at the data of the square, not at its corners. */
function scratch({ width, data }: Grey): void {
  const random = createRandom(5);
  for (let y = 236; y < 330; y += 8)
    for (let x = 1355; x < 1560; x += 8) {
      const shade = random.chance(0.5) ? 20 : 250;
      for (let row = y; row < y + 8; row += 1) data.fill(shade, row * width + x, row * width + x + 8);
    }
}

/** Two slips that cannot be read any more, and a page of text; the pupils' codes in the order of the batch. */
async function unread(): Promise<{ school: ScanningSchool; codes: string[] }> {
  const school = await openScanningSchool(scanner);
  const codes = await school.codes();
  const page = blankGrey(1654, 2339, 255);
  for (const [index, code] of codes.slice(0, 2).entries()) {
    const torn = art.slip(code, 1);
    scratch(torn);
    lay(page, torn, { x: 800, y: 400 + index * 1200, degrees: 3, scale: 200 / 300 });
  }
  school.drop("нечитаемый.png", await encoded(page, "png"));
  const text = blankGrey(1654, 2339, 255);
  for (let y = 300; y < 1500; y += 40)
    for (let x = 200; x < 1400; x += 1) if (x % 23 > 8) text.data.fill(30, y * 1654 + x, y * 1654 + x + 1);
  for (let y = 300; y < 1500; y += 40)
    for (let row = 1; row < 12; row += 1) text.data.copyWithin((y + row) * 1654, y * 1654, (y + 1) * 1654);
  school.drop("текст.png", await encoded(text, "png"));
  const { look } = await school.look();
  expect(look["slips-open"]).toEqual([{ subject: "", detail: "Ждёт человека 3\u00a0строки разбора." }]);
  return { school, codes };
}

const open = async ({ scans, school }: ScanningSchool) =>
  (await toClearUp(scans.store, school.id)).slips.map((slip) => `${slip.fileName}, ${slipSentence(slip)}`);

const TODO =
  "код не читается или корешка здесь нет. Наберите код, напечатанный под квадратом: «sverka slips enter», а если корешка нет – «sverka slips clear».";

it("what cannot be read goes to the short list, and goes off it as its codes are typed or it is set aside", async () => {
  const { school, codes } = await unread();
  const { scans } = school;
  const { id } = school.school;
  expect(await open(school)).toEqual([
    `нечитаемый.png, страница 1, вверху справа: ${TODO}`,
    `нечитаемый.png, страница 1, внизу справа: ${TODO}`,
    `текст.png, страница 1: ${TODO}`,
  ]);
  expect(await school.returned()).toEqual([false, false, false]);
  const [first, second] = await school.store.prisma.scanFile.findMany({ orderBy: { id: "asc" } });
  const from = { fileId: first?.id ?? 0, page: 1 };
  const typed = await enterSlip(scans, id, { text: printedCode(codes[0] ?? ""), from });
  expect(slipSentence({ ...typed, place: null })).toBe("Корешок вернулся (5 А, № 1 в партии № 1).");
  expect(await open(school)).toHaveLength(2);
  expect(await school.returned()).toEqual([true, false, false]);
  expect(await clearUp(scans, id, { fileId: second?.id ?? 0, page: null })).toBe(1);
  expect(await open(school)).toEqual([`нечитаемый.png, страница 1, внизу справа: ${TODO}`]);
  await enterSlip(scans, id, { text: codes[1] ?? "", from });
  expect(await open(school)).toEqual([]);
  await expect(enterSlip(scans, id, { text: codes[2] ?? "", from })).rejects.toThrow(
    `На странице 1 файла № ${from.fileId} разбирать нечего: что осталось, покажет «sverka slips list».`,
  );
  // What was refused has changed nothing.
  expect(await school.returned()).toEqual([true, true, false]);
  const byHand = (await school.slips()).filter((slip) => slip.byHand);
  expect(byHand.map(({ kind, page, code }) => [kind, page, code])).toEqual([
    ["returned", 1, codes[0]],
    ["returned", 1, codes[1]],
  ]);
});

it("a code from the paper alone needs no file, and tells when it was there before", async () => {
  const school = await openScanningSchool(scanner);
  const [, , code = ""] = await school.codes();
  const enter = async () => slipSentence(await enterSlip(school.scans, school.school.id, { text: code, from: null }));
  expect(await enter()).toBe("Корешок вернулся (6 Б, № 3 в партии № 1).");
  expect(await enter()).toBe("Этот корешок уже был отмечен (6 Б, № 3 в партии № 1): ничего не изменилось.");
  await expect(clearUp(school.scans, school.school.id, { fileId: 77, page: null })).rejects.toThrow(
    "В файле № 77 разбирать нечего: что осталось, покажет «sverka slips list».",
  );
});
