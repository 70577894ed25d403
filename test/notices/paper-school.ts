import { onTestFinished } from "vitest";
import { termOf } from "../../src/domain/calendar.ts";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { defaultSettings } from "../../src/domain/settings.ts";
import type { EpochMs } from "../../src/domain/time.ts";
import type { ComposeNeeds, PaperWish } from "../../src/notices/compose-batches.ts";
import type { PrintNeeds } from "../../src/notices/print-batch.ts";
import type { Clock } from "../../src/ports/clock.ts";
import { connectStore, type Store } from "../../src/store/connect.ts";
import { paperFamilies } from "../../src/store/paper-families.ts";
import { createPrintJob } from "../../src/store/print-jobs.ts";
import { ensureSchool } from "../../src/store/schools.ts";
import { syncSchool } from "../../src/sync/sync-school.ts";
import { toldCalendar } from "../domain/rules/told-calendar.ts";
import { createMemoryJournal } from "../support/memory-journal.ts";
import { freshDatabase } from "../support/postgres.ts";

const zone = "Europe/Moscow";
export const at = (text: string): EpochMs => Temporal.ZonedDateTime.from(`${text}[${zone}]`).epochMilliseconds;

const NAMES = ["Ручьёв Пётр", "Рощина Яна", "Ёлкин Олег", "Берёзкин Егор", "Журавлёва Анна", "Аистов Лев"] as const;

/** Everything that composing and printing needs of a school in a store. */
export function paperNeeds(store: Store, school: ComposeNeeds["school"], clock: Clock): ComposeNeeds & PrintNeeds {
  return {
    store,
    clock,
    school,
    calendar: toldCalendar,
    ruling: defaultPolicy,
    cycle: defaultPolicy.noticeCycle,
    layout: "simplex",
    templates: {
      templates: { own: async () => ({}), lastGood: async () => null, keepGood: async () => undefined },
      raise: async () => undefined,
    },
    mapping: defaultSettings.mapping,
    forecast: defaultPolicy.forecast,
    simulation: false,
    async families() {
      const told = await paperFamilies(store, school.id);
      const wishes = told?.map(({ pupilExternalId, largePrint, plain }): [string, PaperWish] => [
        pupilExternalId,
        { largePrint, plain, post: null },
      ]);
      return wishes === undefined ? null : new Map(wishes);
    },
    calendarTerm: (day) => (of) => termOf(toldCalendar, day, of),
    contactOf: () => null,
    async print(client, fileId) {
      await createPrintJob(client, { schoolId: school.id, fileId, printer: "test", at: clock.now() });
    },
  };
}

/** As an import of the list of families does. */
export async function agree(
  { prisma }: Store,
  schoolId: number,
  { way, pupils, at: when }: { way: "paper" | "electronic"; pupils: readonly string[]; at: EpochMs },
): Promise<void> {
  if ((await prisma.import.count({ where: { schoolId } })) === 0) {
    const counts = { added: 1, changed: 0, removed: 0, before: {} };
    const head = { schoolId, kind: "delivery", fileName: "x", digest: "x", at: new Date(when) };
    await prisma.import.create({ data: { ...head, ...counts } });
  }
  for (const pupilExternalId of pupils) {
    const key = { schoolId, pupilExternalId, guardian: "мать" };
    await prisma.deliveryAgreement.upsert({
      where: { schoolId_pupilExternalId_guardian: key },
      create: { ...key, way, basis: "заявление", agreedOn: new Date("2026-09-01") },
      update: { way },
    });
  }
}

/** What the printer does when it works: everything that waits comes out. */
export async function printAll({ prisma }: Store, when: EpochMs): Promise<number> {
  const jobs = await prisma.printJob.findMany({ where: { state: "waiting" }, include: { file: true } });
  for (const { id, file } of jobs) {
    const ids = (file.places as { noticeId: number }[]).map(({ noticeId }) => noticeId);
    const printedAt = new Date(when);
    await prisma.notice.updateMany({ where: { id: { in: ids }, printedAt: null }, data: { printedAt } });
    await prisma.printJob.update({ where: { id }, data: { state: "done", endedAt: printedAt } });
  }
  return jobs.length;
}

/** A small school in memory and PostgreSQL, with everything that composing needs: 5 А with three pupils and 6 Б with three. */
export async function openPaperSchool(options: { from?: string } = {}) {
  const database = await freshDatabase();
  const store = connectStore(database.url);
  onTestFinished(async () => {
    await store.close();
    await database.drop();
  });
  return furnishPaperSchool(store, options);
}

/** The same in a store that somebody else opens and closes. */
export async function furnishPaperSchool(
  store: Store,
  { from = "2026-09-01T08:00", externalId = "s" }: { from?: string; externalId?: string } = {},
) {
  let now = at(from);
  const clock = { now: () => now };
  const record = await ensureSchool(store, { externalId, name: "Школа «Ручей»", year: 2026, at: now });
  const school = { ...record, zone };
  const pupil = (index: number) => ({
    externalId: String(101 + index),
    fullName: NAMES[index] ?? "",
    classExternalId: index < 3 ? "5" : "6",
    grade: index < 3 ? 5 : 6,
  });
  const journal = createMemoryJournal(clock, {
    terms: [
      { externalId: "q1", name: "1 четверть", from: "2026-09-01", to: "2026-10-23" },
      { externalId: "q2", name: "2 четверть", from: "2026-11-02", to: "2026-12-30" },
    ],
    classes: [
      { externalId: "5", name: "5 А", classTeacher: "Осина Анна Борисовна", termIds: ["q1", "q2"] },
      { externalId: "6", name: "6 Б", classTeacher: "Липов Иван Ильич", termIds: ["q1", "q2"] },
    ],
    pupils: NAMES.map((_, index) => pupil(index)),
    subjects: [{ externalId: "31", name: "Математика" }],
    staff: [{ externalId: "7", name: "Осина Анна Борисовна" }],
    letters: [],
    unplaced: [],
  });

  const needs = paperNeeds(store, school, clock);
  return {
    store,
    school,
    journal,
    needs,
    clock,
    go(when: string) {
      now = at(when);
    },
    async pass(when: string) {
      now = at(when);
      await syncSchool({ store, journal, clock, zone, limits: { share: 0.9, count: 100 } }, school.id);
    },
    agree: (way: "paper" | "electronic", pupils: readonly string[]) =>
      agree(store, school.id, { way, pupils, at: now }),
    printAll: () => printAll(store, now),
    notices: () => store.prisma.notice.findMany({ orderBy: { id: "asc" }, include: { batch: true } }),
  };
}

export type PaperSchool = Awaited<ReturnType<typeof openPaperSchool>>;
