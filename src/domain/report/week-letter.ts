import type { Span } from "../calendar.ts";
import type { Counts } from "../control/facts.ts";
import { decidedOf, inPercent } from "../control/figures.ts";
import { counted, longSpan } from "../notice/words.ts";
import { type BatchStates, KIND_NAMES, openStep, SILENT_TODO, type SilentFamily } from "../notice-cycle/states.ts";
import { moment } from "../russian.ts";
import type { EpochMs } from "../time.ts";
import type { PlainLetter } from "./plain-letter.ts";

export interface WeekFigures {
  readonly span: Span;
  /** Of the deadlines of that week's lessons. */
  readonly counts: Counts;
}

export interface WeekInput {
  /** Oldest first; the last one is the week of the letter. */
  readonly weeks: readonly WeekFigures[];
  /** Open violations by teacher, the most first. */
  readonly open: readonly { readonly teacher: string; readonly count: number }[];
  /** The batches of notices for families on paper that are of interest now, the newest first. */
  readonly batches: readonly BatchStates[];
  /** Families whose slips do not come back. */
  readonly silent: readonly SilentFamily[];
  readonly school: { readonly name: string; readonly zone: string };
  readonly at: EpochMs;
  readonly simulation: boolean;
}

const footer = "Это письмо составила служба «Сверка» по электронному журналу и приказу № 204.";

/** The deputy director's weekly summary with its trend (rules.md § 5). Null before there is a week to tell of. */
export function composeWeekLetter({
  weeks,
  open,
  batches,
  silent,
  school,
  at,
  simulation,
}: WeekInput): PlainLetter | null {
  const last = weeks[weeks.length - 1];
  if (last === undefined) return null;
  const { counts, span } = last;
  const share = inPercent(counts.inTime, decidedOf(counts));
  const days = longSpan(span.from, span.to);
  const all = open.reduce((sum, one) => sum + one.count, 0);
  return {
    simulation,
    school: school.name,
    moment: moment(at, school.zone),
    subject: `Журнал за неделю ${days}: ${share === null ? "сроков не было" : `вовремя ${share}`}`,
    title: `Ведение журнала за неделю ${days}`,
    lead: [share === null ? "За эту неделю ни один срок не решён." : trendOf(weeks)],
    figures: [
      ["проверено сроков", String(counts.checked)],
      ["вовремя", `${counts.inTime}${share === null ? "" : ` (${share})`}`],
      ["позже срока", String(counts.late)],
      ["не выполнено", String(counts.missing)],
      ["не доказано, никому не засчитано", String(counts.unproved)],
      ["снято", String(counts.waived)],
      ["срок ещё не прошёл", String(counts.pending)],
    ],
    sections: [
      {
        title: "По неделям",
        note: "Доля выполненного вовремя среди решённых сроков.",
        lines: weeks.map((week) => {
          const part = inPercent(week.counts.inTime, decidedOf(week.counts));
          return `${longSpan(week.span.from, week.span.to)}: ${part === null ? "сроков не было" : `${part}, замечаний ${week.counts.late + week.counts.missing}`}`;
        }),
      },
      {
        title: `Не устранено сейчас: ${all}`,
        note: null,
        lines: open.map(({ teacher, count }) => `${teacher}: ${counted(count, "замечание", "замечания", "замечаний")}`),
      },
      {
        title: "Распечатки семьям",
        note: "Подробно: sverka notices batches.",
        lines: batches.flatMap(({ number, kind, classes }) =>
          classes.map(
            (one) =>
              `${one.className}, партия № ${number} (${KIND_NAMES[kind]}): роздано ${one.handed} из ${one.notices}, корешков вернулось ${one.returned} – ${openStep(one)}`,
          ),
        ),
      },
      {
        title: "Корешки не возвращаются",
        note: SILENT_TODO,
        lines: [...Map.groupBy(silent, ({ className }) => className)].map(
          ([className, own]) => `${className}: ${counted(own.length, "семья", "семьи", "семей")}`,
        ),
      },
    ].filter(({ lines }) => lines.length > 0),
    footer,
  };
}

function trendOf(weeks: readonly WeekFigures[]): string {
  const [before, now] = weeks.slice(-2).map(({ counts }) => {
    const decided = decidedOf(counts);
    return decided === 0 ? null : Math.floor((100 * counts.inTime) / decided);
  });
  if (now == null || before == null) return "Сравнить не с чем: прошлая неделя без решённых сроков.";
  if (now === before) return "Столько же, сколько неделей раньше.";
  return now > before
    ? `Лучше, чем неделей раньше: было ${before}\u00a0%.`
    : `Хуже, чем неделей раньше: было ${before}\u00a0%.`;
}
