import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Directory, JournalSession, PageKind } from "../../../src/ports/journal.ts";
import { type Emulator, type FaultOrder, generateSchool, startEmulator } from "../../emulator/index.ts";
import { testJournal } from "./support/fake.ts";
import { sorted, truthOf } from "./support/truth.ts";

// The adapter against a whole generated school: what it shows must be what was entered, or nothing.

const KINDS: readonly PageKind[] = ["lessons", "entries", "finals", "messages", "holders", "diary"];
const AT = Date.parse("2026-12-29T12:00:00+03:00");
const school = generateSchool({ seed: 7, classes: 5, pupils: 24, to: "2026-12-31" });

async function sign(emulator: Emulator, who: keyof Emulator["credentials"] = "administrator", options = {}) {
  const { journal } = testJournal({
    baseUrl: emulator.url,
    clock: { now: () => emulator.now() },
    ...emulator.credentials[who],
    ...options,
  });
  return journal.signIn();
}

const wanted = (pupils: Directory["pupils"], kinds = KINDS) =>
  pupils.flatMap(({ externalId, classExternalId }) =>
    classExternalId === null ? [] : kinds.map((kind) => ({ kind, classExternalId, pupilExternalId: externalId })),
  );

interface Pulled {
  pages: number;
  failed: number;
  refused: number;
}

/** Reads all pages and holds each row against the truth; a page without refused rows must be the whole truth. */
async function pull(
  session: JournalSession,
  pupils: Directory["pupils"],
  {
    version,
    kinds = KINDS,
    teacherId = null,
    bare = false,
  }: { version: "3.1" | "4.1"; kinds?: typeof KINDS; teacherId?: string | null; bare?: boolean },
): Promise<Pulled> {
  const pulled = { pages: 0, failed: 0, refused: 0 };
  const order = wanted(pupils, kinds);
  for await (const page of session.pages(order)) {
    if ("failure" in page) {
      pulled.failed += 1;
      continue;
    }
    pulled.pages += 1;
    // Where the last column may be missing, a comment may be: nothing else.
    const uncommented = bare && page.kind === "entries";
    const told = (rows: readonly object[]) =>
      sorted(uncommented ? rows.map((row) => ({ ...row, comment: null })) : rows);
    const asked = { at: AT, version: uncommented ? "3.1" : version, kind: page.kind, teacherId } as const;
    const truth = truthOf(school, { ...asked, pupilId: page.pupilExternalId });
    let content: ReturnType<typeof page.read>;
    try {
      content = page.read();
    } catch (error) {
      expect(error).toMatchObject({ code: "journal-answer" });
      pulled.failed += 1;
      continue;
    }
    pulled.refused += content.refused;
    if (content.refused === 0) expect(told(content.rows), `${page.kind} of ${page.pupilExternalId}`).toEqual(truth);
    else expect(truth).toEqual(expect.arrayContaining(told(content.rows)));
  }
  expect(pulled.pages + pulled.failed).toBeGreaterThanOrEqual(order.length);
  return pulled;
}

describe.each(["3.1", "4.1"] as const)("an emulated school in %s", (version) => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator({ school, version, at: AT, prefix: "/ejournal" });
  });
  afterAll(() => emulator.close());
  afterEach(() => emulator.faults.clear());

  it("is read whole and true", async () => {
    const session = await sign(emulator);
    const lists = await session.directory();
    expect(
      lists.pupils
        .map(({ externalId, fullName, classExternalId, grade }) => [externalId, fullName, classExternalId, grade])
        .sort(),
    ).toEqual(
      school.pupils
        .map(({ id, fullName, classId }) => [
          id,
          fullName,
          classId,
          school.classes.find((one) => one.id === classId)?.grade,
        ])
        .sort(),
    );
    expect(lists.classes).toEqual(
      school.classes.map(({ id, name, teacherName, termIds }) => ({
        externalId: id,
        name,
        classTeacher: teacherName,
        termIds: [...termIds],
      })),
    );
    expect(lists.terms).toEqual(school.terms.map(({ id, ...term }) => ({ externalId: id, ...term })));
    expect(lists.subjects).toHaveLength(school.subjects.length);
    expect(lists.staff).toHaveLength(school.staff.length);
    expect(lists.letters).toHaveLength(school.letters.length);
    const pulled = await pull(session, lists.pupils, { version });
    expect(pulled).toEqual({ pages: school.pupils.length * KINDS.length, failed: 0, refused: 0 });
    expect(session.oddities).toEqual([]);
  });

  it.each(["teacher", "parent", "pupil"] as const)("is read by a %s as far as that account may see", async (who) => {
    const session = await sign(emulator, who);
    const lists = await session.directory();
    const child = school.pupils.at(-1);
    if (who === "teacher") expect(lists.pupils.length).toBeLessThanOrEqual(school.pupils.length);
    else expect(lists.pupils.map(({ externalId }) => externalId)).toEqual([child?.id]);
    const teacherId = who === "teacher" ? (school.staff[1]?.id ?? "") : null;
    expect(await pull(session, lists.pupils, { version, teacherId })).toMatchObject({ failed: 0, refused: 0 });
  });

  const passing: readonly FaultOrder[] = [
    { kind: "latency", latencyMs: 3, probability: 0.3 },
    { kind: "error-500", probability: 0.2 },
    { kind: "too-many", probability: 0.2 },
    { kind: "reset", probability: 0.2 },
    { kind: "cut-off", probability: 0.2 },
    { kind: "broken-off", probability: 0.2 },
    { kind: "short-dates" },
    { kind: "html", probability: 0.2 },
    { kind: "extra-columns" },
    { kind: "line-breaks" },
  ];

  it.each(passing)("is read whole in spite of $kind", async (fault) => {
    const session = await sign(emulator, "administrator", { retries: 12 });
    emulator.faults.add(fault);
    const lists = await session.directory();
    expect(await pull(session, lists.pupils, { version })).toMatchObject({ failed: 0, refused: 0 });
  });

  it.each<FaultOrder>([{ kind: "unescaped-quotes" }, { kind: "missing-columns" }])(
    "is never read otherwise than it is with $kind",
    async (fault) => {
      const session = await sign(emulator);
      const lists = await session.directory();
      emulator.faults.add(fault);
      const pulled = await pull(session, lists.pupils, { version, bare: fault.kind === "missing-columns" });
      // Bare quotes as the school writes them can be read; a message without its last column cannot.
      if (fault.kind === "unescaped-quotes") expect(pulled).toMatchObject({ failed: 0, refused: 0 });
      else expect(pulled.refused + pulled.failed).toBeGreaterThan(0);
    },
  );

  it("is not taken for empty when pages suddenly are", async () => {
    const session = await sign(emulator);
    const lists = await session.directory();
    for (const { externalId } of lists.pupils) {
      emulator.faults.add({ kind: "empty", action: "GET_STUDENT_LESSONS", student: externalId, times: 2 });
      emulator.faults.add({ kind: "empty", action: "GET_STUDENT_JOURNAL_DATA", student: externalId, times: 1 });
    }
    expect(await pull(session, lists.pupils, { version, kinds: ["lessons", "entries"] })).toMatchObject({
      failed: 0,
      refused: 0,
    });
  });

  it("shows nothing once the password was changed", async () => {
    const session = await sign(emulator);
    const lists = await session.directory();
    emulator.faults.add({ kind: "changed-password" });
    const pages: unknown[] = [];
    const run = async () => {
      for await (const page of session.pages(wanted(lists.pupils))) pages.push(page);
    };
    await expect(run()).rejects.toMatchObject({ code: "journal-lost" });
    expect(pages).toEqual([]);
    const logins = () => emulator.requests.filter(({ action }) => action === "LOGIN").length;
    const before = logins();
    await expect(sign(emulator)).rejects.toMatchObject({ code: "journal-refused" });
    expect(logins()).toBe(before + 1);
  });

  it("says nothing false when everything goes wrong at once", async () => {
    const session = await sign(emulator, "administrator", { retries: 12 });
    const lists = await session.directory();
    for (const [seed, kind] of (
      [
        "error-500",
        "too-many",
        "reset",
        "cut-off",
        "html",
        "extra-columns",
        "missing-columns",
        "line-breaks",
        "unescaped-quotes",
      ] as const
    ).entries()) {
      emulator.faults.add({ kind, probability: 0.08, seed: seed + 1 });
    }
    const pulled = await pull(session, lists.pupils, { version, bare: true });
    expect(pulled.pages).toBeGreaterThan((school.pupils.length * KINDS.length) / 2);
  });

  it("gives the same digest for the same page, and another for a changed one", async () => {
    const session = await sign(emulator);
    const { pupils } = await session.directory();
    const digests = async () => {
      const found = new Map<string, string>();
      for await (const page of session.pages(wanted(pupils, ["lessons", "entries"]))) {
        if (!("failure" in page)) found.set(`${page.kind}/${page.pupilExternalId}`, page.digest);
      }
      return found;
    };
    const before = await digests();
    expect(await digests()).toEqual(before);
    emulator.setClock(AT - 30 * 24 * 3600_000);
    const earlier = await digests();
    emulator.setClock(AT);
    expect([...earlier].filter(([key, digest]) => before.get(key) === digest).length).toBeLessThan(before.size / 2);
  });
});
