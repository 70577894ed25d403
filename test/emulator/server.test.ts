import { connect } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { AccountName } from "./accounts.ts";
import { sha1 } from "./accounts.ts";
import { type Emulator, type FaultOrder, generateSchool, standingAt, startEmulator } from "./index.ts";

// avers-protocol.md, clause by clause, as bytes on the wire: the adapter has no part in it.

const AT = Date.parse("2026-12-31T12:00:00+03:00");
const school = generateSchool({ seed: 3, classes: 13, pupils: 60, to: "2026-12-31" });
const [teacher] = school.staff.slice(1);
const child = school.pupils.at(-1);

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ school, at: AT });
});
afterAll(() => emulator.close());
afterEach(() => {
  emulator.faults.clear();
  emulator.setClock(AT);
});

const IDS: Record<AccountName, string> = { administrator: "90001", teacher: "90002", parent: "90003", pupil: "90004" };

/** As avers-protocol.md § 2 has it, written out once more. */
function cookies(who: AccountName, password = emulator.credentials[who].password): string {
  const escaped = (text: string) =>
    text.replace(/[^A-Za-z0-9@*_+\-./]/gu, (sign) => {
      const code = sign.charCodeAt(0);
      return code < 256
        ? `%${code.toString(16).toUpperCase().padStart(2, "0")}`
        : `%u${code.toString(16).toUpperCase().padStart(4, "0")}`;
    });
  const { login } = emulator.credentials[who];
  return `ys-user=${escaped(`s:${login}`)}; ys-password=${escaped(`s:${sha1(password)}`)}; ys-userId=${escaped(`n:${IDS[who]}`)}`;
}

const post = (path: string, form: Record<string, string> | [string, string][], cookie = "") =>
  fetch(`${emulator.url}${path}`, { method: "POST", body: new URLSearchParams(form), headers: { cookie } });

async function act(
  who: AccountName,
  action: string,
  form?: Record<string, string> | [string, string][],
): Promise<string> {
  const response =
    form === undefined
      ? await fetch(`${emulator.url}/act/${action}?_dc=1`, { headers: { cookie: cookies(who) } })
      : await post(`/act/${action}`, form, cookies(who));
  expect(response.status).toBe(200);
  return response.text();
}

/** Nothing but this test's own answers is ever evaluated. */
const rowsOf = (body: string): unknown[][] => new Function(`return ${body}`)() as unknown[][];

describe("the transport (§ 1)", () => {
  it("answers actions as plain text, and never sets a cookie", async () => {
    const response = await post("/act/get_student_class", { student: child?.id ?? "" }, cookies("administrator"));
    expect(response.headers.get("content-type")).toBe("text/plain; charset=UTF-8");
    expect(response.headers.get("set-cookie")).toBeNull();
  });

  it("lies at its start page about encoding and length", async () => {
    const { port } = new URL(emulator.url);
    const socket = connect(Number(port), "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    socket.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    const raw = Buffer.concat(await socket.toArray());
    const end = raw.indexOf("\r\n\r\n");
    const head = raw.subarray(0, end).toString();
    const body = raw.subarray(end + 4);
    expect(head).toContain("text/html; charset=windows-1251");
    expect(/Content-Length: (\d+)/i.exec(head)?.[1]).toBe(String(body.length + 42));
    expect(body.toString("utf8")).toContain("<title>АВЕРС: Электронный Классный Журнал 4.1 (23813)</title>");
  });

  it("takes GET without parameters, POST with them, any case of the name, and nothing else", async () => {
    const answer = await act("administrator", "GET_TEXT_MARKS");
    expect(await act("administrator", "get_text_marks")).toBe(answer);
    expect((await fetch(`${emulator.url}/login?l=x&p=y`)).status).toBe(405);
    expect((await fetch(`${emulator.url}/act/get_text_marks`, { method: "PUT" })).status).toBe(405);
    expect((await fetch(`${emulator.url}/somewhere`)).status).toBe(404);
    expect(await act("administrator", "GET_NOTHING_LIKE_IT")).toBe("[]");
  });

  it("wants days as DD.MM.YYYY, this school year, and a pupil of the class", async () => {
    const [first, last] = [school.pupils[0], school.pupils.at(-1)];
    const own = { cls: first?.classId ?? "", student: first?.id ?? "" };
    const lessons = (form: Record<string, string>) => act("administrator", "GET_STUDENT_LESSONS", { ...own, ...form });
    expect(await lessons({ uchYear: "2026", period_begin: "01.11.2026", period_end: "30.11.2026" })).not.toBe("[]");
    expect(await lessons({ uchYear: "2025" })).toBe("[]");
    expect(await lessons({ period_begin: "2026-11-01" })).toBe("[]");
    expect(await lessons({ student: last?.id ?? "" })).toBe("[]");
  });
});

describe("signing in (§ 2)", () => {
  const login = async (who: AccountName, password = emulator.credentials[who].password) =>
    (await post("/login", { l: emulator.credentials[who].login, p: sha1(password) })).text();

  it("tells who it is, and where the own id stands", async () => {
    expect(await login("administrator")).toBe('[[90001,0,null,null,null,"Учётная Запись Школьная",null,1,null]]');
    expect(await login("teacher")).toBe(`[[90002,2,null,null,null,"${teacher?.name}",null,${teacher?.id},null]]`);
    expect(await login("parent")).toContain(`,null,${child?.id},null]]`);
    expect(await login("pupil")).toBe(`[[90004,4,null,null,null,"${child?.fullName}",null,null,${child?.id}]]`);
    const old = await startEmulator({ school, version: "3.1" });
    onTestFinished(() => old.close());
    const { login: l, password } = old.credentials.pupil;
    const body = new URLSearchParams({ l, p: sha1(password) });
    expect(await (await fetch(`${old.url}/login`, { method: "POST", body })).text()).toContain(
      `,${child?.id},null,null]]`,
    );
  });

  it("refuses a wrong password with its literal", async () => {
    expect(await login("administrator", "wrong")).toBe("[error_symbol]");
  });

  it("says ok to the account's own cookies and to nobody else's", async () => {
    expect(await (await post("/auth", { uId: "90001", act: "1" }, cookies("administrator"))).text()).toBe("ok");
    expect(await (await post("/auth", { uId: "90002", act: "1" }, cookies("administrator"))).text()).toBe("[]");
    expect(await (await post("/auth", { uId: "90001", act: "1" })).text()).toBe("[]");
    expect((await fetch(`${emulator.url}/auth/logout`)).status).toBe(200);
  });

  it("answers [] to missing and wrong cookies, and to such as encodeURIComponent makes", async () => {
    const asked = async (cookie: string) => (await post("/act/GET_PERIODS", {}, cookie)).text();
    expect(await asked(cookies("administrator"))).not.toBe("[]");
    expect(await asked("")).toBe("[]");
    expect(await asked(cookies("administrator", "wrong"))).toBe("[]");
    expect(await asked(decodeEscapes(cookies("administrator")))).toBe("[]");
  });
});

/** `%uXXXX` as `encodeURIComponent` would have written it. */
const decodeEscapes = (text: string) =>
  text.replace(/%u([0-9A-F]{4})/g, (_, code) => encodeURIComponent(String.fromCharCode(Number.parseInt(code, 16))));

describe("actions (§ 4)", () => {
  const klass = school.classes.find(({ id }) => id === child?.classId);
  const form = {
    cls: child?.classId ?? "",
    student: child?.id ?? "",
    uchYear: "2026",
    uchId: "1",
    currentDate: "31.12.2026",
  };
  const listed: readonly (readonly [string, Record<string, string> | [string, string][] | undefined, number])[] = [
    ["get_user_data", undefined, 6],
    ["get_uch_year", { currentDate: "31.12.2026" }, 1],
    ["GET_PERIODS", undefined, 2],
    [
      "GET_JOURNAL_PERIODS_INFO",
      [
        ["ids", "360000"],
        ["ids", "360001"],
        ["uchYear", "2026"],
      ],
      3,
    ],
    ["GET_CLASS_PER_SP", { cls: form.cls }, 1],
    [
      "GET_CLASS_STORE_DATA",
      { currentDate: "31.12.2026", demo: "false", subsClassIds: "", uchId: "1", uchYear: "2026" },
      8,
    ],
    ["get_students_list_data", { uchId: "1", currentDate: "31.12.2026", uchYear: "2026" }, 2],
    ["GET_STUDENT_CLASS", { currentDate: "31.12.2026", student: form.student, uchYear: "2026", uchId: "1" }, 3],
    ["GET_STUDENT_GROUPS", { cls: form.cls, student: form.student }, 3],
    ["GET_SBJ_NAMES_STORE_DATA", undefined, 2],
    ["GET_DAIRY_CLASS_SUBJECTS", { cls: form.cls, pClassesIds: "" }, 2],
    ["get_class_subjects", { ...form, isClassTeam: "false", subsSubjectIds: "", subsClassIds: "" }, 2],
    ["GET_STUDENT_SUBJECTS", form, 5],
    ["GET_SUBS_PERSONS_STORE_DATA", undefined, 3],
    ["GET_CLASS_TEACHERS_INFO", form, 5],
    ["GET_TIMETABLE", undefined, 11],
    ["GET_STUDENT_LESSONS", form, 16],
    ["GET_STUDENT_JOURNAL_DATA", form, 9],
    ["GET_STUDENT_DAIRY", { ...form, begin_dt: "01.09.2026", end_dt: "31.12.2026" }, 12],
    ["get_text_marks", undefined, 3],
    ["GET_STUDENT_DIRECTOR_DATA", form, 6],
    ["GET_MESSAGE_COUNT", { uchYear: "2026" }, 1],
  ];

  it.each(listed)("%s has rows of its width", async (action, parameters, width) => {
    const rows = rowsOf(await act("administrator", action, parameters));
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([width]));
  });

  it("are one column shorter in 3.1 where they are", async () => {
    const current = emulator;
    onTestFinished(async () => {
      await emulator.close();
      emulator = current;
    });
    emulator = await startEmulator({ school, at: AT, version: "3.1" });
    expect(rowsOf(await act("administrator", "GET_STUDENT_JOURNAL_DATA", form))[0]).toHaveLength(8);
    const diary = { ...form, begin_dt: "01.09.2026", end_dt: "31.12.2026" };
    expect(rowsOf(await act("administrator", "GET_STUDENT_DAIRY", diary))[0]).toHaveLength(11);
  });

  it("write dates as the language does, with a zero-based month, and break lines between rows", async () => {
    const body = await act("administrator", "GET_JOURNAL_PERIODS_INFO", [
      ["ids", "360000"],
      ["ids", "360001"],
    ]);
    expect(body).toBe(
      "[[360000,new Date(2026,8,1,0,0,0,0),new Date(2026,9,23,0,0,0,0)],\r\n[360001,new Date(2026,10,2,0,0,0,0),new Date(2026,11,30,0,0,0,0)]]",
    );
  });

  it("give a mark its number for a code, and a letter its id, whole", async () => {
    const codes = new Map<unknown, unknown>();
    for (const { id, classId } of school.pupils) {
      const rows = rowsOf(await act("administrator", "GET_STUDENT_JOURNAL_DATA", { cls: classId, student: id }));
      for (const row of rows) codes.set(row[2], row[6]);
    }
    expect([codes.get("5"), codes.get("Н"), codes.get("НП"), codes.get("Б")]).toEqual([5, 11, 12, 14]);
  });

  it("answer what nobody knows with []", async () => {
    expect(await act("administrator", "GET_STUDENT_PARALLEL", form)).toBe("[]");
    expect(await act("administrator", "GET_ATT_JOURNAL_DATA", { cls: form.cls })).toBe("[]");
    expect(await act("parent", "get_uch_year", { currentDate: "31.12.2026" })).toBe("[[]]");
  });

  it("show messages as they stood, those that were changed or taken back too", async () => {
    const told = school.messages.filter(({ events }) => events.length > 1);
    expect(told.length).toBeGreaterThan(0);
    for (const message of told) {
      for (const { at } of message.events) {
        emulator.setClock(at);
        const rows = rowsOf(
          await act("administrator", "GET_STUDENT_MESSAGES", { student: message.pupilId, uchYear: "2026" }),
        );
        const own = school.messages.filter(({ pupilId }) => pupilId === message.pupilId);
        const standing = own.flatMap(({ events }) => standingAt(events, at) ?? []);
        expect(rows.map((row) => row[3]).toSorted()).toEqual(standing.toSorted());
      }
    }
  });

  it("let a parent and a pupil see one child, whatever they ask", async () => {
    const mate = klass?.pupilIds.find((id) => id !== child?.id && groupOf(id) === child?.group) ?? "";
    for (const who of ["parent", "pupil"] as const) {
      expect(await act(who, "GET_STUDENT_LESSONS", form)).not.toBe("[]");
      expect(await act(who, "GET_STUDENT_JOURNAL_DATA", form)).not.toBe("[]");
      for (const action of [
        "GET_STUDENT_LESSONS",
        "GET_STUDENT_JOURNAL_DATA",
        "GET_STUDENT_DAIRY",
        "GET_STUDENT_DIRECTOR_DATA",
        "GET_STUDENT_MESSAGES",
        "GET_STUDENT_CLASS",
      ])
        expect(await act(who, action, { ...form, student: mate })).toBe("[]");
      for (const action of [
        "GET_CLASS_STORE_DATA",
        "get_students_list_data",
        "get_class_subjects",
        "GET_SUBS_PERSONS_STORE_DATA",
      ])
        expect(await act(who, action, {})).toBe("[]");
      const other = school.classes.find(({ id }) => id !== child?.classId)?.id ?? "";
      expect(await act(who, "GET_DAIRY_CLASS_SUBJECTS", { cls: other })).toBe("[]");
    }
  });

  it("let a teacher see the own pages, and the whole class that the teacher leads", async () => {
    const ids = rowsOf(await act("teacher", "GET_CLASS_STORE_DATA", {})).map((row) => String(row[0]));
    const held = school.pages.filter(({ holderId }) => holderId === teacher?.id);
    const led = school.classes.filter(({ teacherName }) => teacherName === teacher?.name);
    expect(new Set(ids)).toEqual(new Set([...held.map(({ classId }) => classId), ...led.map(({ id }) => id)]));
    for (const cls of ids) {
      const subjects = rowsOf(await act("teacher", "get_class_subjects", { cls })).map((row) => String(row[0]));
      const leads = led.some(({ id }) => id === cls);
      const own = school.pages.filter(
        ({ classId, holderId }) => classId === cls && (leads || holderId === teacher?.id),
      );
      expect(new Set(subjects)).toEqual(new Set(own.map(({ subjectId }) => subjectId)));
      const [student = ""] = school.classes.find(({ id }) => id === cls)?.pupilIds ?? [];
      const lessons = rowsOf(await act("teacher", "GET_STUDENT_LESSONS", { cls, student }));
      for (const row of lessons) expect(subjects).toContain(String(row[14]));
    }
  });
});

const groupOf = (id: string) => school.pupils.find((pupil) => pupil.id === id)?.group;

describe("its clock", () => {
  const set = (url: string, at: string) =>
    fetch(`${url}/emulator/clock`, { method: "POST", body: JSON.stringify({ at }) });

  it("is set from outside, and the journal is as of it", async () => {
    const form = { cls: child?.classId ?? "", student: child?.id ?? "" };
    const count = async () => rowsOf(await act("administrator", "GET_STUDENT_JOURNAL_DATA", form)).length;
    const later = await count();
    expect((await set(emulator.url, "2026-09-20T12:00:00+03:00")).status).toBe(200);
    expect(await count()).toBeLessThan(later);
    expect((await set(emulator.url, "soon")).status).toBe(400);
  });

  it("is set while it runs too, and goes on from there", async () => {
    const running = await startEmulator({ school, at: AT, runs: true });
    onTestFinished(() => running.close());
    expect((await set(running.url, "2026-10-01T12:00:00+03:00")).status).toBe(200);
    const passed = running.now() - Date.parse("2026-10-01T12:00:00+03:00");
    expect(passed).toBeGreaterThanOrEqual(0);
    expect(passed).toBeLessThan(60_000);
  });

  it("is not moved where somebody else keeps it", async () => {
    const kept = await startEmulator({ school, clock: () => AT });
    onTestFinished(() => kept.close());
    expect((await set(kept.url, "2026-10-01T12:00:00+03:00")).status).toBe(400);
  });
});

describe("faults on request", () => {
  const form = { cls: child?.classId ?? "", student: child?.id ?? "" };
  const lessons = () => post("/act/GET_STUDENT_LESSONS", form, cookies("administrator"));
  const order = (fault: FaultOrder) =>
    fetch(`${emulator.url}/emulator/faults`, { method: "POST", body: JSON.stringify(fault) });

  it("strike what they name, as often as they say, and end", async () => {
    const sound = await (await lessons()).text();
    await order({ kind: "error-500", times: 1 });
    expect((await lessons()).status).toBe(500);
    await order({ kind: "too-many", times: 1, retryAfter: "7", action: "get_student_lessons" });
    const refused = await lessons();
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "7"]);
    await order({ kind: "reset", times: 1 });
    await expect(lessons()).rejects.toThrow();
    await order({ kind: "broken-off", times: 1 });
    await expect(lessons().then((response) => response.text())).rejects.toThrow();
    await order({ kind: "html" });
    expect(await (await lessons()).text()).toContain("<html>");
    await fetch(`${emulator.url}/emulator/faults`, { method: "DELETE" });
    expect(await (await lessons()).text()).toBe(sound);
  });

  it("soil the body", async () => {
    const sound = await (await lessons()).text();
    const soiled = async (kind: FaultOrder["kind"]) => {
      await order({ kind, times: 1 });
      return (await lessons()).text();
    };
    expect(sound.startsWith(await soiled("cut-off"))).toBe(true);
    expect(await soiled("empty")).toBe("[]");
    expect(await soiled("short-dates")).toMatch(/new Date\(2026,8,\d+\),/);
    expect(rowsOf(await soiled("extra-columns")).every((row) => row.length === 19)).toBe(true);
    expect(await soiled("unescaped-quotes")).toContain('"Сказка "Колобок", чтение по ролям"');
    expect(await soiled("line-breaks")).toContain("Первая строка\nвторая строка\t");
    expect((await soiled("missing-columns")).length).toBeLessThan(sound.length);
  });

  it("change the password: neither signing in nor old cookies help", async () => {
    await order({ kind: "changed-password" });
    const { login, password } = emulator.credentials.administrator;
    expect(await (await post("/login", { l: login, p: sha1(password) })).text()).toBe("[error_symbol]");
    expect(await (await lessons()).text()).toBe("[]");
  });
});
