import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createFolderMailer } from "../../../adapters/mail/folder-mailer.ts";
import type { Letter } from "../../../src/ports/mailer.ts";

const at = (text: string) => ({ now: () => Temporal.Instant.from(text).epochMilliseconds });
const zone = "Europe/Moscow";
const letter: Letter = {
  messageId: "<abc@school.example>",
  from: "sverka@school.example",
  to: ["zavuch@school.example"],
  subject: "Сверка: 1/2 <новое>",
  text: "Текст",
  html: "<p>Текст</p>",
  attachments: [],
};

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "sverka-mail-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

describe("folder mailer", () => {
  it("names a letter by its day, time and subject, and keeps one file a Message-ID", async () => {
    const folder = join(await emptyFolder(), "outbox");
    const morning = createFolderMailer({ folder, zone, clock: at("2026-10-05T04:30:00Z") });
    const evening = createFolderMailer({ folder, zone, clock: at("2026-10-05T15:15:00Z") });
    await morning.send(letter);
    await evening.send({ ...letter, text: "Снова" });
    await evening.send({ ...letter, messageId: "<def@school.example>" });

    const names = (await readdir(folder)).sort();
    expect(names).toEqual([
      expect.stringMatching(/^2026-10-05 07-30 Сверка 1 2 новое \[[0-9a-f]{8}\]\.eml$/),
      expect.stringMatching(/^2026-10-05 18-15 Сверка 1 2 новое \[[0-9a-f]{8}\]\.eml$/),
    ]);
    const source = await readFile(join(folder, names[0] ?? ""), "utf8");
    expect(source).toContain("Message-ID: <abc@school.example>");
    expect(source).toContain(Buffer.from("Снова").toString("base64"));
  });

  it("says that it may be tried again when the folder cannot be written, and why when asked", async () => {
    const file = join(await emptyFolder(), "file");
    await writeFile(file, "");
    const mailer = createFolderMailer({ folder: file, zone, clock: at("2026-10-05T04:30:00Z") });
    expect(await mailer.send(letter)).toMatchObject({ kind: "later" });
    await expect(mailer.verify()).rejects.toMatchObject({ code: "mail-folder" });
  });
});
