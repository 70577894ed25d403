import { dayOf } from "../days.ts";
import type { Finding } from "../finding.ts";
import { counted, longDay } from "../notice/words.ts";
import type { RosterChange } from "../school-lists.ts";
import { classFinding } from "./describe.ts";
import type { Rule } from "./rule.ts";

/**
 * Порядок 3.2.1: changes in a class list are shown to the responsible administrator and the class teacher until both have acknowledged them. A
 * hint: that somebody came or left is nobody's fault. All changes that one day's passes found are one finding.
 */
export const rosterCurrent: Rule = {
  id: "roster-current",
  clause: "Порядок, п. 3.2.1",
  words: {
    name: "Изменения в списках классов просмотрены",
    demand: () =>
      "классный руководитель обязан «своевременно следить за актуальностью списков классов», «регулярно проверять изменение фактических данных и при наличии таких изменений докладывать о них ответственному администратору»",
    reckoning: null,
    expected: "изменение списка класса подтвердили классный руководитель и ответственный за журнал",
    ofExpected: "подтверждения",
    titles: { violation: "список класса изменился" },
    place: ({ details: { on } }) => `изменение от ${longDay(String(on))}`,
    sight({ details }) {
      const parts = [
        said(details.joined, "прибыли"),
        said(details.left, "выбыли"),
        said(details.moved, "перешли из другого класса"),
      ];
      return `В списке класса: ${parts.filter((part) => part !== "").join("; ")}.`;
    },
    conclusion: ({ settled, details: { awaits } }) =>
      settled
        ? ["Это подсказка, а не нарушение. Изменение подтвердили оба; делать ничего не нужно."]
        : [
            "Это подсказка, а не нарушение.",
            `Что сделать: проверьте, верен ли список в журнале, и подтвердите изменение. Ещё не подтвердили: ${list(awaits).join(", ")}.`,
          ],
    over: "Изменение подтверждено.",
    todo: "проверьте список класса и подтвердите изменение",
    things: ["изменение в списке класса", "изменения в списке класса", "изменений в списке класса"],
    tell(findings) {
      const changes = findings.reduce((sum, { details }) => sum + list(details.pupils).length, 0);
      return `${counted(changes, "изменение", "изменения", "изменений")} в списке класса не подтверждено`;
    },
  },
  *check(of) {
    const { snapshot, calendar, asOf } = of;
    const known = snapshot.lists.rosterChanges.filter(({ at }) => at <= asOf);
    const days = Map.groupBy(
      known.toSorted((one, other) => one.id - other.id),
      ({ at }) => dayOf(at, calendar.zone),
    );
    const { classTeacher } = snapshot;
    const accountable = classTeacher === null ? null : { externalId: null, name: classTeacher };
    for (const [on, changes] of days) {
      const awaits = [
        ...(changes.every((change) => isKnownBy(change.classTeacherAt, asOf)) ? [] : ["классный руководитель"]),
        ...(changes.every((change) => isKnownBy(change.administratorAt, asOf)) ? [] : ["ответственный за журнал"]),
      ];
      const details = {
        on,
        ...pupilsByKind(changes),
        pupils: changes.map(({ pupilExternalId }) => pupilExternalId),
        awaits,
      };
      const settled = awaits.length === 0;
      const verdict = {
        verdict: "violation",
        severity: "hint",
        settled,
        dueAt: null,
        sighting: null,
        details,
      } as const;
      yield classFinding(this, of, verdict, { date: on, about: on, accountable });
    }
  },
};

const isKnownBy = (at: number | null, asOf: number) => at !== null && at <= asOf;

function pupilsByKind(changes: readonly RosterChange[]): Pick<Finding["details"], "joined" | "left" | "moved"> {
  const of = (kind: RosterChange["kind"]) =>
    changes.filter((change) => change.kind === kind).map(({ pupilExternalId }) => pupilExternalId);
  return { joined: of("joined"), left: of("left"), moved: of("moved") };
}

function list(value: Finding["details"][string] | undefined): readonly string[] {
  return Array.isArray(value) ? value : [];
}

function said(value: Finding["details"][string] | undefined, verb: string): string {
  const pupils = list(value);
  return pupils.length === 0 ? "" : `${verb} ${pupils.map((id) => `№ ${id} в журнале`).join(", ")}`;
}
