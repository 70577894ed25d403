import { createHash } from "node:crypto";
import { SverkaError } from "../../src/domain/error.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type {
  Directory,
  EntryRow,
  FailedPage,
  FinalMarkRow,
  Journal,
  JournalPage,
  LessonRow,
  MessageRow,
  PageRequest,
} from "../../src/ports/journal.ts";

/** A journal in memory behind the port: what it holds may be changed between passes. For tests of the core without the wire. */
export interface MemoryJournal extends Journal {
  /** The year in which the school year began. */
  year: number;
  schoolName: string;
  directory: Directory;
  lessons: (LessonRow & { classExternalId: string; pupils: readonly string[] })[];
  entries: EntryRow[];
  finals: (FinalMarkRow & { pupilExternalId: string })[];
  messages: (MessageRow & { pupilExternalId: string })[];
  /** Without a pupil: on every pupil's page. */
  holders: {
    classExternalId: string;
    subjectExternalId: string;
    teacherName: string | null;
    pupilExternalId?: string;
  }[];
  teachers: Map<string, string>;
  /** What goes wrong with a page: `fail`, `empty`, or a row refused. */
  fault: (request: PageRequest) => "fail" | "empty" | "refuse" | null;
  /** Called before each page is answered: the place to move the clock, change the journal, or throw. */
  beforePage: (request: PageRequest) => void;
}

export function createMemoryJournal(clock: Clock, directory: Directory): MemoryJournal {
  const journal: MemoryJournal = {
    year: 2026,
    schoolName: "Школа-интернат «Ручей»",
    directory,
    lessons: [],
    entries: [],
    finals: [],
    messages: [],
    holders: [],
    teachers: new Map(),
    fault: () => null,
    beforePage: () => undefined,
    fingerprint: async (salt) => `same/${salt}`,
    async signIn() {
      return {
        account: { userId: "1", kind: "administrator", ownId: null },
        school: { externalId: "1", name: journal.schoolName, maxMark: 5 },
        year: journal.year,
        build: { title: "АВЕРС 4.1 (23813)", version: "4.1", known: true },
        oddities: [],
        requests: 0,
        directory: async () => journal.directory,
        async *pages(wanted) {
          for (const request of wanted) {
            journal.beforePage(request);
            yield answer(journal, clock, request);
          }
        },
      };
    },
  };
  return journal;
}

function answer(journal: MemoryJournal, clock: Clock, request: PageRequest): JournalPage | FailedPage {
  const fault = journal.fault(request);
  if (fault === "fail") {
    return {
      request,
      failure: new SverkaError("journal", "journal-unreachable", "Журнал не отвечает: проверьте сеть."),
    };
  }
  const rows = fault === "empty" ? [] : rowsOf(journal, request);
  const refused = fault === "refuse" && rows.length > 0 ? 1 : 0;
  const shown = refused > 0 ? rows.slice(1) : rows;
  const digest = createHash("sha1")
    .update(JSON.stringify([shown, refused]))
    .digest("hex");
  const head = { ...request, askedAt: clock.now(), answeredAt: clock.now() + 1, digest };
  return { ...head, read: () => ({ rows: shown, refused }) } as JournalPage;
}

function rowsOf(journal: MemoryJournal, request: PageRequest): readonly object[] {
  const { kind, classExternalId, pupilExternalId, from = "", to = "9999" } = request;
  const own = <Row extends { pupilExternalId: string }>(rows: readonly Row[]) =>
    rows.filter((row) => row.pupilExternalId === pupilExternalId);
  const lessons = journal.lessons.filter(
    (l) => l.classExternalId === classExternalId && l.pupils.includes(pupilExternalId),
  );
  switch (kind) {
    case "lessons":
      return lessons.map(({ classExternalId: _class, pupils: _pupils, ...row }) => row);
    case "entries":
      return own(journal.entries);
    case "finals":
      return own(journal.finals).map(({ pupilExternalId: _, ...row }) => row);
    case "messages":
      return own(journal.messages).map(({ pupilExternalId: _, ...row }) => row);
    case "holders":
      return journal.holders.filter(
        (holder) =>
          holder.classExternalId === classExternalId && (holder.pupilExternalId ?? pupilExternalId) === pupilExternalId,
      );
    case "diary":
      return lessons
        .filter(({ date }) => from <= date && date <= to)
        .map((lesson) => ({
          lessonExternalId: lesson.externalId,
          date: lesson.date,
          teacherExternalId: journal.teachers.get(lesson.externalId) ?? null,
        }));
  }
}
