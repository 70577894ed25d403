import { access, constants, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { SverkaError } from "../../src/domain/error.ts";
import { type PrintReason, reasonWords } from "../../src/domain/print/reasons.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { Found, Printer } from "../../src/ports/printer.ts";
import { writeWhole } from "../write-whole.ts";

/**
 * Lays prints into a folder, from which a person prints them: «2026-10-08 Распечатки, пачка 3 [1a2b3c4d5e6f].pdf», by the day of `zone`. The same mark
 * always is the same file, so after a crash nothing lies there twice. Whatever the disk refuses is worth another try.
 */
export function createFolderPrinter({ folder, clock, zone }: { folder: string; clock: Clock; zone: string }): Printer {
  const find = async (mark: string): Promise<Found> => {
    try {
      const name = (await readdir(folder)).find((entry) => entry.endsWith(ending(mark)));
      return name === undefined ? { kind: "absent", harmless: true } : { kind: "found", externalId: name };
    } catch (error) {
      return codeOf(error) === "ENOENT"
        ? { kind: "absent", harmless: true }
        : { kind: "unreachable", reason: reasonOf(error) };
    }
  };
  return {
    place: folder,
    kind: "folder",
    async submit({ mark, name, pdf }) {
      try {
        await mkdir(folder, { recursive: true });
        const day = Temporal.Instant.fromEpochMilliseconds(clock.now()).toZonedDateTimeISO(zone).toPlainDate();
        const file = `${day} ${plain(name)}${ending(mark)}`;
        await writeWhole(join(folder, file), pdf);
        return { kind: "done", externalId: file };
      } catch (error) {
        return { kind: "later", reason: reasonOf(error) };
      }
    },
    find,
    // A file is written whole or not at all, and what a person did with it since is their business.
    look: async () => ({ kind: "ended", how: "done", pagesDone: 0, untouched: false }),
    cancel: async () => true,
    async verify() {
      try {
        await mkdir(folder, { recursive: true });
        await access(folder, constants.W_OK);
      } catch (cause) {
        const { what, todo } = reasonWords("folder-closed");
        throw new SverkaError("configuration", "print-folder", `${what}: «${folder}». ${todo}`, { cause });
      }
    },
  };
}

const ending = (mark: string) => ` [${mark}].pdf`;

function plain(name: string): string {
  const words = name
    .replace(/\.pdf$/i, "")
    .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  return [...words].slice(0, 80).join("").trim();
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? "";

function reasonOf(error: unknown): PrintReason {
  return ["ENOSPC", "EDQUOT"].includes(codeOf(error)) ? "disk-full" : "folder-closed";
}
