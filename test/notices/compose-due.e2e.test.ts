import { describe, expect, it } from "vitest";
import type { FrozenNotice } from "../../src/domain/notice/frozen.ts";
import { composeDue } from "../../src/notices/compose-due.ts";
import { correctNotice } from "../../src/notices/correct-notice.ts";
import { dueNow } from "../../src/notices/due-now.ts";
import { batchFiles, printBatch } from "../../src/notices/print-batch.ts";
import { printRest } from "../../src/notices/print-rest.ts";
import { destroyPrints, printFileBytes, printFiles } from "../../src/store/batch-files.ts";
import { batchByNumber } from "../../src/store/notice-batches.ts";
import { markHanded } from "../../src/store/notice-stages.ts";
import { sidesOf } from "../support/pdf-words.ts";
import { at, openPaperSchool, type PaperSchool } from "./paper-school.ts";

const turn = ({ needs }: PaperSchool) => composeDue(needs, needs);
const kinds = async (school: PaperSchool) =>
  (await school.notices()).map(({ pupilExternalId, batch, withdrawnCause }) =>
    [batch.kind, pupilExternalId, withdrawnCause ?? ""].join(" ").trim(),
  );
const said = (contents: unknown) => (contents as FrozenNotice).notice;
const textOf = (pdf: Uint8Array | undefined) =>
  sidesOf(pdf ?? new Uint8Array())
    .map(({ text }) => text)
    .join(" ");
const whole = { classExternalId: "" };

/** A school whose families had their first notices, printed and handed out in time. */
async function settled(): Promise<PaperSchool> {
  const school = await openPaperSchool();
  await school.pass("2026-09-01T09:00");
  await school.agree("paper", ["101", "103", "104"]);
  school.go("2026-09-01T13:00");
  await turn(school);
  await school.printAll();
  const handed = { pupilExternalIds: ["101", "103", "104"], at: at("2026-09-02T12:00"), batchId: null };
  await markHanded(school.store, school.school.id, handed);
  return school;
}

async function firstBatch({ store, school }: PaperSchool) {
  const batch = await batchByNumber(store, school.id, 1);
  if (batch === null) throw new Error("no batch");
  return batch;
}

const refuse = (table: string) =>
  `CREATE TRIGGER full_disk BEFORE INSERT ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION full_disk()`;

describe("a turn of the cycle", () => {
  it("composes the first notices at once, then by the rhythm, each family's days without a gap", async () => {
    const school = await settled();
    expect(await kinds(school)).toEqual(["first 103", "first 101", "first 104"]);
    school.go("2026-09-09T13:00");
    expect(await turn(school)).toMatchObject({ batches: [], sent: 0 });
    await school.pass("2026-09-10T12:00");
    school.go("2026-09-10T12:59");
    expect(await turn(school)).toMatchObject({ batches: [], sent: 0 });
    school.go("2026-09-10T13:00");
    expect(await turn(school)).toMatchObject({ batches: [{ number: 2, kind: "regular", made: true }], sent: 1 });
    expect(await turn(school)).toMatchObject({ batches: [], sent: 0 });
    const second = (await school.notices()).slice(3);
    const days = second.map(({ startsOn, endsOn }) => [startsOn, endsOn].map((day) => day.toISOString().slice(0, 10)));
    expect(days).toEqual([0, 1, 2].map(() => ["2026-09-02", "2026-09-10"]));
    expect(said(second[0]?.contents).nothingNew).toContain("нет новых отметок");
    expect(second.map(({ place, edition, factsAt }) => [place, edition, factsAt.getTime()])).toEqual(
      [1, 2, 3].map((place) => [place, 1, at("2026-09-10T12:00") + 1]),
    );
    expect(second.every(({ slipCode }) => /^\d{12}$/.test(slipCode))).toBe(true);
  });

  it("makes up a missed day on the next working one, and tells why", async () => {
    const school = await settled();
    school.go("2026-09-11T08:10");
    const { notices } = await dueNow(school.needs, { anyHour: false });
    expect(notices?.map(({ due, why, plannedOn }) => [due, why, plannedOn])).toEqual(
      [0, 1, 2].map(() => [true, "rhythm", "2026-09-10"]),
    );
    expect(await turn(school)).toMatchObject({ batches: [{ kind: "regular" }] });
  });

  it("is one batch when it is asked for twice at once, and both are told of it", async () => {
    const school = await settled();
    school.go("2026-09-10T13:00");
    const answers = await Promise.all([turn(school), turn(school), turn(school), turn(school)]);
    const numbers = answers.map(({ batches }) => batches.map(({ number }) => number));
    expect(new Set(numbers.flat())).toEqual(new Set([2]));
    expect(answers.flatMap(({ batches }) => batches.filter(({ made }) => made))).toHaveLength(1);
    expect(await school.notices()).toHaveLength(6);
    expect(await school.store.prisma.printFile.count({ where: { batch: { number: 2 } } })).toBe(1);
    expect(await school.store.prisma.printJob.count({ where: { file: { batch: { number: 2 } } } })).toBe(1);
  });

  it("writes of final marks within a day, only to those who got one, and not twice", async () => {
    const school = await settled();
    await school.pass("2026-10-08T12:00");
    school.go("2026-10-08T13:00");
    await turn(school);
    await school.printAll();
    school.journal.finals = [{ pupilExternalId: "101", termExternalId: "q1", subjectExternalId: "31", text: "4" }];
    await school.pass("2026-10-19T12:00");
    school.go("2026-10-19T13:00");
    expect(await turn(school)).toMatchObject({ batches: [{ kind: "final" }] });
    const last = (await school.notices()).at(-1);
    expect(last).toMatchObject({ pupilExternalId: "101", finals: true });
    expect(said(last?.contents).progress?.subjects).toMatchObject([{ name: "Математика", finals: ["4"] }]);
    school.go("2026-10-20T13:00");
    expect(await turn(school)).toMatchObject({ batches: [] });
  });

  it("loses no fact that comes into the journal after a notice of its day, and tells none twice", async () => {
    const school = await settled();
    const of = { date: "2026-09-10", subjectExternalId: "31" };
    const about = { workType: null, topic: "Дроби", homework: null, weight: null, group: null };
    const pupils = ["101", "102", "103"];
    school.journal.lessons = [{ ...of, ...about, externalId: "l1", classExternalId: "5", pupils }];
    await school.pass("2026-09-10T12:00");
    school.go("2026-09-10T13:00");
    await turn(school);
    await school.printAll();
    school.journal.entries = [{ ...of, pupilExternalId: "101", lessonExternalId: "l1", text: "5", comment: null }];
    await school.pass("2026-09-10T15:00");
    await school.pass("2026-09-24T12:00");
    school.go("2026-09-24T13:00");
    await turn(school);
    await school.printAll();
    school.go("2026-10-08T13:00");
    await turn(school);
    const marks = (await school.notices())
      .filter(({ pupilExternalId, batch }) => pupilExternalId === "101" && batch.kind === "regular")
      .map(({ contents }) => said(contents).progress?.subjects.flatMap((subject) => subject.marks) ?? []);
    expect(marks.map((own) => own.map(({ text, added }) => [text, added]))).toEqual([[], [["5", true]], []]);
  });

  it("leaves everything as it was when the disk is full in the middle, and goes on the next time", async () => {
    const school = await settled();
    const { pool, prisma } = school.store;
    school.go("2026-09-10T13:00");
    await pool.query(
      `CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$`,
    );
    await pool.query(refuse("notice"));
    await expect(turn(school)).rejects.toMatchObject({ code: "disk-full", kind: "trouble" });
    expect(await prisma.noticeBatch.count()).toBe(1);
    await pool.query("DROP TRIGGER full_disk ON notice");
    await pool.query(refuse("print_file"));
    await expect(turn(school)).rejects.toMatchObject({ code: "disk-full" });
    expect(await prisma.printJob.count({ where: { state: "waiting" } })).toBe(0);
    await pool.query("DROP TRIGGER full_disk ON print_file");
    expect(await turn(school)).toMatchObject({ batches: [], sent: 1 });
    expect(await kinds(school)).toHaveLength(6);
  });
});

describe("an agreement that ends between composing and printing", () => {
  it("takes the notice out, and what waited for the printer goes without it", async () => {
    const school = await settled();
    school.go("2026-09-10T13:00");
    await turn(school);
    await school.agree("electronic", ["103"]);
    school.go("2026-09-10T14:00");
    expect(await turn(school)).toMatchObject({ withdrawn: 1, sent: 1 });
    expect((await kinds(school)).slice(3)).toEqual(["regular 103 agreement-ended", "regular 101", "regular 104"]);
    const jobs = await school.store.prisma.printJob.findMany({
      where: { file: { batch: { number: 2 } } },
      orderBy: { id: "asc" },
    });
    expect(jobs.map(({ state }) => state)).toEqual(["cancelled", "waiting"]);
    const text = textOf(await printFileBytes(school.store, jobs[1]?.fileId ?? 0));
    expect(text).not.toContain("Ёлкин");
    expect(text).toContain("Ручьёв");
    expect(await turn(school)).toMatchObject({ withdrawn: 0, sent: 0 });
  });

  it("takes back the whole print when nobody is left in it", async () => {
    const school = await settled();
    school.go("2026-09-10T13:00");
    await turn(school);
    await school.agree("electronic", ["101", "103", "104"]);
    expect(await turn(school)).toMatchObject({ withdrawn: 1, sent: 0 });
    expect(await school.printAll()).toBe(0);
  });

  it("changes nothing of what the printer has begun", async () => {
    const school = await settled();
    school.go("2026-09-10T13:00");
    await turn(school);
    await school.store.prisma.printJob.updateMany({ where: { state: "waiting" }, data: { state: "printing" } });
    await school.agree("electronic", ["103"]);
    expect(await turn(school)).toMatchObject({ withdrawn: 1, sent: 0 });
    expect(await turn(school)).toMatchObject({ withdrawn: 0, sent: 0 });
  });
});

describe("a batch that the printer has begun", () => {
  it("is not sent again when a person has said that nothing more is to come out", async () => {
    const school = await settled();
    const { prisma } = school.store;
    school.go("2026-09-10T13:00");
    await turn(school);
    await prisma.printJob.updateMany({ where: { state: "waiting" }, data: { state: "cancelled", pagesDone: 2 } });
    expect(await turn(school)).toMatchObject({ sent: 0 });
    await school.agree("electronic", ["103"]);
    expect(await turn(school)).toMatchObject({ withdrawn: 1, sent: 0 });
  });

  it("is followed by a correction of its own, once", async () => {
    const school = await settled();
    const { prisma } = school.store;
    school.go("2026-09-10T13:00");
    await turn(school);
    await prisma.printJob.updateMany({ where: { state: "waiting" }, data: { state: "printing" } });
    const batch = await batchByNumber(school.store, school.school.id, 2);
    if (batch === null) throw new Error("no batch");
    await correctNotice(school.needs, batch, "101");
    expect(await printRest(school.needs, batch)).toBe(1);
    expect(await Promise.all([printRest(school.needs, batch), turn(school)])).toMatchObject([0, { sent: 0 }]);
    const [file] = await prisma.printFile.findMany({ orderBy: { id: "desc" }, take: 1 });
    expect(textOf(file?.pdf)).toContain("вместо составленного 10");
    expect(textOf(file?.pdf)).not.toContain("Ёлкин");
  });
});

describe("printing again", () => {
  it("gives the same bytes for as long as they are kept, of the batch and of a class", async () => {
    const school = await settled();
    const batch = await firstBatch(school);
    const bytes = async (part: Parameters<typeof batchFiles>[2]) =>
      Promise.all((await batchFiles(school.needs, batch, part)).map(({ id }) => printFileBytes(school.store, id)));
    const [first, own] = [await bytes(whole), await bytes({ classExternalId: "6" })];
    school.journal.finals = [{ pupilExternalId: "101", termExternalId: "q1", subjectExternalId: "31", text: "4" }];
    await school.pass("2027-02-01T12:00");
    expect(await bytes(whole)).toEqual(first);
    expect(await bytes({ classExternalId: "6" })).toEqual(own);
    expect(textOf(own[0])).not.toContain("Ручьёв");
    expect(await printFiles(school.store, batch.id)).toHaveLength(2);
    const over = at("2027-09-02T12:00");
    await destroyPrints(school.store, school.school.id, { before: over, at: over });
    expect(await batchFiles(school.needs, batch, whole)).toEqual([]);
    expect((await school.notices()).map(({ contents }) => contents)).toEqual([{}, {}, {}]);
    expect((await school.store.prisma.printFile.findMany()).map(({ pdf }) => pdf.length)).toEqual([0, 0]);
  });
});

describe("a correction", () => {
  it("is a new edition that says so, and withdraws the old one", async () => {
    const school = await settled();
    const batch = await firstBatch(school);
    school.go("2026-09-03T10:00");
    const corrected = await correctNotice(school.needs, batch, "101");
    expect(corrected).toMatchObject({ edition: 2, className: "5 А", replacesPrinted: true });
    expect(await kinds(school)).toEqual(["first 103", "first 101 corrected", "first 104", "first 101"]);
    const part = { classExternalId: corrected.classExternalId, noticeIds: new Set([corrected.noticeId]) };
    expect(await printBatch(school.needs, batch, part)).toBe(1);
    expect(await printBatch(school.needs, batch, part)).toBe(0);
    const [file] = await batchFiles(school.needs, batch, part);
    const text = textOf(await printFileBytes(school.store, file?.id ?? 0));
    expect(text).toContain("вместо розданного 2");
    expect(text).not.toContain("Ёлкин");
    const again = await batchFiles(school.needs, batch, whole);
    expect(again.flatMap(({ places }) => places.map(({ noticeId }) => noticeId))).toEqual([1, 4, 3]);
    await expect(correctNotice(school.needs, batch, "102")).rejects.toMatchObject({ code: "notice-unknown" });
  });
});
