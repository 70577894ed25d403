import { checkSchool } from "../../src/control/check-school.ts";
import { defaultSettings, type Settings } from "../../src/domain/settings.ts";
import type { EpochMs, IsoDate } from "../../src/domain/time.ts";
import type { Directory, EntryRow } from "../../src/ports/journal.ts";
import { connectStore, type Store } from "../../src/store/connect.ts";
import { ensureSchool, type SchoolRecord } from "../../src/store/schools.ts";
import { classSnapshot } from "../../src/store/snapshot.ts";
import { type SyncResult, syncSchool } from "../../src/sync/sync-school.ts";
import { createMemoryJournal, type MemoryJournal } from "../support/memory-journal.ts";
import { freshDatabase } from "../support/postgres.ts";

const zone = "Europe/Moscow";

/** The instant of a Moscow clock: `at("2026-10-05T23:50")`. */
export const at = (text: string): EpochMs => Temporal.ZonedDateTime.from(`${text}[${zone}]`).epochMilliseconds;

export const PUPILS = ["101", "102", "103"];

const directory: Directory = {
  terms: [],
  classes: [{ externalId: "5", name: "5 А", classTeacher: null, termIds: [] }],
  pupils: PUPILS.map((externalId, i) => ({ externalId, fullName: `Ручьёв Пётр ${i}`, classExternalId: "5", grade: 5 })),
  subjects: [
    { externalId: "31", name: "Математика" },
    { externalId: "32", name: "Чтение" },
  ],
  staff: [{ externalId: "7", name: "Полев Иван Ильич" }],
  letters: [],
  unplaced: [],
};

export type SceneLesson = MemoryJournal["lessons"][number];

/** A row of the class 5 А, on every pupil's page unless told otherwise. */
export function lesson(externalId: string, date: IsoDate, of: Partial<SceneLesson> = {}): SceneLesson {
  const row = { subjectExternalId: "31", workType: null, topic: null, homework: null, weight: null, group: null };
  return { ...row, externalId, date, classExternalId: "5", pupils: PUPILS, ...of };
}

export function entry(
  lessonExternalId: string,
  pupilExternalId: string,
  text: string,
  of: Partial<EntryRow> = {},
): EntryRow {
  const row = { date: "2026-10-05", subjectExternalId: "31", comment: null };
  return { lessonExternalId, pupilExternalId, text, ...row, ...of };
}

export interface Scene {
  readonly store: Store;
  readonly journal: MemoryJournal;
  readonly school: SchoolRecord;
  /** The journal is read when the Moscow clock shows `when`. */
  pass(when: string): Promise<SyncResult>;
  snapshot(asOf?: EpochMs): ReturnType<typeof classSnapshot>;
  /** All rules as of `when`, saved. */
  check(when: string, settings?: Partial<Settings>): ReturnType<typeof checkSchool>;
  close(): Promise<void>;
}

/** One class of three pupils, a journal in memory whose content may be changed between passes, and a store of its own. */
export async function openScene(): Promise<Scene> {
  const database = await freshDatabase();
  const store = connectStore(database.url);
  let now = at("2026-10-05T07:30");
  const clock = { now: () => now };
  const journal = createMemoryJournal(clock, directory);
  journal.holders = [{ classExternalId: "5", subjectExternalId: "31", teacherName: "Полев Иван Ильич" }];
  const school = await ensureSchool(store, { externalId: "school", name: "Школа", year: 2026, at: now });
  return {
    store,
    journal,
    school,
    async pass(when) {
      now = at(when);
      return syncSchool({ store, journal, clock, zone, limits: { share: 0.2, count: 10 } }, school.id);
    },
    snapshot: (asOf = now + 1000) => classSnapshot(store, { ...school, zone }, "5", asOf),
    check(when, settings = {}) {
      const { policy, calendar, mapping } = { ...defaultSettings, ...settings };
      return checkSchool({ store, policy, calendar, mapping }, school, at(when));
    },
    async close() {
      await store.close();
      await database.drop();
    },
  };
}
