import { inspect } from "node:util";
import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createAversJournal } from "../../../adapters/avers/journal.ts";
import { fakeJournal, gather, HEALTHY, testJournal, want } from "./support/fake.ts";

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

/** SHA-1 of «пароль-1», by another hand: `printf 'пароль-1' | sha1sum`. */
const HASH = "444c452dec99f1be6a4e4fc9223a9ac6e4da8298";

const broken = (code: string) => Object.assign(new Error("broken"), { code });

describe("signing in", () => {
  it("sends the password's hash once, then the three cookies with everything", async () => {
    const fake = fakeJournal({});
    const session = await testJournal().journal.signIn();
    expect(fake.asked[0]).toMatchObject({ action: "LOGIN", method: "POST", cookie: null });
    expect(Object.fromEntries(fake.asked[0]?.form ?? [])).toEqual({ l: "Завуч", p: HASH });
    expect(fake.times("LOGIN")).toBe(1);
    const cookie = `ys-user=s%3A%u0417%u0430%u0432%u0443%u0447; ys-password=s%3A${HASH}; ys-userId=n%3A501`;
    expect(fake.asked[1]).toMatchObject({ action: "AUTH", method: "POST", cookie });
    expect(fake.asked[1]?.form.toString()).toBe("uId=501&act=1");
    expect(fake.asked[2]).toMatchObject({ action: "GET_USER_DATA", method: "GET", cookie });
    expect(session.account).toEqual({ userId: "501", kind: "administrator", ownId: "77" });
    expect(session.school).toEqual({ externalId: "1", name: "Школа-интернат «Ручей»", maxMark: 5 });
    expect(session.year).toBe(2026);
  });

  it.each(["[error_symbol]", "[]", "[[]]", " [ ]; "])(
    "takes %j for a refusal, and asks nothing more",
    async (answer) => {
      const fake = fakeJournal({ LOGIN: answer });
      await expect(testJournal().journal.signIn()).rejects.toMatchObject({
        kind: "journal",
        code: "journal-refused",
        message: expect.stringContaining("AVERS_PASSWORD"),
      });
      expect(fake.asked).toHaveLength(1);
    },
  );

  it.each([
    ["a page of HTML", "<html>502</html>", "journal-answer"],
    ["a cut-off answer", "[[501,0,nul", "journal-answer"],
    ["an error of the server", [500, "oops"] as const, "journal-unreachable"],
    ["a bad gateway", [502, ""] as const, "journal-unreachable"],
    ["a request for patience", [429, "", { "Retry-After": "1" }] as const, "journal-busy"],
    ["a broken connection", broken("ECONNRESET"), "journal-unreachable"],
  ])("does not send the password again after %s", async (_, reply, code) => {
    const fake = fakeJournal({ LOGIN: reply });
    await expect(testJournal().journal.signIn()).rejects.toMatchObject({ code });
    expect(fake.times("LOGIN")).toBe(1);
  });

  it("tries again where the password cannot have been sent", async () => {
    const fake = fakeJournal({
      LOGIN: ({ times }) => (times < 3 ? broken("ECONNREFUSED") : (HEALTHY.LOGIN ?? "")),
    });
    await testJournal().journal.signIn();
    expect(fake.times("LOGIN")).toBe(3);
  });

  it("confirms the sign-in again when the confirmation failed, not the sign-in", async () => {
    const fake = fakeJournal({ AUTH: ({ times }) => (times === 1 ? [503, ""] : "ok") });
    await testJournal().journal.signIn();
    expect([fake.times("LOGIN"), fake.times("AUTH")]).toEqual([1, 2]);
  });

  it("is refused when nothing is shown to the cookies", async () => {
    const fake = fakeJournal({ GET_USER_DATA: "[]" });
    await expect(testJournal().journal.signIn()).rejects.toMatchObject({ code: "journal-refused" });
    expect(fake.times("LOGIN")).toBe(1);
  });

  it.each([
    ["3.1", '[[501,4,null,null,null,"Зайцев Илья",1001,null,null]]', "pupil", "1001"],
    ["4.1", '[[501,4,null,null,null,"Зайцев Илья",null,null,1001]]', "pupil", "1001"],
    ["3.1", '[[501,4,null,null,null,"Зайцев Илья",1001,7,8]]', "pupil", "1001"],
    ["4.1", '[[501,4,null,null,null,"Зайцев Илья",6,7,1001]]', "pupil", "1001"],
    ["4.1", '[[501,3,null,null,null,"Зайцев Олег",null,1001,null]]', "parent", "1001"],
    ["4.1", '[["501","2",null,null,null,"Лебедев Пётр",null,"701",null]]', "teacher", "701"],
    ["4.1", "[[501,9]]", "unknown", null],
    ["4.1", '[[501,5,null,null,null,"Ревизор",0,"",null]]', "auditor", null],
  ])("finds the account's own id in %s: %s", async (version, LOGIN, kind, ownId) => {
    fakeJournal({ LOGIN, "": `<title>Журнал ${version} (1)</title>` });
    const session = await testJournal().journal.signIn();
    expect(session.account).toEqual({ userId: "501", kind, ownId });
  });

  it.each([
    ["2026-07-31T20:59:59Z", 2025],
    ["2026-07-31T21:00:00Z", 2026],
    ["2027-01-10T09:00:00Z", 2026],
  ])("derives the school year at %s where the journal does not tell", async (now, year) => {
    for (const answer of ["[[]]", "[]", "[[null]]"]) {
      fakeJournal({ GET_UCH_YEAR: answer });
      const { journal } = testJournal({ clock: { now: () => Date.parse(now) } });
      expect((await journal.signIn()).year).toBe(year);
      nock.cleanAll();
    }
  });

  it.each([
    ["no title", "<html></html>"],
    ["an error", [500, "<title>Журнал 4.1</title>"] as const],
    ["no answer", broken("ECONNRESET")],
  ])("only wonders about a start page with %s", async (what, page) => {
    const fake = fakeJournal({ "": page });
    const session = await testJournal().journal.signIn();
    expect(session.build).toBeNull();
    expect(session.oddities).toEqual([expect.objectContaining({ code: "build-unknown", where: "/" })]);
    expect(fake.times("")).toBe(1);
    expect(what).toBeTruthy();
  });

  it("reports an unknown build once and goes on", async () => {
    fakeJournal({ "": "<title>АВЕРС 5.2 (30001)</title>" });
    const session = await testJournal().journal.signIn();
    expect(session.build).toEqual({ title: "АВЕРС 5.2 (30001)", version: "5.2", known: false });
    expect(session.oddities).toHaveLength(1);
  });

  it("names no secret and nobody in errors and logs", async () => {
    fakeJournal({
      GET_STUDENT_LESSONS: '[[1,"Секретов Лев Сомов" "x"]]',
      GET_STUDENT_MESSAGES: broken("ECONNRESET"),
      GET_STUDENT_DIRECTOR_DATA: [404, "Секретов Лев"],
      GET_CLASS_TEACHERS_INFO: "<html>Секретов Лев</html>",
      GET_STUDENT_JOURNAL_DATA: [302, "", { Location: "http://elsewhere.example/" }],
    });
    const { journal, logged } = testJournal();
    const session = await journal.signIn();
    const told: string[] = [];
    for (const kind of ["lessons", "messages", "finals", "holders", "entries"] as const) {
      for (const page of await gather(session, [want(kind)])) {
        if ("failure" in page) told.push(inspect(page.failure, { depth: 9, showHidden: true }));
        else {
          try {
            page.read();
          } catch (error) {
            told.push(inspect(error, { depth: 9, showHidden: true }));
          }
        }
      }
    }
    expect(told).toHaveLength(5);
    const all = [...told, ...logged, inspect(session.oddities)].join("\n");
    expect(all).not.toMatch(/Секретов|пароль-1|ys-|Завуч|u0417/);
    expect(all).not.toContain(HASH);
  });
});

describe("the journal's address", () => {
  const journal = (baseUrl: string) =>
    createAversJournal({ baseUrl, login: "a", password: "b", clock: { now: () => 0 } });

  it.each(["", "journal.school", "ftp://journal.example", "file:///etc/passwd", "http://", "javascript:alert(1)"])(
    "is refused when it is %j",
    (baseUrl) => {
      expect(() => journal(baseUrl)).toThrow(
        expect.objectContaining({ kind: "configuration", code: "journal-address" }),
      );
    },
  );

  it("is refused with a password in it, without repeating it", () => {
    expect(() => journal("http://admin:hunter2@journal.example/")).toThrow(/AVERS_LOGIN/);
    expect(() => journal("http://admin:hunter2@journal.example/")).not.toThrow(/hunter2/);
  });

  it.each(["http://journal.example:8080/ejournal", "http://journal.example:8080/ejournal/?x=1#y"])(
    "keeps the path of %s",
    async (baseUrl) => {
      const fake = fakeJournal({});
      await testJournal({ baseUrl }).journal.signIn();
      expect(fake.times("LOGIN")).toBe(1);
    },
  );
});
