import { dayOf } from "../days.ts";
import { endOfDay } from "../deadline.ts";
import { judge } from "../evidence.ts";
import type { Finding } from "../finding.ts";
import { counted, longDay } from "../notice/words.ts";
import { lastNoticeDay } from "../notice-cycle/counting.ts";
import { countsFrom } from "../notice-cycle/plan.ts";
import { sentence } from "../russian.ts";
import type { FamilyNotice } from "../school-lists.ts";
import type { IsoDate } from "../time.ts";
import { calendarGap } from "./calendar-gap.ts";
import type { ClassCase } from "./class-case.ts";
import { classFinding } from "./describe.ts";
import { agreementsByPupil, classTeacherOf, deliveryGap, waySince } from "./families.ts";
import { countingOf, failedBefore, noticesBy, printedOf, unhanded, unreturned } from "./notice-stages.ts";
import type { Rule } from "./rule.ts";

/**
 * Регламент 2: a family that chose paper has a printed notice no more than 14 days of school time after the last one was handed out. A print of which nobody
 * told that it was handed out is a warning, for the list may only not have been returned; a slip that does not come back a hint, for it is the family's.
 * Each names the stage at which the way of the notice broke off.
 */
export const noticeBiweekly: Rule = {
  id: "notice-biweekly",
  clause: "Регламент, п. 2",
  words: {
    name: "Распечатка семье – раз в две недели",
    demand: () =>
      "родителям, которые «заявили о невозможности или нежелании использовать доступ к электронным формам», информация даётся «не реже, чем один раз в 2 недели с использованием распечатки результатов»",
    reckoning:
      "Срок считается со следующего дня после передачи прошлой распечатки, а если о передаче не сообщили – после её печати (ст. 191 ГК РФ), и кончается в 24:00 последнего дня; если он нерабочий для школы – в 24:00 ближайшего рабочего. Считаются ли каникулы и закрытые дни, записано в настройках школы.",
    expected: "распечатка, сделанная и переданная семье",
    ofExpected: "распечатки",
    titles: {
      late: "распечатка для семьи сделана позже срока",
      missing: "распечатки для семьи нет, срок прошёл",
      violation: "не отмечено, что распечатка передана семье",
    },
    title(finding) {
      if (stageOf(finding) === "returned") return "корешок с подписью семьи не вернулся";
      if (stageOf(finding) !== "printer") return this.titles[finding.verdict] ?? this.name;
      return finding.verdict === "late"
        ? "распечатка составлена вовремя, а напечатана позже срока"
        : "распечатка составлена, но не напечатана, срок прошёл";
    },
    conclusion(finding) {
      const stage = stageOf(finding);
      if (stage === "returned")
        return [
          "Это подсказка, нарушением она не считается.",
          "Что сделать: спросите семью, получила ли она распечатку; если корешок нашёлся, отсканируйте его или введите код с него.",
        ];
      if (stage !== "printer" || finding.verdict !== "missing") return null;
      return [
        "Считается нарушением: срок прошёл, а распечатки у семьи нет.",
        "Что сделать: почините принтер или напечатайте партию с другого (sverka notices batches покажет её номер, sverka notices reprint напечатает).",
      ];
    },
    todo: "распечатайте уведомление (sverka notices compose), передайте семье под подпись и отметьте передачу (sverka notices handed)",
    caretaker: "ответственный за печать",
    things: ["семья", "семьи", "семей"],
    tell(findings) {
      const families = counted(findings.length, "семья", "семьи", "семей");
      const [first] = findings;
      if (first === undefined) return families;
      if (first.verdict === "violation")
        return stageOf(first) === "returned"
          ? `корешки не вернулись: ${families}`
          : `не отмечено, что распечатка передана: ${families}`;
      return first.verdict === "late"
        ? `${counted(findings.length, "распечатка", "распечатки", "распечаток")} позже срока`
        : `нет очередной распечатки: ${families}`;
    },
    known(finding) {
      const { details, verdict } = finding;
      const day = longDay(String(details.from));
      const stage = stageOf(finding);
      const times = Number(details.times ?? 1);
      const more = times > 1 ? ` С тех пор так ${counted(times, "раз", "раза", "раз")} подряд.` : "";
      if (stage === "returned")
        return `Распечатка сделана ${day} и передана; корешок с подписью семьи не вернулся.${more}`;
      if (verdict === "violation")
        return `Распечатка сделана ${day}; о том, что она передана семье, никто не сообщил.${more}`;
      const start = details.first === "yes" ? "Семья ждёт распечаток с" : "Прошлая распечатка сделана";
      const end = verdict === "late" ? "Следующая сделана позже срока." : "С тех пор её не было.";
      const why =
        stage === "printer" ? " Она была составлена вовремя, но до срока не напечатана: дело в принтере." : "";
      return `${sentence(`${start} ${day}`)} ${end}${why}`;
    },
  },
  lacks: (of) =>
    deliveryGap(of) ?? (of.policy.noticeBiweekly.countHolidays ? null : calendarGap(of.calendar, of.today)),
  *check(of, count) {
    const agreements = agreementsByPupil(of);
    const known = Map.groupBy(noticesBy(of), ({ pupilExternalId }) => pupilExternalId);
    const accountable = classTeacherOf(of);
    const counting = countingOf(of);
    const { zone } = of.calendar;
    const { days } = of.policy.noticeBiweekly;
    const slips = noticesBy(of).some(({ returnedAt }) => returnedAt !== null);
    for (const { externalId: pupilExternalId } of of.snapshot.pupils) {
      const since = waySince(of, agreements.get(pupilExternalId) ?? [], "paper");
      if (since === null) continue;
      const notices = known.get(pupilExternalId) ?? [];
      for (const { from, countsFrom: start, first, notice } of spansOf(of, since, notices)) {
        const dueAt = endOfDay(lastNoticeDay(counting, start, days), zone);
        const printedAt = notice?.printedAt ?? null;
        const sighting = printedAt === null ? null : { absentAt: printedAt, seenAt: printedAt };
        const verdict = judge(sighting, dueAt, of.asOf);
        const stage = failedBefore(notices, from, dueAt, zone);
        // A printer that stands still is nothing that a class teacher could mend.
        const own = stage === "printer" ? null : accountable;
        count(own, verdict, from);
        if (verdict === "in-time" || verdict === "pending") continue;
        const details = { from, first: first ? "yes" : "no", stage };
        const found = { verdict, settled: notice !== null, dueAt, sighting, lastLook: of.asOf, details };
        yield classFinding(this, of, found, { pupilExternalId, date: from, about: `after ${from}`, accountable: own });
      }
      for (const { stage, from, times } of [unhanded(of, notices), slips ? unreturned(of, notices) : null].filter(
        (one) => one !== null,
      )) {
        if (from < since) continue;
        const place = {
          pupilExternalId,
          date: from,
          about: `${stage === "handed" ? "handing" : "return"} ${from}`,
          accountable,
        };
        const severity = stage === "handed" ? ("warning" as const) : ("hint" as const);
        const open = { verdict: "violation", settled: false, dueAt: null, sighting: null, severity } as const;
        yield classFinding(this, of, { ...open, details: { from, stage, times } }, place);
      }
    }
  },
};

interface Span {
  /** The day of the last print, or the first day on which the family may expect one: the name of the case. */
  readonly from: IsoDate;
  /** From which day the time runs, see `countsFrom`. */
  readonly countsFrom: IsoDate;
  readonly first: boolean;
  /** What ended the span; null while nothing did. */
  readonly notice: FamilyNotice | null;
}

function spansOf(of: ClassCase, since: IsoDate, notices: readonly FamilyNotice[]): readonly Span[] {
  const { zone } = of.calendar;
  const spans: Span[] = [];
  let last = { from: since, countsFrom: since, first: true };
  for (const notice of printedOf(notices)) {
    const day = dayOf(notice.printedAt, zone);
    if (day < since) continue;
    if (day > last.from) spans.push({ ...last, notice });
    const handedOn = notice.handedAt === null ? null : dayOf(notice.handedAt, zone);
    const known = { composedOn: day, printedOn: day, handedOn };
    last = {
      from: day,
      countsFrom: countsFrom(countingOf(of), known, of.policy.noticeBiweekly.handDays),
      first: false,
    };
  }
  return [...spans, { ...last, notice: null }];
}

const stageOf = ({ details }: Finding) => details.stage ?? null;
