import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createScanFolder } from "../../adapters/scan/scan-folder.ts";
import { createScanner } from "../../adapters/scan/scanner.ts";
import { slipCode } from "../../src/domain/slip/code.ts";
import { slipSentence } from "../../src/domain/slip/found-slip.ts";
import { correctNotice } from "../../src/notices/correct-notice.ts";
import { toClearUp } from "../../src/scans/clear-up.ts";
import { readArrived } from "../../src/scans/read-arrived.ts";
import { batchByNumber } from "../../src/store/notice-batches.ts";
import { batchStates } from "../../src/store/notice-states.ts";
import { ensureSchool } from "../../src/store/schools.ts";
import { pdfOfJpegs } from "../support/scans/copier-files.ts";
import { blankGrey } from "../support/scans/grey.ts";
import { encoded } from "../support/scans/scanned-page.ts";
import { type SlipArt, slipArt } from "../support/scans/slip-art.ts";
import { DPI, openScanningSchool, pageOfSlips, type ScanningSchool, sheetOf } from "./scanning-school.ts";

const scanner = createScanner();
let art: SlipArt;
beforeAll(async () => {
  art = await slipArt();
});
afterAll(() => scanner.close());

const pngOf = (codes: readonly string[]) => encoded(pageOfSlips(art, codes), "png");
const stranger = slipCode("90817263544");
const sentences = async ({ scans, school }: ScanningSchool) =>
  (await toClearUp(scans.store, school.id)).slips.map(slipSentence);

describe("what the copier lays into the watched folder", () => {
  it("marks each slip returned, with its file and page, and keeps the original beside", async () => {
    const school = await openScanningSchool(scanner);
    const [first = "", second = "", third = ""] = await school.codes();
    const back = { jpeg: await encoded(blankGrey(1240, 1754, 250), "jpeg"), dpi: DPI };
    const file = await pdfOfJpegs([await sheetOf(art, [first, second]), back, await sheetOf(art, [third])]);
    school.drop("Иванова 5 А.pdf", file);
    school.go("2026-09-07T10:00");
    const { outcomes, look } = await school.look();
    expect(outcomes).toMatchObject([{ state: "read", pages: 3, blank: 1, refusal: null }]);
    expect(look).toEqual({ "scan-refused": [], "slips-open": [] });
    expect(await school.returned()).toEqual([true, true, true]);
    const notices = await school.notices();
    const slips = await school.slips();
    expect(slips.map(({ kind, page, noticeId, scanFileId }) => [kind, page, noticeId, scanFileId])).toEqual([
      ["returned", 1, notices[0]?.id, outcomes[0]?.fileId],
      ["returned", 1, notices[1]?.id, outcomes[0]?.fileId],
      ["returned", 3, notices[2]?.id, outcomes[0]?.fileId],
    ]);
    expect(slips[1]).toMatchObject({ x: expect.closeTo(0.7, 0), y: expect.closeTo(0.43, 1) });
    const [batch] = await batchStates(school.store, school.school.id, 1);
    expect(batch?.classes.map(({ className, returned }) => [className, returned])).toEqual([
      ["5 А", 2],
      ["6 Б", 1],
    ]);
    const [original] = await school.store.prisma.scanFile.findMany();
    expect(original?.path).toMatch(/^scans\/kept\/2026-09\/[0-9a-f]{32}\.pdf$/);
    expect(readFileSync(join(school.data, original?.path ?? "")).equals(file)).toBe(true);
    expect(school.waiting()).toEqual([]);
  });

  it("is left alone while it grows", async () => {
    const school = await openScanningSchool(scanner);
    const bytes = await pngOf(await school.codes());
    school.drop("скан.png", bytes.subarray(0, 2_000));
    expect((await readArrived(school.scans)).outcomes).toEqual([]);
    school.grow("скан.png", bytes.subarray(2_000, 3_000));
    expect((await readArrived(school.scans)).outcomes).toEqual([]);
    school.grow("скан.png", bytes.subarray(3_000));
    school.drop("другой.pdf.part", bytes);
    expect((await readArrived(school.scans)).outcomes).toEqual([]);
    expect((await readArrived(school.scans)).outcomes).toMatchObject([{ name: "скан.png", state: "read" }]);
    expect(await school.returned()).toEqual([true, true, true]);
    expect(school.waiting()).toEqual(["другой.pdf.part"]);
  });

  it("is read once: the same bytes again change nothing, another scan of the same slip is told as a double", async () => {
    const school = await openScanningSchool(scanner);
    const [first = "", second = ""] = await school.codes();
    const bytes = await pngOf([first]);
    school.drop("один.png", bytes);
    school.go("2026-09-07T10:00");
    await school.look();
    school.drop("ещё раз.png", bytes);
    school.go("2026-09-08T10:00");
    expect((await school.look()).outcomes).toMatchObject([{ state: "known", slips: [] }]);
    school.drop("оба.png", await pngOf([first, second]));
    const { outcomes, look } = await school.look();
    expect(outcomes.flatMap(({ slips }) => slips.map(slipSentence))).toEqual([
      "страница 1, вверху справа: этот корешок уже был отмечен (5 А, № 1 в партии № 1): ничего не изменилось.",
      "страница 1, справа: корешок вернулся (5 А, № 2 в партии № 1).",
    ]);
    expect(look["slips-open"]).toEqual([]);
    const [notice] = await school.notices();
    expect(notice?.returnedAt).toEqual(new Date("2026-09-07T07:00:00Z"));
    expect(school.waiting()).toEqual([]);
  });

  it("is read by one of two services that see it at once", async () => {
    const school = await openScanningSchool(scanner);
    school.drop("скан.png", await pngOf(await school.codes()));
    const other = { ...school.scans, folder: createScanFolder(school.data) };
    await Promise.all([school.scans.folder.arrived(), other.folder.arrived()]);
    const [one, two] = await Promise.all([readArrived(school.scans), readArrived(other)]);
    const states = [...one.outcomes, ...two.outcomes].map(({ state }) => state);
    expect(states.filter((state) => state === "read")).toHaveLength(1);
    expect((await school.slips()).map(({ kind }) => kind)).toEqual(["returned", "returned", "returned"]);
    expect(school.files("scans/kept")).toHaveLength(1);
  });
});

describe("a slip that is not waited for", () => {
  it("says what it is, and waits for a person on the short list", async () => {
    const school = await openScanningSchool(scanner);
    const { store } = school;
    const [first = "", second = "", third = ""] = await school.codes();
    const batch = await batchByNumber(store, school.school.id, 1);
    if (batch === null) throw new Error("no batch");
    await correctNotice(school.needs, batch, "101");
    const [, , , edition2] = await school.notices();
    const when = new Date(school.clock.now());
    const withdrawn = { withdrawnAt: when, withdrawnCause: "agreement-ended" };
    await store.prisma.notice.updateMany({ where: { slipCode: third }, data: withdrawn });
    const { id: otherId } = await ensureSchool(store, { externalId: "o", name: "Другая", year: 2026, at: +when });
    const code = slipCode("12345678901");
    const { id: _, batch: ofBatch, ...notice } = (await school.notices())[0] ?? {};
    const { id: _id, ...batchRow } = ofBatch ?? {};
    const otherBatch = await store.prisma.noticeBatch.create({ data: { ...batchRow, schoolId: otherId } as never });
    const other = { ...notice, contents: {}, slipCode: code, schoolId: otherId, batchId: otherBatch.id };
    await store.prisma.notice.create({ data: other as never });

    school.drop("а.png", await pngOf([second, third, code]));
    school.drop("б.png", await pngOf([stranger]));
    const { look } = await school.look();
    expect(await sentences(school)).toEqual([
      "страница 1, вверху справа: корешок прежнего уведомления (5 А, № 2 в партии № 1): оно с тех пор исправлено. Проверьте, что семья получила исправленное, его корешок ещё ждём.",
      "страница 1, справа: корешок уведомления, которое отозвано (6 Б, № 3 в партии № 1): оно не должно было уйти семье. Узнайте, как оно к ней попало.",
      "страница 1, внизу справа: корешок другой школы (код 1234 5678 9018): отдайте его туда.",
      "страница 1, вверху справа: код 9081 7263 5445 здесь не печатали: это корешок другой школы или очень старый. Отложите его.",
    ]);
    expect(look["slips-open"]).toEqual([{ subject: "", detail: "Ждёт человека 4\u00a0строки разбора." }]);
    // The slip of the correction is still waited for, and so is the first one; the other school's notice is its own matter.
    const states = await store.prisma.notice.findMany({ where: { returnedAt: null }, select: { slipCode: true } });
    expect(states.map(({ slipCode: one }) => one).sort()).toEqual([first, edition2?.slipCode, code].sort());
  });
});

describe("the file of a scan", () => {
  it("that is refused is laid aside and told once, by number only; what was wrong with it is forgotten when it is read", async () => {
    const school = await openScanningSchool(scanner);
    school.drop("Ручьёв Пётр.docx", Buffer.from("PK\x03\x04"));
    school.drop("скан.png", await pngOf(await school.codes()));
    const { outcomes, look } = await school.look();
    expect(outcomes.map(({ state }) => state)).toEqual(["refused", "read"]);
    expect(look["scan-refused"]).toEqual([
      { subject: "1", detail: "Файл № 1. Это не скан: сохраните скан на копире как PDF, JPEG, PNG или TIFF." },
    ]);
    expect(school.waiting()).toEqual([]);
    expect(school.files("scans/refused")).toEqual([expect.stringMatching(/^[0-9a-f]{8} Ручьёв Пётр\.docx$/)]);
    // The same once more, under another name: nothing of the first is left.
    school.drop("опять.docx", Buffer.from("PK\x03\x04"));
    expect((await school.look()).look["scan-refused"]).toHaveLength(1);
    expect(school.files("scans/refused")).toEqual([expect.stringMatching(/^[0-9a-f]{8} опять\.docx$/)]);
    const [{ path } = { path: null }] = await school.store.prisma.scanFile.findMany({ where: { state: "refused" } });
    expect(path).toMatch(/опять/);
  });

  it("is kept until the policy's day is over, and then destroyed, read or refused", async () => {
    const school = await openScanningSchool(scanner);
    school.go("2026-09-07T10:00");
    school.drop("скан.png", await pngOf(await school.codes()));
    school.drop("пусто.pdf", Buffer.alloc(0));
    await school.look();
    school.go("2026-10-07T23:59");
    expect(await school.look()).toMatchObject({ destroyed: 0 });
    expect(school.files("scans")).toHaveLength(2);
    school.go("2026-10-08T00:01");
    expect(await school.look()).toMatchObject({ destroyed: 2 });
    expect(school.files("scans")).toEqual([]);
    const files = await school.store.prisma.scanFile.findMany();
    expect(files.map(({ path, destroyedAt }) => [path, destroyedAt !== null])).toEqual([
      [null, true],
      [null, true],
    ]);
    // What the slips said stays.
    expect(await school.returned()).toEqual([true, true, true]);
    expect((await school.slips()).map(({ page }) => page)).toEqual([1, 1, 1]);
  });

  it("is read whole or not at all: what broke off in the middle begins anew and leaves no copy behind", async () => {
    const school = await openScanningSchool(scanner);
    const { pool } = school.store;
    await pool.query(
      `CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         IF (SELECT count(*) FROM scanned_slip) >= 2 THEN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END IF; RETURN NEW; END $$`,
    );
    await pool.query(
      "CREATE TRIGGER full_disk BEFORE INSERT ON scanned_slip FOR EACH ROW EXECUTE FUNCTION full_disk()",
    );
    school.drop("скан.png", await pngOf(await school.codes()));
    await expect(school.look()).rejects.toThrow();
    expect(await school.returned()).toEqual([false, false, false]);
    expect([school.waiting(), school.files("scans/kept")]).toEqual([["скан.png"], []]);
    await pool.query("DROP TRIGGER full_disk ON scanned_slip");
    expect((await readArrived(school.scans)).outcomes).toMatchObject([{ state: "read" }]);
    expect(await school.returned()).toEqual([true, true, true]);
  });
});
