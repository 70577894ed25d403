import { createHash } from "node:crypto";
import type { EmulatedSchool } from "./school/model.ts";
import type { Version, Viewer } from "./wire/question.ts";

export interface Credentials {
  readonly login: string;
  readonly password: string;
}

export interface Account extends Credentials {
  readonly userId: string;
  /** What `/login` answers (avers-protocol.md § 2). */
  readonly row: string;
  /** The three cookies as the client must make them, joined by spaces. */
  readonly cookies: string;
  readonly viewer: Viewer;
}

export type AccountName = "administrator" | "teacher" | "parent" | "pupil";

/** One account of each kind that sees something else: everything, the pages it holds and the class it leads, one pupil. */
export function makeAccounts(school: EmulatedSchool, version: Version): Readonly<Record<AccountName, Account>> {
  const teacher = school.staff[1];
  const child = school.pupils[school.pupils.length - 1];
  const led = new Set(school.classes.filter(({ teacherName }) => teacherName === teacher?.name).map(({ id }) => id));
  const held = school.pages.filter((page) => page.holderId === teacher?.id);
  const heldPages = new Set(held.map(({ classId, subjectId, group }) => `${classId}/${subjectId}/${group}`));
  const heldSubjects = new Set(held.map(({ classId, subjectId }) => `${classId}/${subjectId}`));
  const taught = new Set([...led, ...held.map(({ classId }) => classId)]);
  const classOf = new Map(school.pupils.map((pupil) => [pupil.id, pupil.classId]));
  const everything = () => true;

  const family = (kind: number): Viewer => ({
    kind,
    staff: false,
    seesClass: (id) => id === child?.classId,
    seesPupil: (id) => id === child?.id,
    seesSubject: everything,
    seesPage: everything,
  });
  const account = (credentials: Credentials, userId: string, fullName: string, own: string, viewer: Viewer) => ({
    ...credentials,
    userId,
    row: loginRow(userId, viewer.kind, fullName, own, version),
    cookies: cookiesOf(credentials, userId),
    viewer: { ...viewer, fullName },
  });
  return {
    administrator: account({ login: "Завуч", password: "secret-пароль" }, "90001", "Учётная Запись Школьная", "1", {
      kind: 0,
      staff: true,
      seesClass: everything,
      seesPupil: everything,
      seesSubject: everything,
      seesPage: everything,
    }),
    teacher: account({ login: "учитель-1", password: "chalk-2026" }, "90002", teacher?.name ?? "", teacher?.id ?? "", {
      kind: 2,
      staff: true,
      seesClass: (id) => taught.has(id),
      seesPupil: (id) => taught.has(classOf.get(id) ?? ""),
      seesSubject: (classId, subjectId) => led.has(classId) || heldSubjects.has(`${classId}/${subjectId}`),
      seesPage: (classId, subjectId, group) => led.has(classId) || heldPages.has(`${classId}/${subjectId}/${group}`),
    }),
    parent: account(
      { login: "родитель", password: "family-2026" },
      "90003",
      "Домашняя Запись Семейная",
      child?.id ?? "",
      family(3),
    ),
    pupil: account(
      { login: "ученик", password: "class-2026" },
      "90004",
      child?.fullName ?? "",
      child?.id ?? "",
      family(4),
    ),
  };
}

/** Where an account's own id stands: a pupil's at 8 in 4.1 and at 6 in 3.1, everybody else's at 7. */
function loginRow(userId: string, kind: number, fullName: string, own: string, version: Version): string {
  const place = kind !== 4 ? 7 : version === "3.1" ? 6 : 8;
  const ids = [6, 7, 8].map((position) => (position === place ? own : "null"));
  return `[[${userId},${kind},null,null,null,"${fullName}",${ids.join(",")}]]`;
}

/** The legacy function itself, so that the adapter's own one is held against it. */
function cookiesOf({ login, password }: Credentials, userId: string): string {
  return [`s:${login}`, `s:${sha1(password)}`, `n:${userId}`]
    .map((value) => (globalThis as unknown as { escape(text: string): string }).escape(value))
    .join(" ");
}

export const sha1 = (text: string) => createHash("sha1").update(text, "utf8").digest("hex");
