import { counted } from "../notice/words.ts";
import type { PlainLetter } from "../report/plain-letter.ts";
import { moment } from "../russian.ts";
import { caseRows } from "./document.ts";
import type { ControlCase, ControlFacts } from "./facts.ts";
import { decidedOf, inPercent, latenessText } from "./figures.ts";
import { monthName } from "./month.ts";
import { PARTS } from "./parts.ts";

const footer =
  "Это письмо составила служба «Сверка» по электронному журналу и приказу № 204. Ученики названы номерами по списку класса.";

/** The letter that takes the control to the deputy director; the documents are attached. */
export function deputyLetter(
  facts: ControlFacts,
  { concluded, unreached }: { concluded: boolean; unreached: readonly string[] },
): PlainLetter {
  const { month, number, parts } = facts;
  return {
    ...headOf(facts),
    subject: `Контроль журналов № ${number} за ${monthName(month)}`,
    title: `Контроль ведения журналов № ${number} за ${monthName(month)}${concluded ? "" : " – проект"}`,
    lead: [
      concluded
        ? "Контроль утверждён, документы приложены. Учителя получили каждый свою часть."
        : `Документы приложены. Прочитайте заключение, поправьте его и утвердите: sverka control --month ${month} --conclusion ФАЙЛ. После этого каждый учитель получит свою часть.`,
    ],
    figures: parts.map(({ id, total }) => {
      const decided = decidedOf(total);
      const share = inPercent(total.inTime, decided);
      return [
        titleOf(id),
        share === null ? "нет данных" : `вовремя ${share}, замечаний ${total.late + total.missing}`,
      ] as const;
    }),
    sections:
      unreached.length === 0
        ? []
        : [
            {
              title: "Письмом не получат",
              note: "У этих учителей нет адреса в config/people.yaml или они отказались от писем: ознакомьте их по листу в конце контроля.",
              lines: unreached,
            },
          ],
    footer,
  };
}

/** A teacher's own part, and nothing about others. Null when there is nothing to tell and the policy does not thank for that. */
export function teacherLetter(
  facts: ControlFacts,
  teacher: string,
  { thanks }: { thanks: boolean },
): PlainLetter | null {
  const own = facts.cases.filter((one) => one.teacher === teacher);
  const standing = own.filter(({ waived }) => waived === null);
  const { month, number } = facts;
  const head = { ...headOf(facts), title: `Контроль журналов № ${number} за ${monthName(month)}: ваша часть` };
  if (standing.length === 0) {
    if (!thanks) return null;
    const lead = ["За месяц замечаний к вам нет. Спасибо за аккуратное ведение журнала."];
    return {
      ...head,
      subject: `Контроль журналов за ${monthName(month)}: замечаний нет`,
      lead,
      figures: figuresOf(facts, teacher),
      sections: [],
      footer,
    };
  }
  const count = counted(standing.length, "замечание", "замечания", "замечаний");
  return {
    ...head,
    subject: `Контроль журналов за ${monthName(month)}: ${count}`,
    lead: [
      `К вам ${count}. То, чего в журнале ещё нет, внесите; если замечание неверно, скажите заместителю директора: его можно снять.`,
    ],
    figures: figuresOf(facts, teacher),
    sections: PARTS.flatMap(({ id, title }) => {
      const lines = linesOf(standing.filter(({ part }) => part === id));
      return lines.length === 0 ? [] : [{ title, note: null, lines }];
    }),
    footer,
  };
}

function headOf({
  simulation,
  school,
  asOf,
  zone,
}: ControlFacts): Pick<PlainLetter, "simulation" | "school" | "moment"> {
  return { simulation, school, moment: `По данным на ${moment(asOf, zone)}` };
}

function figuresOf({ parts }: ControlFacts, teacher: string): PlainLetter["figures"] {
  return parts.flatMap(({ id, byTeacher }) => {
    const row = byTeacher.find(({ name }) => name === teacher);
    if (row === undefined) return [];
    const late = row.late === 0 ? "" : `, позже срока ${row.late} (${latenessText(row.lateness)})`;
    const missing = row.missing === 0 ? "" : `, не выполнено ${row.missing}`;
    return [[titleOf(id), `проверено ${row.checked}, вовремя ${row.inTime}${late}${missing}`] as const];
  });
}

function linesOf(cases: readonly ControlCase[]): string[] {
  return caseRows(cases).map(({ className, subject, date, what, lateness, pupil, clause, earlier }) => {
    const place = [className, subject, date === "" ? "" : `урок ${date}`].filter((part) => part !== "").join(", ");
    const told = [what, lateness === "" ? "" : ` на ${lateness}`, pupil === "" ? "" : ` (${pupil})`].join("");
    return `${place}: ${told}. ${clause}${earlier ? "; за прошлый месяц" : ""}`;
  });
}

function titleOf(id: string): string {
  return PARTS.find((part) => part.id === id)?.title ?? id;
}
