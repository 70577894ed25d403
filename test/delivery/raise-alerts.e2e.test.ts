import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AlertNeeds, raiseAlerts } from "../../src/delivery/raise-alerts.ts";
import type { Look } from "../../src/domain/alerts/alert.ts";
import { openAlerts } from "../../src/store/alerts.ts";
import { connectStore, type Store } from "../../src/store/connect.ts";
import { freshDatabase } from "../support/postgres.ts";

const day = 86_400_000;
const begin = Temporal.Instant.from("2026-10-05T07:30:00+03:00").epochMilliseconds;
let database: Awaited<ReturnType<typeof freshDatabase>>;
let store: Store;
let now = begin;
let delivered = 0;
beforeEach(async () => {
  database = await freshDatabase();
  store = connectStore(database.url);
  [now, delivered] = [begin, 0];
});
afterEach(async () => {
  await store.close();
  await database.drop();
});

const needs = (over: Partial<AlertNeeds> = {}): AlertNeeds => ({
  store,
  clock: { now: () => now },
  school: { id: 1, name: "Школа-интернат «Ручей»", zone: "Europe/Moscow" },
  simulation: false,
  sender: "sverka@school.example",
  recipient: "admin@school.example",
  deliver: async () => {
    delivered += 1;
  },
  ...over,
});
/** What is looked at an hour after the last look. */
const look = (what: Look, over?: Partial<AlertNeeds>) => {
  now += 3_600_000;
  return raiseAlerts(needs(over), what);
};
const letters = () => store.prisma.delivery.findMany({ orderBy: { id: "asc" } });
const failed = (detail = "Журнал не отвечает.") => ({ "pass-failed": [{ subject: "", detail }] }) satisfies Look;
const unknown = (...subjects: string[]) =>
  ({ "letter-unknown": subjects.map((subject) => ({ subject, detail: "" })) }) satisfies Look;

describe("the administrator's letter", () => {
  it("is written once for one trouble, until it is over, and again when it comes again", async () => {
    expect([await look(failed()), await look(failed()), await look(failed("Журнал просит не спешить."))]).toEqual([
      1, 0, 0,
    ]);
    expect(await look({ "pass-failed": [] })).toBe(0);
    expect(await look(failed())).toBe(1);
    const [first, second, ...rest] = await letters();
    expect(rest).toEqual([]);
    expect(first).toMatchObject({ kind: "alert", recipients: ["admin@school.example"], state: "waiting" });
    expect(first?.key).not.toBe(second?.key);
    expect(first?.messageId).not.toBe(second?.messageId);
    expect(delivered).toBe(2);
  });

  it("says what happened, what it means and what to do, without links", async () => {
    await look(failed("Журнал не отвечает (нет связи, ECONNREFUSED): проверьте сеть."), { simulation: true });
    const [letter] = await letters();
    expect(letter?.subject).toBe("[УЧЕБНЫЕ ДАННЫЕ] Сверка: проход по журналу не удался");
    for (const body of [letter?.text, letter?.html].map((text) => text?.replaceAll(/\s+/g, " "))) {
      expect(body).toContain("УЧЕБНЫЕ ДАННЫЕ");
      expect(body).toContain("нет связи, ECONNREFUSED");
      expect(body).toContain("5 октября 2026");
      expect(body).toContain("npx sverka doctor");
    }
    expect(letter?.html).not.toMatch(/https?:|href=|<img|<script/);
  });

  it("leaves alone what the look did not judge", async () => {
    await look({ ...failed(), ...unknown("Х") });
    await look({ "pass-failed": [] });
    expect((await openAlerts(store, 1)).map(({ kind }) => kind)).toEqual(["letter-unknown"]);
    expect(await look(unknown("Х"))).toBe(0);
  });

  it("tells of several in one, and later of the new ones alone", async () => {
    expect(await look(unknown("Х", "ЗЧ"))).toBe(1);
    expect(await look(unknown("Х", "ЗЧ", "Ю"))).toBe(1);
    expect(await look(unknown("Х", "Ю"))).toBe(0);
    expect(await look(unknown("Х", "ЗЧ", "Ю"))).toBe(1);
    expect((await letters()).map(({ subject }) => subject)).toEqual([
      "Сверка: в журнале незнакомые буквы: «ЗЧ», «Х»",
      "Сверка: в журнале незнакомые буквы: «Ю»",
      "Сверка: в журнале незнакомые буквы: «ЗЧ»",
    ]);
  });

  it("of odd answers does not come again because unchanged pages are silent", async () => {
    const odd = { "journal-odd": [{ subject: "width GET_STUDENT_LESSONS", detail: "Столбцов 17 вместо 16." }] };
    expect([await look(odd), await look({ "journal-odd": [] }), await look(odd)]).toEqual([1, 0, 0]);
    now += 8 * day;
    expect([await look({ "journal-odd": [] }), await look(odd)]).toEqual([0, 1]);
  });

  it("is written once though several processes see the same at the same moment", async () => {
    const all = await Promise.all(
      Array.from({ length: 6 }, () => raiseAlerts(needs(), { ...failed(), ...unknown("Х") })),
    );
    expect(all.reduce((sum, n) => sum + n, 0)).toBe(2);
    expect(await letters()).toHaveLength(2);
  });

  it("waits for an address: the page shows the trouble, and whoever is named later is told", async () => {
    expect(await look(failed(), { recipient: null })).toBe(0);
    expect(await openAlerts(store, 1)).toMatchObject([{ kind: "pass-failed", beganAt: begin + 3_600_000 }]);
    expect(await letters()).toEqual([]);
    expect([await look(failed()), await look(failed())]).toEqual([1, 0]);
  });

  it("names many things by the first of them", async () => {
    await look({
      "work-type-unknown": Array.from({ length: 40 }, (_, i) => ({ subject: `Работа вида ${100 + i}`, detail: "" })),
    });
    const [letter] = await letters();
    expect(letter?.subject).toBe("Сверка: в журнале незнакомые виды работ");
    expect(letter?.text).toContain("и ещё 28");
  });
});
