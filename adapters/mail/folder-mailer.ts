import { createHash } from "node:crypto";
import { access, constants, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { createTransport } from "nodemailer";
import { SverkaError } from "../../src/domain/error.ts";
import type { EpochMs } from "../../src/domain/time.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { Letter, Mailer } from "../../src/ports/mailer.ts";
import { writeWhole } from "../write-whole.ts";
import { composeMessage } from "./compose-message.ts";

/**
 * Lays letters into a folder as `.eml`, which any mail program opens: «2026-10-05 18-15 Сверка, 5 октября [1a2b3c4d].eml», by the clock of `zone`.
 * The same Message-ID always is the same file. A folder that cannot be written is worth another try.
 */
export function createFolderMailer({ folder, clock, zone }: { folder: string; clock: Clock; zone: string }): Mailer {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: "windows" });
  return {
    place: folder,
    async send(letter) {
      try {
        const at = clock.now();
        const { message } = await transport.sendMail(composeMessage(letter, at));
        await mkdir(folder, { recursive: true });
        const mark = ` [${createHash("sha256").update(letter.messageId).digest("hex").slice(0, 8)}].eml`;
        const before = (await readdir(folder)).find((name) => name.endsWith(mark));
        const name = before ?? `${nameOf(letter, at, zone)}${mark}`;
        await writeWhole(join(folder, name), Buffer.isBuffer(message) ? message : await buffer(message));
        return { kind: "accepted", answer: `записано в файл «${name}»` };
      } catch (error) {
        return { kind: "later", answer: `не записано: ${(error as NodeJS.ErrnoException).code ?? "ошибка"}` };
      }
    },
    async verify() {
      try {
        await mkdir(folder, { recursive: true });
        await access(folder, constants.W_OK);
      } catch (cause) {
        throw new SverkaError(
          "configuration",
          "mail-folder",
          `В папку писем «${folder}» нельзя писать: проверьте права или укажите другую папку данных в SVERKA_DATA.`,
          { cause },
        );
      }
    },
  };
}

function nameOf(letter: Letter, at: EpochMs, zone: string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const time = local.toPlainDateTime().toString({ smallestUnit: "minute" }).replace("T", " ").replace(":", "-");
  const subject = letter.subject
    .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  return `${time} ${[...subject].slice(0, 60).join("").trim()}`;
}
