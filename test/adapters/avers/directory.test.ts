import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { gradeOfName } from "../../../adapters/avers/wire/grade.ts";
import { type Asked, fakeJournal, type Reply, testJournal } from "./support/fake.ts";

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

const SCHOOL: Record<string, Reply | ((asked: Asked) => Reply)> = {
  GET_PERIODS: '[[360000,"1 четверть"]]',
  GET_CLASS_STORE_DATA: '[[41,1,null,0,"x",null,null,"5 А"]]',
  GET_STUDENTS_LIST_DATA: '[[1001,"Зайцев Илья"],\r\n[1002,"Орлова Мария"],\r\n[1002,"Орлова Мария"]]',
  GET_STUDENT_CLASS: '[[41,null,"А"]]',
  GET_SBJ_NAMES_STORE_DATA: '[[12,"Русский язык"]]',
};

async function directory(replies: typeof SCHOOL, login?: string) {
  const fake = fakeJournal({ ...SCHOOL, ...replies, ...(login === undefined ? {} : { LOGIN: login }) });
  const session = await testJournal().journal.signIn();
  return { fake, session, directory: await session.directory() };
}

describe("the lists of the school", () => {
  it("come with what the journal does not tell left open", async () => {
    const { directory: lists } = await directory({});
    expect(lists.terms).toEqual([{ externalId: "360000", name: "1 четверть", from: null, to: null }]);
    expect(lists.classes[0]?.termIds).toEqual([]);
    expect(lists.letters).toEqual([]);
    expect(lists.pupils.map(({ externalId, grade }) => [externalId, grade])).toEqual([
      ["1001", 5],
      ["1002", 5],
    ]);
  });

  it("are asked for again when they come empty, so that one hiccup makes nobody vanish", async () => {
    const { fake, directory: lists } = await directory({
      GET_STUDENTS_LIST_DATA: ({ times }) => (times < 3 ? "[]" : '[[1001,"Зайцев Илья"]]'),
      GET_TEXT_MARKS: ({ times }) => (times < 2 ? "[]" : '[[1,"Н","отсутствовал"]]'),
    });
    expect(lists.pupils).toHaveLength(1);
    expect(lists.letters).toHaveLength(1);
    expect(fake.times("GET_USER_DATA")).toBeGreaterThan(1);
  });

  it("that are empty are believed only after a proof", async () => {
    const fake = fakeJournal({
      ...SCHOOL,
      GET_USER_DATA: ({ times }) => (times === 1 ? '[["А","Б","В","Школа",1,5]]' : "[]"),
    });
    const session = await testJournal().journal.signIn();
    await expect(session.directory()).rejects.toMatchObject({ code: "journal-lost" });
    expect(fake.times("LOGIN")).toBe(1);
  });

  it.each([
    ["GET_CLASS_STORE_DATA", "класса"],
    ["GET_STUDENTS_LIST_DATA", "ученика"],
  ])("without a row of %s are refused for a staff account", async (action, what) => {
    await expect(directory({ [action]: "[]" })).rejects.toMatchObject({
      code: "journal-answer",
      message: expect.stringContaining(`ни одного ${what}`),
    });
  });

  it.each([
    ["a class", { GET_CLASS_STORE_DATA: '[[41,1,null,0,"x",null,null,"5 А"],\r\n[42,1,null,0,"x",null,null,null]]' }],
    ["a pupil", { GET_STUDENTS_LIST_DATA: '[[1001,"Зайцев Илья"],\r\n["x","Орлова Мария"]]' }],
    ["all pupils", { GET_STUDENTS_LIST_DATA: "[[1001],\r\n[1002]]" }],
    ["all subjects", { GET_SBJ_NAMES_STORE_DATA: "[[12],\r\n[13]]" }],
  ])("are refused when the row of %s is not understood: nobody is to seem to have left", async (_, replies) => {
    await expect(directory(replies)).rejects.toMatchObject({ code: "journal-answer" });
  });

  it("keep a pupil whose name is not filled in", async () => {
    const { directory: lists } = await directory({ GET_STUDENTS_LIST_DATA: '[[1001,null],\r\n[1002,"Орлова Мария"]]' });
    expect(lists.pupils[0]).toMatchObject({ externalId: "1001", fullName: "Ученик 1001" });
  });

  it("take a pupil whom the journal puts into no class as it is: nothing failed", async () => {
    const { directory: lists } = await directory({ GET_STUDENT_CLASS: "[]" });
    expect(lists.pupils[0]?.classExternalId).toBeNull();
    expect(lists.unplaced).toEqual([]);
  });

  it("go on without a pupil's class when it cannot be had", async () => {
    const { session, directory: lists } = await directory({
      GET_STUDENT_CLASS: ({ form }) => (form.get("student") === "1001" ? [500, ""] : '[[41,5,"А"]]'),
    });
    expect(lists.pupils.map((pupil) => pupil.classExternalId)).toEqual([null, "41"]);
    expect(lists.unplaced).toEqual(["1001"]);
    expect(session.oddities).toEqual([
      expect.objectContaining({ code: "class-unknown", where: expect.stringContaining("1001") }),
    ]);
  });
});

describe("a family's account", () => {
  const FAMILY = { GET_CLASS_STORE_DATA: "[]", GET_STUDENTS_LIST_DATA: "[]", GET_STUDENT_CLASS: '[[41,5,"А"]]' };

  it("of a parent sees one pupil, without a name, and the class", async () => {
    const parent = '[[501,3,null,null,null,"Зайцев Олег",null,1001,null]]';
    const { directory: lists } = await directory(FAMILY, parent);
    expect(lists.pupils).toEqual([{ externalId: "1001", fullName: "Ученик 1001", classExternalId: "41", grade: 5 }]);
    expect(lists.classes).toEqual([{ externalId: "41", name: "5 А", classTeacher: null, termIds: [] }]);
  });

  it("of a pupil knows the pupil's name", async () => {
    const pupil = '[[501,4,null,null,null,"Зайцев Илья Олегович",null,null,1001]]';
    const { directory: lists } = await directory(
      { ...FAMILY, GET_USER_DATA: '[["Зайцев","Илья","Олегович","Школа",1,5]]' },
      pupil,
    );
    expect(lists.pupils[0]?.fullName).toBe("Зайцев Илья Олегович");
  });

  it("without an id of its own sees nobody, and says so", async () => {
    await expect(directory(FAMILY, "[[501,3]]")).rejects.toMatchObject({ code: "journal-answer" });
  });
});

describe("a class's name", () => {
  it.each([
    ["5 А", 5],
    ["5а", 5],
    ["10-Б", 10],
    ["1 доп", 1],
    ["подг.", 0],
    ["Приготовительный", 0],
    ["0 А", 0],
    ["12", 12],
    ["13 А", null],
    ["Кружок", null],
  ])("%j tells grade %s", (name, grade) => expect(gradeOfName(name)).toBe(grade));
});
