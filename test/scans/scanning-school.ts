import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { createScanFolder } from "../../adapters/scan/scan-folder.ts";
import { composeDue } from "../../src/notices/compose-due.ts";
import type { Scanner } from "../../src/ports/scanner.ts";
import { readArrived } from "../../src/scans/read-arrived.ts";
import type { ScanNeeds } from "../../src/scans/scan-needs.ts";
import { openPaperSchool } from "../notices/paper-school.ts";
import { blankGrey, type Grey, lay } from "../support/scans/grey.ts";
import { encoded } from "../support/scans/scanned-page.ts";
import type { SlipArt } from "../support/scans/slip-art.ts";

/** Of the pages that are scanned here. */
export const DPI = 150;
const SCALE = DPI / 300;

/** A page on which these slips lie one below the other. */
export function pageOfSlips(art: SlipArt, codes: readonly string[]): Grey {
  const page = blankGrey(1240, 1754, 255);
  for (const [index, code] of codes.entries())
    lay(page, art.slip(code, 1), { x: 620, y: 300 + index * 450, degrees: 2, scale: SCALE });
  return page;
}

/** The same as a file of the copier for a PDF of several pages. */
export async function sheetOf(art: SlipArt, codes: readonly string[]) {
  return { jpeg: await encoded(pageOfSlips(art, codes), "jpeg"), dpi: DPI };
}

/** A school whose three families on paper have had their first notices (1, 2 and 3 in 5 А and 6 Б), and a folder of its copier. */
export async function openScanningSchool(scanner: Scanner) {
  const school = await openPaperSchool();
  await school.pass("2026-09-01T09:00");
  await school.agree("paper", ["101", "103", "104"]);
  school.go("2026-09-01T13:00");
  await composeDue(school.needs, school.needs);
  await school.printAll();
  const data = mkdtempSync(join(tmpdir(), "sverka-scans-"));
  onTestFinished(() => rmSync(data, { recursive: true, force: true }));
  const inbox = join(data, "scans");
  mkdirSync(inbox, { recursive: true });
  const { store, clock } = school;
  const needs = { store, clock, school: school.school, scanner, folder: createScanFolder(data), keepDays: 30 };
  const within = (folder: string) => readdirSync(join(data, folder), { withFileTypes: true, recursive: true });
  return {
    ...school,
    data,
    scans: needs satisfies ScanNeeds,
    /** What the copier does. */
    drop: (name: string, bytes: Uint8Array) => writeFileSync(join(inbox, name), bytes),
    grow: (name: string, bytes: Uint8Array) => appendFileSync(join(inbox, name), bytes),
    /** Two looks: at the second one the files have not grown. */
    async look() {
      await needs.folder.arrived();
      return readArrived(needs);
    },
    /** Files below the data folder, without their folders. */
    files: (folder: string) =>
      within(folder)
        .filter((entry) => entry.isFile())
        .map(({ name }) => name)
        .sort(),
    /** Files that lie in the inbox itself. */
    waiting: () =>
      readdirSync(inbox, { withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => name),
    codes: async () => (await school.notices()).map(({ slipCode }) => slipCode),
    returned: async () => (await school.notices()).map(({ returnedAt }) => returnedAt !== null),
    slips: () => store.prisma.scannedSlip.findMany({ orderBy: { id: "asc" } }),
  };
}

export type ScanningSchool = Awaited<ReturnType<typeof openScanningSchool>>;
