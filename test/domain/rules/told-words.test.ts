import { describe, expect, it } from "vitest";
import type { Finding } from "../../../src/domain/finding.ts";
import { groupByTeacher } from "../../../src/domain/report/lines.ts";
import { pupilLabels } from "../../../src/domain/report/pupil-labels.ts";
import { at, check, classOf, explained, findingsOf, stored } from "./classroom.ts";
import { toldCalendar } from "./told-calendar.ts";
import { checkSchoolOf } from "./whole-school.ts";

const labels = pupilLabels([{ externalId: "p1", fullName: "Ученик Первый", className: "5 А", number: 4 }], "number");
const linesOf = (...findings: readonly (Finding | undefined)[]) =>
  groupByTeacher(
    findings.map((one) => stored(one)),
    labels,
  ).map(({ teacher, lines }) => [teacher, ...lines].join(" | ").replaceAll("\u00a0", " "));

const paper = { pupilExternalId: "p1", way: "paper", basis: "заявление", agreedOn: "2026-09-01" } as const;
const printedAt = at("2026-09-14 10:00");
const stages = { composedAt: printedAt, printedAt, handedAt: null, returnedAt: null, hasSlip: true, finals: false };
const printed = { pupilExternalId: "p1", from: "2026-09-01", to: "2026-09-14", ...stages };
const ofNotices = findingsOf(
  check(
    {
      ...classOf({ lists: { since: at("2026-09-01 12:00"), delivery: [paper], notices: [printed] } }),
      classTeacher: "Осина А. Б.",
    },
    { calendar: toldCalendar },
  ),
  "notice-biweekly",
);

describe("findings that no page of the journal proves", () => {
  it("tell what is known and hold an office to it where no name is known", () => {
    const control = { month: "2026-09", madeAt: at("2026-10-01 09:00"), concludedAt: null, deliveredAt: null };
    const [finding] = findingsOf(
      checkSchoolOf({ controls: [control] }, { asOf: "2026-10-20 12:00" }),
      "control-monthly",
    );
    const text = explained(finding);
    expect(text).toContain("Вся школа.\nОтвечает: заместитель директора по УВР.");
    expect(text).toContain(
      "Что известно.\nКонтроль за сентябрь 2026 г.: проведён, но результаты не доведены до учителей.",
    );
    expect(text).toContain("Считается нарушением: срок прошёл, а контроля, доведённого до учителей, нет.");
    expect(text).not.toMatch(/Что видели проходы|\.\./);
    expect(linesOf(finding)).toEqual([
      "Заместитель директора по УВР | вся школа: сентябрь 2026 г. – проведён, но результаты не доведены до учителей",
    ]);
  });

  it("tell a notice that is missing and one that nobody told to be handed out apart", () => {
    const [missing, unhanded] = ofNotices.map((finding) => explained(finding));
    expect(missing).toContain("распечатки для семьи нет, срок прошёл.");
    expect(missing).toContain("Прошлая распечатка сделана 14 сентября 2026 г. С тех пор её не было.");
    expect(unhanded).toContain(
      "Распечатка сделана 14 сентября 2026 г.; о том, что она передана семье, никто не сообщил.",
    );
    expect(unhanded).toContain("Это предупреждение, а не нарушение. Что сделать: распечатайте уведомление");
    expect(linesOf(...ofNotices)).toEqual([
      "Осина А. Б. | 5 А: нет очередной распечатки: 1 семья (ученик № 4) | 5 А: не отмечено, что распечатка передана: 1 семья (ученик № 4)",
    ]);
  });

  it("tell how late something was whose moment is known exactly", () => {
    const deliveredAt = at("2026-10-13 02:00");
    const control = { month: "2026-09", madeAt: at("2026-10-01 09:00"), concludedAt: null, deliveredAt };
    const [finding] = findingsOf(
      checkSchoolOf({ controls: [control] }, { asOf: "2026-10-20 12:00" }),
      "control-monthly",
    );
    expect(explained(finding)).toContain("Опоздание – на 2 часа.");
  });
});
