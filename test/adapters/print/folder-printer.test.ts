import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createFolderPrinter } from "../../../adapters/print/folder-printer.ts";

const clock = { now: () => Date.parse("2026-10-08T21:30:00Z") };
const order = {
  mark: "1a2b3c4d5e6f",
  name: "Распечатки: пачка 3, 5 «А»/5 «Б».pdf",
  pdf: new Uint8Array(200_000).fill(37),
  pages: 4,
  sides: "one-sided",
} as const;
const name = "2026-10-09 Распечатки пачка 3, 5 «А» 5 «Б» [1a2b3c4d5e6f].pdf";
const announced = async () => undefined;

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "sverka-print-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

it("lays a print under a name that a person understands, by the school's day", async () => {
  const printer = createFolderPrinter({ folder: join(home, "print"), clock, zone: "Europe/Moscow" });
  await printer.verify();
  expect(await printer.submit(order, announced)).toEqual({ kind: "done", externalId: name });
  expect(readdirSync(join(home, "print"))).toEqual([name]);
  expect(readFileSync(join(home, "print", name))).toHaveLength(order.pdf.length);
  expect(await printer.find(order.mark)).toEqual({ kind: "found", externalId: name });
  expect(await printer.find("another")).toEqual({ kind: "absent", harmless: true });
});

it("leaves nothing half-written on a full disk, says so, and writes when there is room", async () => {
  const folder = join(home, "small");
  mkdirSync(folder);
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=128k", "tmpfs", folder]).status === 0;
  // Whoever may not mount has no small disk; the next test is for them.
  if (!mounted) return;
  try {
    const printer = createFolderPrinter({ folder, clock, zone: "Europe/Moscow" });
    expect(await printer.submit(order, announced)).toEqual({ kind: "later", reason: "disk-full" });
    expect(readdirSync(folder)).toEqual([]);
    const small = { ...order, pdf: order.pdf.subarray(0, 1_000) };
    expect(await printer.submit(small, announced)).toMatchObject({ kind: "done" });
  } finally {
    spawnSync("umount", [folder]);
  }
});

it("says that the folder is closed, or is none, and how to open it", async () => {
  const file = join(home, "print");
  writeFileSync(file, "");
  const onFile = createFolderPrinter({ folder: file, clock, zone: "Europe/Moscow" });
  expect(await onFile.submit(order, announced)).toEqual({ kind: "later", reason: "folder-closed" });
  await expect(onFile.verify()).rejects.toThrow("в папку печати нельзя писать");
  if (process.getuid?.() === 0) return;
  const closed = join(home, "closed");
  mkdirSync(closed);
  chmodSync(closed, 0o500);
  const printer = createFolderPrinter({ folder: closed, clock, zone: "Europe/Moscow" });
  expect(await printer.submit(order, announced)).toEqual({ kind: "later", reason: "folder-closed" });
});
