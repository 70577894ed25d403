import { describe, expect, it } from "vitest";
import { SverkaError } from "../../src/domain/error.ts";
import { lookAfterFailure, lookAfterPass } from "../../src/sync/pass-look.ts";
import type { SyncResult } from "../../src/sync/sync-school.ts";

const pass = (over: Partial<SyncResult> = {}): SyncResult => ({
  passId: 1,
  state: "done",
  resumed: false,
  startedAt: 0,
  finishedAt: 1,
  pages: 10,
  pagesDone: 10,
  pagesSame: 0,
  pagesFailed: 0,
  quarantined: 0,
  added: 0,
  changed: 0,
  vanished: 0,
  requests: 40,
  troubles: [],
  oddities: [],
  build: { title: "АВЕРС 4.1 (23813)", version: "4.1", known: true },
  ...over,
});
const trouble = (code: string) => ({ at: 0, code, sentence: "Фраза." });

describe("what a pass tells the administrator", () => {
  it("is that everything is over, when it was clean", () => {
    expect(lookAfterPass(pass())).toEqual({
      "journal-refused": [],
      "pass-failed": [],
      "pages-unread": [],
      "facts-held": [],
      "build-unknown": [],
      "journal-odd": [],
    });
  });

  it("is how much was not read and not believed", () => {
    const look = lookAfterPass(
      pass({ pagesFailed: 3, quarantined: 2, troubles: [trouble("rows-refused"), trouble("roster-quarantined")] }),
    );
    expect(look["pages-unread"]).toEqual([
      { subject: "", detail: "Не получено страниц: 3. Страниц с непонятными строками: 1." },
    ]);
    expect(look["facts-held"]?.[0]?.detail).toMatch(/^Задержано страниц: 2\. Из списка исчезло/);
  });

  it("names the first pages by the journal's own ids", () => {
    const failed = (pupilExternalId: string) => ({
      ...trouble("page-failed"),
      classExternalId: "105",
      pupilExternalId,
    });
    const troubles = ["1", "1", "2", "3", "4"].map(failed);
    expect(lookAfterPass(pass({ pagesFailed: 5, troubles }))["pages-unread"]?.[0]?.detail).toBe(
      "Не получено страниц: 5 (номера в журнале: класс 105, ученик 1; класс 105, ученик 2; класс 105, ученик 3 и другие).",
    );
  });

  it("names an unknown build, and says nothing of one that the start page did not name", () => {
    const build = { title: "АВЕРС 5.0 (1)", version: "5.0", known: false };
    expect(lookAfterPass(pass({ build }))["build-unknown"]).toEqual([{ subject: "5.0", detail: "" }]);
    expect(lookAfterPass(pass({ build: null }))).not.toHaveProperty("build-unknown");
  });

  it("joins what is odd about one action, however many pupils it strikes", () => {
    const odd = (where: string, code = "class-unknown") => ({ code, where, sentence: "Класс узнать не удалось." });
    const oddities = [
      odd("GET_STUDENT_CLASS, ученик 20017"),
      odd("GET_STUDENT_CLASS, ученик 20018"),
      odd("GET_STUDENT_LESSONS", "width"),
      odd("/", "build-unknown"),
    ];
    expect(lookAfterPass(pass({ oddities }))["journal-odd"]).toEqual([
      { subject: "class-unknown GET_STUDENT_CLASS", detail: "Класс узнать не удалось. (GET_STUDENT_CLASS)" },
      { subject: "width GET_STUDENT_LESSONS", detail: "Класс узнать не удалось. (GET_STUDENT_LESSONS)" },
    ]);
  });

  it("is why it failed, in our own words only", () => {
    const error = (code: string) => new SverkaError("journal", code, "Журнал не отвечает.");
    expect(lookAfterFailure(error("journal-unreachable"))).toEqual({
      "pass-failed": [{ subject: "", detail: "Журнал не отвечает." }],
    });
    expect(lookAfterFailure(error("journal-refused"))).toEqual({ "journal-refused": [{ subject: "", detail: "" }] });
    expect(lookAfterFailure(error("pass-running"))).toEqual({});
    expect(JSON.stringify(lookAfterFailure(new Error("row (Ручьёв, 5)")))).not.toContain("Ручьёв");
  });
});
