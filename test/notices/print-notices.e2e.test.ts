import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { folderFiles } from "../../adapters/files/folder-files.ts";
import { printNotices } from "../../src/notices/print-notices.ts";
import type { Files } from "../../src/ports/files.ts";
import { sidesOf } from "../support/pdf-words.ts";
import { at, openPaperSchool, type PaperSchool } from "./paper-school.ts";

const span = { from: "2026-10-05", to: "2026-10-18" };
const name = "Уведомления 2026-10-05 – 2026-10-18.pdf";

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "sverka-print-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, "print");
}

const print = ({ needs }: PaperSchool, out: string, { all = false, files = folderFiles as Files } = {}) =>
  printNotices({ ...needs, files }, { span, out, all });
async function opened(): Promise<PaperSchool> {
  const school = await openPaperSchool();
  await school.pass("2026-09-01T09:00");
  school.go("2026-10-19T10:00");
  return school;
}

describe("a batch by hand", () => {
  it("is one file by class and surname for the families on paper, printed once it is written", async () => {
    const school = await opened();
    await school.agree("paper", ["101", "103", "104", "106"]);
    const out = await emptyFolder();
    const printed = await print(school, out);
    expect(printed).toEqual({ notices: 4, classes: 2, files: [join(out, name)], batch: 1 });
    expect(await readdir(out)).toEqual([name]);
    const text = sidesOf(await readFile(join(out, name))).map((side) => side.text);
    const order = ["Ёлкин", "Ручьёв", "Аистов", "Берёзкин"].map((surname) =>
      text.findIndex((page) => page.includes(surname) && page.includes("ознакомлен")),
    );
    expect(order).toEqual(order.toSorted((one, other) => one - other));
    expect(order[0]).toBeGreaterThan(0);
    expect((await school.notices()).map(({ printedAt }) => printedAt?.getTime())).toEqual(
      [1, 2, 3, 4].map(() => at("2026-10-19T10:00")),
    );
  });

  it("is the same batch and the same bytes when it is asked for again with the same facts", async () => {
    const school = await opened();
    await school.agree("paper", ["101"]);
    const out = await emptyFolder();
    const [one, other] = await Promise.all([print(school, out), print(school, out)]);
    expect(one).toEqual(other);
    const before = await readFile(join(out, name));
    await writeFile(join(out, name), "old");
    school.go("2026-10-19T18:00");
    await print(school, out);
    expect((await readFile(join(out, name))).equals(before)).toBe(true);
    expect(await school.notices()).toHaveLength(1);
    expect(await readdir(out)).toEqual([name]);
  });

  it("is for everybody where nobody told of families on paper, or when that is wanted", async () => {
    const school = await opened();
    expect(await print(school, await emptyFolder())).toMatchObject({ notices: 6 });
    await school.agree("paper", ["101"]);
    expect(await print(school, await emptyFolder())).toMatchObject({ notices: 1 });
    expect(await print(school, await emptyFolder(), { all: true })).toMatchObject({ notices: 6 });
    await school.agree("electronic", ["101"]);
    expect(await print(school, await emptyFolder())).toEqual({ notices: 0, classes: 0, files: [], batch: null });
  });

  it("is not noted as printed when its file cannot be written", async () => {
    const school = await opened();
    await school.agree("paper", ["101"]);
    const broken: Files = { write: () => Promise.reject(new Error("full")) };
    await expect(print(school, "", { files: broken })).rejects.toThrow("full");
    expect((await school.notices()).map(({ printedAt }) => printedAt)).toEqual([null]);
    const file = join(await emptyFolder(), "..", "file");
    await writeFile(file, "");
    await expect(print(school, file)).rejects.toMatchObject({ code: "file-write" });
    await expect(
      printNotices(
        { ...school.needs, files: folderFiles },
        { span: { from: span.to, to: span.from }, out: "", all: false },
      ),
    ).rejects.toMatchObject({ code: "notices-span", kind: "input" });
  });
});
