import { dayOf } from "../days.ts";
import { judge } from "../evidence.ts";
import { counted } from "../notice/words.ts";
import type { DeliveryAgreement } from "../school-lists.ts";
import type { EpochMs, IsoDate } from "../time.ts";
import type { ClassCase } from "./class-case.ts";
import { classFinding } from "./describe.ts";
import { agreementsByPupil, classTeacherOf, deliveryGap } from "./families.ts";
import type { Rule } from "./rule.ts";

/** Регламент 5: every pupil has a guardian with an agreed way of delivery, with the date and the paper or electronic basis of the consent. */
export const deliveryAgreed: Rule = {
  id: "delivery-agreed",
  clause: "Регламент, п. 5",
  words: {
    name: "Способ информирования семьи согласован",
    demand: () =>
      "«доставка информации обучающимся и их родителям (законным представителям) может осуществляться в согласованной форме», а «передача контактных данных должна осуществляться родителями письменно или с применением электронных систем передачи документов»",
    reckoning:
      "Приказ срока не называет; школа даёт на согласование столько дней после появления ученика в классе, сколько записано в её настройках.",
    expected: "в списке родитель, способ информирования, дата согласия и документ, на котором оно основано",
    ofExpected: "согласованного способа информирования",
    titles: { missing: "способ информирования семьи не согласован" },
    todo: "согласуйте способ с семьёй, впишите дату и документ в список и загрузите его: sverka import delivery ФАЙЛ",
    over: "Способ информирования согласован.",
    things: ["семья", "семьи", "семей"],
    tell: (findings) =>
      `способ информирования не согласован у ${counted(findings.length, "семьи", "семей", "семей")}: ${[...new Set(findings.map(({ details }) => lackText(details.what)))].join("; ")}`,
    known: ({ details }) => `По загруженному списку: ${lackText(details.what)}.`,
  },
  lacks: deliveryGap,
  *check(of, count) {
    const agreements = agreementsByPupil(of);
    const accountable = classTeacherOf(of);
    for (const { externalId: pupilExternalId } of of.snapshot.pupils) {
      const joinedAt = joined(of, pupilExternalId);
      if (joinedAt === null) continue;
      const dueAt = of.deadlines.within(dayOf(joinedAt, of.calendar.zone), of.policy.deliveryAgreed.days);
      const what = lackOf(agreements.get(pupilExternalId) ?? [], of.today);
      const verdict = what === null ? "in-time" : judge(null, dueAt, of.asOf);
      count(accountable, verdict);
      if (what === null || verdict !== "missing") continue;
      const found = { verdict, settled: false, dueAt, sighting: null, lastLook: of.asOf, details: { what } } as const;
      yield classFinding(this, of, found, { pupilExternalId, about: null, accountable });
    }
  },
  mended(of, { pupilExternalId }) {
    if (!of.snapshot.pupils.some(({ externalId }) => externalId === pupilExternalId)) return false;
    return lackOf(agreementsByPupil(of).get(pupilExternalId ?? "") ?? [], of.today) === null;
  },
};

const lacks = {
  none: "нет ни одного родителя со способом информирования",
  date: "не указана дата согласия",
  basis: "не указано, на чём основано согласие (заявление, электронный документ)",
} as const;

function lackText(what: unknown): string {
  return lacks[what as keyof typeof lacks] ?? "";
}

/** One agreement that is complete is enough. A day to come is no day of a consent. */
function lackOf(agreements: readonly DeliveryAgreement[], today: IsoDate): keyof typeof lacks | null {
  if (agreements.length === 0) return "none";
  const dated = agreements.filter(({ agreedOn }) => agreedOn !== null && agreedOn <= today);
  if (dated.length === 0) return "date";
  return dated.some(({ basis }) => (basis ?? "").trim() !== "") ? null : "basis";
}

/** When the pupil came, as far as the service saw it come; else when the service itself did. */
function joined({ snapshot: { lists } }: ClassCase, pupilExternalId: string): EpochMs | null {
  const change = lists.rosterChanges.findLast((one) => one.pupilExternalId === pupilExternalId && one.kind !== "left");
  return change?.at ?? lists.since;
}
