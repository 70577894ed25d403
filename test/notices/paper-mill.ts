import { addDays } from "../../src/domain/days.ts";
import type { Layout } from "../../src/domain/notice/sheet-order.ts";
import { printedCode } from "../../src/domain/slip/code.ts";
import { composeDue } from "../../src/notices/compose-due.ts";
import { correctNotice } from "../../src/notices/correct-notice.ts";
import { printAgain } from "../../src/notices/print-batch.ts";
import { printRest } from "../../src/notices/print-rest.ts";
import { takeOutEnded } from "../../src/notices/take-out-ended.ts";
import type { Printer, PrintOrder } from "../../src/ports/printer.ts";
import { followPrints } from "../../src/print/follow-prints.ts";
import type { Store } from "../../src/store/connect.ts";
import { batchById } from "../../src/store/notice-batches.ts";
import { sidesOf } from "../support/pdf-words.ts";
import { furnishPaperSchool } from "./paper-school.ts";

/** What may happen to a school's paper, in any order. */
export type Happening =
  | { readonly what: "days"; readonly days: number }
  | { readonly what: "agree"; readonly pupil: number; readonly large: boolean; readonly posted: boolean }
  | { readonly what: "end"; readonly pupil: number }
  | { readonly what: "correct"; readonly pick: number }
  | { readonly what: "reprint"; readonly pick: number; readonly ofClass: boolean }
  | { readonly what: "layout"; readonly layout: Layout }
  | { readonly what: "printer"; readonly on: boolean }
  | { readonly what: "follow" };

/** Words that stand in nothing but this pupil's papers. */
export const token = (pupil: string) => `Запись${pupil}${pupil}`;

/** A school with a printer that keeps what comes out of it, and what was the truth when it came out. */
export async function openMill(store: Store, externalId: string) {
  const school = await furnishPaperSchool(store, { externalId });
  const { journal, needs, clock } = school;
  const schoolId = school.school.id;
  const pupils = journal.directory.pupils.map(({ externalId: id }) => id);
  journal.messages = pupils.flatMap((pupil) =>
    Array.from({ length: 13 }, (_, week) => ({
      pupilExternalId: pupil,
      date: addDays("2026-09-01", week * 7),
      teacherExternalId: null,
      subjectExternalId: null,
      text: `${token(pupil)} неделя ${week + 1}.`,
    })),
  );
  const sheets: Sheet[] = [];
  /** Prints that a person asked for again. */
  const again = new Set<number>();
  let on = true;
  let layout: Layout = "simplex";
  let sent = 0;
  const printer: Printer = {
    place: "mill",
    kind: "printer",
    async submit({ mark, pdf, sides }: PrintOrder) {
      if (!on) return { kind: "later", reason: "offline" };
      const job = await store.prisma.printJob.findUniqueOrThrow({ where: { mark } });
      sheets.push(...(await lookAt(pdf, { print: job.id, duplex: sides === "two-sided", again: again.has(job.id) })));
      sent += 1;
      return { kind: "done", externalId: `${sent}` };
    },
    find: async () => ({ kind: "absent", harmless: true }),
    look: async () => ({ kind: "unknown" }),
    cancel: async () => true,
    verify: async () => undefined,
  };
  const printing = () => ({ ...needs, layout });
  const takeOut = () => takeOutEnded(needs, printing());
  const follow = async () => {
    await takeOut();
    await followPrints({
      store,
      printer,
      clock,
      schoolId,
      log: { info: () => undefined, warn: () => undefined },
      raise: async () => undefined,
    });
  };
  const notices = () => store.prisma.notice.findMany({ where: { schoolId }, orderBy: { id: "asc" } });

  /** Each side of what comes out, with what was true of its notices at that moment. */
  async function lookAt(pdf: Uint8Array, of: Pick<Sheet, "print" | "duplex" | "again">): Promise<Sheet[]> {
    const known = new Map((await notices()).map((notice) => [printedCode(notice.slipCode), notice]));
    const paper = new Set((await needs.families())?.keys() ?? []);
    return sidesOf(pdf).map(({ page, text }) => ({
      ...of,
      page,
      list: text.includes("Список для раздачи"),
      pupils: pupils.filter((pupil) => text.includes(token(pupil)) || text.includes(nameOf(pupil))),
      codes: [...text.matchAll(/\b\d{4} \d{4} \d{4}\b/g)].map(([code]) => {
        const notice = known.get(code);
        return {
          code,
          pupil: notice?.pupilExternalId ?? null,
          withdrawn: notice?.withdrawnAt != null,
          wanted: notice !== undefined && (notice.printedAt !== null || paper.has(notice.pupilExternalId)),
        };
      }),
    }));
  }
  const nameOf = (pupil: string) => journal.directory.pupils.find((one) => one.externalId === pupil)?.fullName ?? "?";

  return {
    sheets,
    notices,
    async happen(one: Happening): Promise<void> {
      switch (one.what) {
        case "days": {
          const day = Temporal.Instant.fromEpochMilliseconds(clock.now()).toZonedDateTimeISO("Europe/Moscow");
          const date = addDays(day.toPlainDate().toString(), one.days);
          await school.pass(`${date}T12:00`);
          school.go(`${date}T13:00`);
          await composeDue(needs, printing(), { anyHour: true });
          return;
        }
        case "agree":
        case "end": {
          const among = one.what === "agree" ? pupils : [...((await needs.families())?.keys() ?? [])];
          const pupilExternalId = among[one.pupil % Math.max(1, among.length)];
          if (pupilExternalId === undefined) return;
          await school.agree(one.what === "agree" ? "paper" : "electronic", [pupilExternalId]);
          if (one.what === "end") return;
          const address = one.posted ? `Улица ${token(pupilExternalId)}, дом 1` : null;
          await store.prisma.deliveryAgreement.updateMany({
            where: { schoolId, pupilExternalId },
            data: { largePrint: one.large, address },
          });
          return;
        }
        case "correct": {
          const live = (await notices()).filter(({ withdrawnAt }) => withdrawnAt === null);
          const notice = live[one.pick % Math.max(1, live.length)];
          const batch = notice === undefined ? null : await batchById(store, notice.batchId);
          if (notice === undefined || batch === null) return;
          await correctNotice(needs, batch, notice.pupilExternalId);
          await printRest(printing(), batch);
          return;
        }
        case "reprint": {
          const live = (await notices()).filter(
            ({ withdrawnAt, printedAt }) => withdrawnAt === null && printedAt !== null,
          );
          const notice = live[one.pick % Math.max(1, live.length)];
          const batch = notice === undefined ? null : await batchById(store, notice.batchId);
          if (notice === undefined || batch === null) return;
          const jobs = async () => (await store.prisma.printJob.findMany({ where: { schoolId } })).map(({ id }) => id);
          const before = new Set(await jobs());
          await printAgain(printing(), batch, { classExternalId: one.ofClass ? notice.classExternalId : "" });
          for (const id of await jobs()) if (!before.has(id)) again.add(id);
          return;
        }
        case "layout":
          layout = one.layout;
          return;
        case "printer":
          on = one.on;
          return;
        case "follow":
          return follow();
      }
    },
  };
}

/** One side of a sheet that came out of the printer. */
export interface Sheet {
  readonly print: number;
  /** A person asked for it once more. */
  readonly again: boolean;
  readonly page: number;
  readonly duplex: boolean;
  /** A list to hand out by. */
  readonly list: boolean;
  /** Whose name, remark or address stands on it. */
  readonly pupils: readonly string[];
  readonly codes: readonly {
    readonly code: string;
    /** Whose notice it is; null: nobody's. */
    readonly pupil: string | null;
    readonly withdrawn: boolean;
    /** Its family is on paper still, or had it before. */
    readonly wanted: boolean;
  }[];
}
