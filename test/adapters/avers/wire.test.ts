import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fakeJournal, pageOf, testJournal } from "./support/fake.ts";

// The shapes of avers-protocol.md § 4 as they were recorded, with invented people.

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

const TITLES = { "3.1": "Электронный Классный Журнал 3.1 (9012)", "4.1": "Электронный Классный Журнал 4.1 (23813)" };

function recorded(version: "3.1" | "4.1"): Record<string, string> {
  const wide = version === "4.1";
  return {
    "": `<html><head><title>${TITLES[version]}</title></head></html>`,
    GET_PERIODS: '[[360000,"1 четверть"],\r\n[360001,"2 четверть"],\r\n[360010,"Год"]]',
    GET_JOURNAL_PERIODS_INFO:
      "[[360000,new Date(2026,8,1,0,0,0,0),new Date(2026,9,24,0,0,0,0)],\r\n[360001,new Date(2026,10,2),new Date(2026,11,28)]]",
    GET_CLASS_PER_SP: "[[360000],\r\n[360001]]",
    GET_CLASS_STORE_DATA: '[[41,1,null,0,"x","Лебедев Пётр Ильич",null,"5 А"],\r\n[42,1,null,0,"x",null,null,"1 доп"]]',
    GET_STUDENTS_LIST_DATA: '[[1001,"Зайцев Илья Олегович"],\r\n[1002,"  Орлова   Мария "]]',
    GET_STUDENT_CLASS: '[[41,5,"А"]]',
    GET_SBJ_NAMES_STORE_DATA: '[[12,"Русский язык"],\r\n["13","Математика"]]',
    GET_SUBS_PERSONS_STORE_DATA: '[[701,"Лебедев Пётр Ильич",0]]',
    GET_TEXT_MARKS: '[[1,"Н","отсутствовал"],\r\n[2,"Б","болел"],[3,"ОСВ",null]]',
    GET_STUDENT_LESSONS:
      '[[900001,"Ответ на уроке",1,2,"Имя \\"существительное\\"",0,null,new Date(2026,9,5,0,0,0,0),"упр. 5\nстр. 7",null,0,0,null,"",12,0],\r\n' +
      '[900002,null,1,null,"  ",0,null,new Date(2026,9,6,0,0,0,0),null,null,2,0,null,"","13",0]]',
    GET_STUDENT_JOURNAL_DATA: wide
      ? '[[900001,1001,"5",new Date(2026,9,5,0,0,0,0),12,0,5,"Лебедев Пётр Ильич","за ответ"],\r\n[900002,1001,"Н/4",new Date(2026,9,6),13,0,1,null,null],\r\n[900003,1001,"",new Date(2026,9,7),13,0,1,null,null]]'
      : '[[900001,1001,"5",new Date(2026,9,5,0,0,0,0),12,0,5,"Лебедев Пётр Ильич"],\r\n[900002,1001,"Н/4",new Date(2026,9,6),13,0,1,null],\r\n[900003,1001,null,new Date(2026,9,7),13,0,1,null]]',
    GET_STUDENT_DAIRY: wide
      ? '[[new Date(2026,9,5,0,0,0,0),900001,12,"Тема","упр. 5","5",0,0,null,701,0,null]]'
      : '[[new Date(2026,9,5,0,0,0,0),900001,12,"Тема","упр. 5","5",0,0,null,701,0]]',
    GET_STUDENT_DIRECTOR_DATA: '[[1,360000,0,"4",12,null],\r\n[1,360001,0,null,12,null]]',
    GET_STUDENT_MESSAGES:
      '[[1,701,0,"Молодец!",new Date(2026,9,5,0,0,0,0),0,12],\r\n[1,0,0,"Собрание",new Date(2026,9,6),0,null]]',
    GET_CLASS_TEACHERS_INFO: '[[12,"Лебедев Пётр Ильич",null,0,""],\r\n[13,null,null,0,""]]',
  };
}

describe.each(["3.1", "4.1"] as const)("recorded answers of %s", (version) => {
  const sign = async () => {
    const fake = fakeJournal(recorded(version));
    return { fake, session: await testJournal().journal.signIn() };
  };

  it("reads the lists of the school", async () => {
    const { session } = await sign();
    expect(session.build).toEqual({ title: TITLES[version], version, known: true });
    expect(await session.directory()).toEqual({
      terms: [
        { externalId: "360000", name: "1 четверть", from: "2026-09-01", to: "2026-10-24" },
        { externalId: "360001", name: "2 четверть", from: "2026-11-02", to: "2026-12-28" },
        { externalId: "360010", name: "Год", from: null, to: null },
      ],
      subjects: [
        { externalId: "12", name: "Русский язык" },
        { externalId: "13", name: "Математика" },
      ],
      staff: [{ externalId: "701", name: "Лебедев Пётр Ильич" }],
      letters: [
        { externalId: "1", letter: "Н", meaning: "отсутствовал" },
        { externalId: "2", letter: "Б", meaning: "болел" },
        { externalId: "3", letter: "ОСВ", meaning: "" },
      ],
      classes: [
        { externalId: "41", name: "5 А", classTeacher: "Лебедев Пётр Ильич", termIds: ["360000", "360001"] },
        { externalId: "42", name: "1 доп", classTeacher: null, termIds: ["360000", "360001"] },
      ],
      pupils: [
        { externalId: "1001", fullName: "Зайцев Илья Олегович", classExternalId: "41", grade: 5 },
        { externalId: "1002", fullName: "Орлова   Мария", classExternalId: "41", grade: 5 },
      ],
      unplaced: [],
    });
    expect(session.oddities).toEqual([]);
  });

  it("reads lessons", async () => {
    const { session } = await sign();
    const page = await pageOf(session, "lessons");
    expect(page.read()).toEqual({
      refused: 0,
      rows: [
        {
          externalId: "900001",
          date: "2026-10-05",
          subjectExternalId: "12",
          workType: "Ответ на уроке",
          topic: 'Имя "существительное"',
          homework: "упр. 5\nстр. 7",
          weight: 2,
          group: null,
        },
        {
          externalId: "900002",
          date: "2026-10-06",
          subjectExternalId: "13",
          workType: null,
          topic: null,
          homework: null,
          weight: null,
          group: "2",
        },
      ],
    });
  });

  it("reads marks and absences, and leaves empty cells out", async () => {
    const { session } = await sign();
    const common = { pupilExternalId: "1001" };
    const page = await pageOf(session, "entries");
    expect(page.read()).toEqual({
      refused: 0,
      rows: [
        {
          ...common,
          lessonExternalId: "900001",
          date: "2026-10-05",
          subjectExternalId: "12",
          text: "5",
          comment: version === "4.1" ? "за ответ" : null,
        },
        {
          ...common,
          lessonExternalId: "900002",
          date: "2026-10-06",
          subjectExternalId: "13",
          text: "Н/4",
          comment: null,
        },
      ],
    });
  });

  it("reads the diary, final marks, messages and holders", async () => {
    const { session } = await sign();
    expect((await pageOf(session, "diary")).read()).toEqual({
      refused: 0,
      rows: [{ lessonExternalId: "900001", date: "2026-10-05", teacherExternalId: "701" }],
    });
    expect((await pageOf(session, "finals")).read()).toEqual({
      refused: 0,
      rows: [{ termExternalId: "360000", subjectExternalId: "12", text: "4" }],
    });
    expect((await pageOf(session, "messages")).read()).toEqual({
      refused: 0,
      rows: [
        { teacherExternalId: "701", subjectExternalId: "12", date: "2026-10-05", text: "Молодец!" },
        { teacherExternalId: null, subjectExternalId: null, date: "2026-10-06", text: "Собрание" },
      ],
    });
    expect((await pageOf(session, "holders")).read()).toEqual({
      refused: 0,
      rows: [
        { subjectExternalId: "12", teacherName: "Лебедев Пётр Ильич" },
        { subjectExternalId: "13", teacherName: null },
      ],
    });
    expect(session.oddities).toEqual([]);
  });

  it("asks with the parameters of the protocol", async () => {
    const { fake, session } = await sign();
    await session.directory();
    for await (const _ of session.pages([
      { kind: "diary", classExternalId: "41", pupilExternalId: "1001", from: "2026-10-05", to: "2026-10-11" },
      { kind: "holders", classExternalId: "41", pupilExternalId: "1001" },
      { kind: "lessons", classExternalId: "41", pupilExternalId: "1001" },
      { kind: "messages", classExternalId: "41", pupilExternalId: "1001" },
    ])) {
    }
    const form = (action: string) => fake.asked.find((asked) => asked.action === action)?.form.toString();
    expect(form("GET_UCH_YEAR")).toBe("currentDate=05.10.2026");
    expect(form("GET_JOURNAL_PERIODS_INFO")).toBe("ids=360000&ids=360001&ids=360010&uchYear=2026");
    expect(form("GET_CLASS_STORE_DATA")).toBe("currentDate=05.10.2026&demo=false&subsClassIds=&uchId=1&uchYear=2026");
    expect(form("GET_STUDENT_CLASS")).toBe("currentDate=05.10.2026&uchYear=2026&uchId=1&student=1001");
    expect(form("GET_STUDENT_DAIRY")).toBe(
      "cls=41&pClassesIds=&parallelClasses=&uchYear=2026&student=1001&begin_dt=05.10.2026&end_dt=11.10.2026",
    );
    expect(form("GET_CLASS_TEACHERS_INFO")).toBe("cls=41&student=1001&uchYear=2026");
    expect(form("GET_STUDENT_LESSONS")).toBe("cls=41&parallelClasses=&uchYear=2026&student=1001");
    expect(form("GET_STUDENT_MESSAGES")).toBe("student=1001&isGuru=false&uchYear=2026");
    for (const { method, action } of fake.asked) {
      const bare = [
        "",
        "GET_USER_DATA",
        "GET_PERIODS",
        "GET_SBJ_NAMES_STORE_DATA",
        "GET_SUBS_PERSONS_STORE_DATA",
        "GET_TEXT_MARKS",
      ];
      expect([action, method]).toEqual([action, bare.includes(action) ? "GET" : "POST"]);
    }
  });

  it("refuses rows without a column that is needed, and reports them by position only", async () => {
    fakeJournal({
      ...recorded(version),
      GET_STUDENT_MESSAGES:
        '[[1,701,0,"Молодец!",new Date(2026,9,5),0],\r\n[1,701,0,"Тихонов дрался",new Date(2026,9,5),0]]',
      GET_STUDENT_DIRECTOR_DATA: '[[1,"x",0,"4",12,null],\r\n[1,360001,0,"3",12,null]]',
    });
    const session = await testJournal().journal.signIn();
    expect((await pageOf(session, "messages")).read()).toEqual({ rows: [], refused: 2 });
    expect((await pageOf(session, "finals")).read()).toMatchObject({ refused: 1, rows: [{ text: "3" }] });
    const told = JSON.stringify(session.oddities);
    expect(told).toContain("не понято место 6");
    expect(told).toContain("не понято место 1");
    expect(told).not.toMatch(/Тихонов|Молодец/);
  });
});
