import type { Finding } from "../finding.ts";
import { counted } from "../notice/words.ts";
import { includes } from "../policy.ts";
import { deadline, moment } from "../russian.ts";
import type { ClassCase } from "./class-case.ts";
import { checkFinals } from "./final-mark/marks.ts";
import { checkNotices, paperPupils } from "./final-mark/notices.ts";
import { finalPages } from "./final-mark/pages.ts";
import { resultTerms } from "./final-mark/result-terms.ts";
import { noticesBy } from "./notice-stages.ts";
import type { Rule } from "./rule.ts";

/**
 * Регламент 4: a final mark is in the journal within a day of the result (the term's end, or the council or examination that the calendar names), and
 * the notice of it to a paper family was printed within the same day. Two halves; each says by itself what it lacks.
 */
export const finalMark24h: Rule = {
  id: "final-mark-24h",
  clause: "Регламент, п. 4",
  words: {
    name: "Итоговые отметки и уведомления о них – в течение суток",
    demand: (_, { finalMark: { days } }) =>
      `«информация об итоговом оценивании и конкурсных (экзаменационных) испытаниях должна быть доступна обучающимся и их родителям (законным представителям) не позже суток после получения результатов»${days === 1 ? "" : ` (школа установила ${counted(days, "день", "дня", "дней")})`}`,
    reckoning: "days",
    event: "получения результатов",
    expected: "итоговые отметки в журнале",
    expectation: (finding) => (isNotice(finding) ? "у семей на бумаге распечатка с итоговыми отметками" : null),
    ofExpected: "итоговых отметок",
    titles: {
      late: "итоговые отметки появились позже срока",
      missing: "итоговых отметок нет, срок прошёл",
      unproved: "не доказано, вовремя ли появились итоговые отметки",
    },
    title(finding) {
      const { verdict, pupilExternalId } = finding;
      if (isNotice(finding)) {
        if (verdict === "late") return "распечатка с итоговыми отметками напечатана позже срока";
        return isAtPrinter(finding)
          ? "распечатка с итоговыми отметками составлена, но не напечатана, срок прошёл"
          : "распечатка с итоговыми отметками не напечатана, срок прошёл";
      }
      return pupilExternalId !== null ? "у ученика нет итоговой отметки" : (this.titles[verdict] ?? this.name);
    },
    place: ({ details: { group, term } }) => `период «${term}»${typeof group === "string" ? `, группа ${group}` : ""}`,
    sight(finding, zone) {
      const { details, absentAt, seenAt, verdict } = finding;
      const pupils = counted(pupilsOf(finding), "ученика", "учеников", "учеников");
      if (isNotice(finding)) {
        if (seenAt === null) return `Распечатки с итоговыми отметками нет у ${pupils} из семей на бумаге.`;
        const span =
          absentAt === null || absentAt === seenAt
            ? moment(seenAt, zone)
            : `${moment(absentAt, zone)} – ${moment(seenAt, zone)}`;
        return `Распечатки для ${pupils} из семей на бумаге напечатаны: ${span}.`;
      }
      if (verdict === "missing") return null;
      const before = absentAt === null ? "" : ` Последний раз без них страницы прочитаны ${moment(absentAt, zone)}.`;
      const all = seenAt === null ? "" : ` Последнюю увидели ${moment(seenAt, zone)}.`;
      return `Речь об отметках ${pupils} (всего отметок ${details.marked}).${before}${all}`;
    },
    conclusion(finding, zone) {
      const { verdict, dueAt } = finding;
      if (!isNotice(finding) || dueAt === null) return null;
      return verdict === "late"
        ? [
            `Считается нарушением: распечатка напечатана после срока (${deadline(dueAt, zone)}).${isAtPrinter(finding) ? " Составлена она была вовремя: дело в принтере." : ""}`,
          ]
        : [
            `Считается нарушением: к сроку (${deadline(dueAt, zone)}) распечатка не напечатана, нет её и сейчас.`,
            isAtPrinter(finding)
              ? "Что сделать: почините принтер или напечатайте партию с другого («sverka notices batches», «sverka notices reprint») и раздайте её семьям."
              : "Что сделать: напечатайте распечатки («sverka notices compose») и раздайте их семьям.",
          ];
    },
    todo: "выставьте итоговые отметки",
    things: ["итоговая отметка", "итоговые отметки", "итоговых отметок"],
    tell(findings, late) {
      const [first] = findings;
      const pupils = findings.reduce((sum, finding) => sum + pupilsOf(finding), 0);
      if (first !== undefined && isNotice(first)) {
        const notices = counted(pupils, "распечатка", "распечатки", "распечаток");
        return first.verdict === "late" ? `${notices} позже срока${late}` : `не напечатано: ${notices}`;
      }
      if (first?.severity === "warning" && findings.every(({ pupilExternalId }) => pupilExternalId === null))
        return "нет ни одной итоговой отметки; если предмет оценивается по полугодиям, делать ничего не нужно";
      if (first?.severity === "warning")
        return `нет итоговой отметки у ${counted(pupils, "ученика", "учеников", "учеников")}`;
      return first?.verdict === "missing"
        ? "нет ни одной итоговой отметки"
        : `${counted(pupils, "итоговая отметка", "итоговые отметки", "итоговых отметок")} позже срока${late}`;
    },
  },
  lacksFor(of) {
    return includes(of.policy.finalMark.grades, of.snapshot.grade) ? [...lackOfTerms(of), ...lackOfPaper(of)] : [];
  },
  *check(of, count) {
    if (!includes(of.policy.finalMark.grades, of.snapshot.grade)) return;
    const finals = Map.groupBy(of.snapshot.finals, ({ termExternalId }) => termExternalId);
    for (const term of resultTerms(of).known) {
      // A class that was made after the term gets its marks from elsewhere.
      if (term.to < (of.snapshot.beganOn ?? term.to)) continue;
      const own = finals.get(term.externalId) ?? [];
      const inUse = new Set(
        own.filter(({ versions }) => versions[0].seenAt <= of.asOf).map((one) => one.subjectExternalId),
      );
      for (const page of finalPages(of, term, own)) yield* checkFinals(this, of, term, page, inUse.size > 0, count);
      if (lackOfPaper(of).length === 0) yield* checkNotices(this, of, term, own, count);
    }
  },
};

function lackOfTerms(of: ClassCase): readonly string[] {
  if (of.snapshot.terms.length === 0) {
    return [
      "нет данных: журнал не называет учебных периодов класса, итоговые отметки не проверяются – заведите четверти или полугодия в журнале",
    ];
  }
  const { undated } = resultTerms(of);
  if (undated.length === 0) return [];
  const names = undated.map((name) => `«${name}»`).join(", ");
  return [
    `нет данных: неизвестно, когда кончаются периоды ${names}, их отметки не проверяются – впишите их в config/calendar: в terms или, если назначен педсовет либо экзамен, в results`,
  ];
}

/** What is printed is known only when this service prints, and for whom only when the school has told. */
function lackOfPaper(of: ClassCase): readonly string[] {
  const { delivery } = of.snapshot.lists;
  if (delivery === null) {
    return [
      "нет данных: неизвестно, каким семьям нужна распечатка с итоговыми отметками, распечатки не проверяются – sverka import delivery ФАЙЛ",
    ];
  }
  if (noticesBy(of).length === 0 && paperPupils(of).length > 0) {
    return [
      "нет данных: ни одной распечатки для класса ещё не отмечено, распечатки с итоговыми отметками не проверяются – составьте их: sverka notices compose",
    ];
  }
  return [];
}

const isAtPrinter = ({ details }: Finding) => details.stage === "printer";
const isNotice = ({ details }: Finding) => details.half === "notice";

function pupilsOf({ pupilExternalId, details: { pupils } }: Finding): number {
  return pupilExternalId === null && Array.isArray(pupils) ? pupils.length : 1;
}
