import { startOfDay } from "../days.ts";
import { endOfDay } from "../deadline.ts";
import type { Person, Sighting } from "../facts.ts";
import type { Finding } from "../finding.ts";
import { counted, dayMonth, longDay } from "../notice/words.ts";
import { moment } from "../russian.ts";
import type { EpochMs } from "../time.ts";
import type { ClassCase, LessonCase } from "./class-case.ts";
import { classFinding } from "./describe.ts";
import { holderOf } from "./page-holder.ts";
import { type ClassTouches, firstAfter, pageOf, touchesOf } from "./page-touches.ts";
import type { Count, Rule } from "./rule.ts";

/**
 * Порядок 2.6: no page lies still for more than the policy's number of school days in which it had lessons. Only days count on which its row
 * stands and school was held, and only when every look proves that nothing was entered in all that time.
 */
export const journalCurrent: Rule = {
  id: "journal-current",
  clause: "Порядок, п. 2.6",
  words: {
    name: "Журнал поддерживается в актуальном состоянии",
    demand: (_, { journalCurrent: { days } }) =>
      `«поддержание информации хранящейся в базе данных электронного классного журнала в актуальном состоянии является обязательным»; школа читает это так: на странице предмета что-нибудь записано не реже чем за ${counted(days, "учебный день", "учебных дня", "учебных дней")} с уроками`,
    reckoning:
      "Считаются только дни, в которые по этому предмету были уроки: каникулы, карантин и дни без урока не в счёт.",
    expected: "на странице предмета что-нибудь записано: тема, отметка, отсутствие или задание",
    ofExpected: "новых записей",
    titles: {
      late: "страница предмета долго оставалась без записей",
      missing: "страница предмета остаётся без записей",
    },
    place: ({ details }) =>
      `${groupOf(details)}с ${dayMonth(String(details.since))} ${String(details.since).slice(0, 4)}\u00a0г.`,
    sight({ seenAt, absentAt, details }, zone) {
      const days = counted(Number(details.times), "учебный день", "учебных дня", "учебных дней");
      const still = `С ${longDay(String(details.since))} по предмету прошло ${days} с уроками, и за всё это время на странице ничего не появилось и не изменилось.`;
      if (seenAt !== null) return `${still} Следующую запись впервые увидели ${moment(seenAt, zone)}.`;
      return absentAt === null ? still : `${still} Последний раз страница прочитана ${moment(absentAt, zone)}.`;
    },
    todo: "запишите проведённые уроки, отсутствующих и отметки",
    things: ["страница", "страницы", "страниц"],
    tell(findings) {
      const most = Math.max(...findings.map(({ details }) => Number(details.times ?? 0)));
      const days = counted(most, "учебный день", "учебных дня", "учебных дней");
      return findings.length === 1
        ? `на странице ничего не записано ${days} с уроками подряд`
        : `на странице ${counted(findings.length, "раз", "раза", "раз")} ничего не записано подолгу, до ${days} с уроками`;
    },
  },
  *check(of, count) {
    const touches = touchesOf(of);
    const pages = Map.groupBy(
      of.lessons.filter(({ tookPlace }) => tookPlace),
      ({ lesson }) => pageOf(lesson),
    );
    for (const lessons of pages.values()) yield* checkPage(this, of, lessons, touches, count);
  },
};

function* checkPage(
  rule: Pick<Rule, "id" | "clause">,
  of: ClassCase,
  lessons: readonly LessonCase[],
  touches: ClassTouches,
  count: Count,
): Iterable<Finding> {
  const [some] = lessons;
  const { days: most } = of.policy.journalCurrent;
  const byDay = Map.groupBy(lessons, ({ lesson }) => lesson.date);
  const days = [...byDay.keys()].sort();
  if (some === undefined || days.length <= most) return;
  const { zone } = of.calendar;
  const own = touches.of(some.lesson);
  const looked = leastLook(of);
  const overdue = new Set<string>();

  for (let index = 0; index + most < days.length; index++) {
    const begins = startOfDay(days[index] ?? "", zone);
    const next = firstAfter(own.seenAt, begins);
    const limit = Math.min(own.earliest[next] ?? Number.POSITIVE_INFINITY, looked ?? Number.NEGATIVE_INFINITY);
    let still = 0;
    while (index + still < days.length && endOfDay(days[index + still] ?? "", zone) <= limit) still += 1;
    if (still <= most) continue;

    const dueAt = endOfDay(days[index + most] ?? "", zone);
    if (!wasLookedAt(touches.looks, begins, dueAt)) continue;
    const run = days.slice(index, index + still);
    const seenAt = own.seenAt[next] ?? null;
    const sighting = sightingOf(own.earliest[next] ?? null, seenAt, of.asOf);
    const accountable = responsibleFor(
      of,
      run.flatMap((day) => byDay.get(day) ?? []),
      some,
    );
    const verdict = sighting === null ? "missing" : "late";
    const dueOn = days[index + most] ?? "";
    count(accountable, verdict, dueOn);
    overdue.add(dueOn.slice(0, 7));
    const { group, subject, subjectExternalId } = some.lesson;
    const since = run[0] ?? "";
    yield classFinding(
      rule,
      of,
      {
        verdict,
        settled: sighting !== null,
        dueAt,
        sighting,
        lastLook: looked,
        details: { since, times: still, group },
      },
      { subjectExternalId, subject, date: dueOn, about: `${since}${group === null ? "" : `/${group}`}`, accountable },
    );
    index += still - 1;
  }
  // Each month in which the page had lessons and no row of still days ran out.
  const lastDays = new Map(days.map((day) => [day.slice(0, 7), day]));
  for (const [month, day] of lastDays) {
    if (overdue.has(month)) continue;
    count(responsibleFor(of, byDay.get(day) ?? [], some), looked === null ? "pending" : "in-time", day);
  }
}

/** What was seen after `asOf` has not been seen. */
function sightingOf(absentAt: EpochMs | null, seenAt: EpochMs | null, asOf: EpochMs): Sighting | null {
  return seenAt === null || seenAt > asOf ? null : { absentAt, seenAt };
}

/** The last instant up to which every pupil's pages have been looked at: anybody's cell would be a sign of life. Null while one never was. */
function leastLook({ snapshot, asOf }: ClassCase): EpochMs | null {
  let least: EpochMs | null = null;
  for (const { entriesAskedAt, lessonsAskedAt } of snapshot.pupils) {
    if (entriesAskedAt === null || lessonsAskedAt === null) return null;
    least = Math.min(least ?? asOf, entriesAskedAt, lessonsAskedAt);
  }
  return least;
}

/** What was entered and taken out again while nobody looked leaves no trace: without any look in that time nothing is proved. */
function wasLookedAt(looks: readonly EpochMs[], from: EpochMs, to: EpochMs): boolean {
  const look = looks[firstAfter(looks, from)];
  return look !== undefined && look <= to;
}

/** The one teacher of these lessons; of several the one who holds the page, if the journal names exactly one. */
function responsibleFor(
  { snapshot }: ClassCase,
  lessons: readonly LessonCase[],
  { lesson }: LessonCase,
): Person | null {
  const names = new Set(lessons.flatMap((one) => one.lesson.teacher?.name ?? []));
  const [first] = lessons.flatMap((one) => one.lesson.teacher ?? []);
  return names.size === 1 && first !== undefined ? first : holderOf(snapshot, lesson, lessons);
}

function groupOf({ group }: Finding["details"]): string {
  return group === null || group === undefined ? "" : `группа ${group}, `;
}
