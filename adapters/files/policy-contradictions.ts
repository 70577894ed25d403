import { sameClass } from "../../src/domain/calendar.ts";
import { folded } from "../../src/domain/fold.ts";
import { counted } from "../../src/domain/notice/words.ts";
import { defaultPolicy, type Grades, type Policy } from "../../src/domain/policy.ts";
import { sameData } from "../../src/domain/same-data.ts";

interface Contradiction {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What each number of the policy by itself does not show: two that cannot both be kept. */
export function* contradictions(policy: Policy): Iterable<Contradiction> {
  yield* gradesWithAndWithoutMarks(policy);
  yield* gradesWithoutDeadline(policy);
  yield* controlTooLate(policy);
  yield* noticesTooRare(policy);
  yield* classesTwice(policy);
  yield* wordsTwice(policy);
}

/** A class in which any mark is a violation cannot owe marks. */
function* gradesWithAndWithoutMarks(policy: Policy): Iterable<Contradiction> {
  const { noMarks } = policy;
  const asked = [
    ["markOral", "grades", policy.markOral.grades],
    ["markWritten", "grades", policy.markWritten.grades],
    ["markWritten", "seniorGrades", policy.markWritten.seniorGrades],
    ["markWrittenMissing", "grades", policy.markWrittenMissing.grades],
    ["finalMark", "grades", policy.finalMark.grades],
  ] as const;
  for (const [rule, key, grades] of asked) {
    const shared = overlap(grades, noMarks.grades);
    if (shared === null) continue;
    // The one that is not as usual is the one that somebody wrote.
    const isNoMarks = !sameData(noMarks.grades, defaultPolicy.noMarks.grades);
    const [path, other] = isNoMarks ? [["noMarks", "grades"], `${rule}.${key}`] : [[rule, key], "noMarks.grades"];
    const message = `класс ${shared} назван и в «${other}»: в одном классе отметки не могут быть и запрещены, и обязательны`;
    yield { path, message };
    return;
  }
}

/** Where no deadline is set, no mark is ever missing. */
function* gradesWithoutDeadline({ markWritten, markWrittenMissing: { grades } }: Policy): Iterable<Contradiction> {
  const { grades: own, seniorGrades: senior } = markWritten;
  for (let grade = grades.from; grade <= grades.to; grade++) {
    if (holds(own, grade) || holds(senior, grade)) continue;
    const usual = sameData(grades, defaultPolicy.markWrittenMissing.grades);
    const path = usual ? ["markWritten", "grades"] : ["markWrittenMissing", "grades"];
    const where = "markWritten (grades, seniorGrades)";
    const message = usual
      ? `для класса ${grade} не осталось срока, а в «markWrittenMissing.grades» он назван: добавьте его сюда или уберите оттуда`
      : `для класса ${grade} в ${where} нет срока: добавьте его туда или уберите отсюда`;
    yield { path, message };
    return;
  }
}

/** Results that are due before the control is made would be late every month. */
function* controlTooLate({ control: { workingDay, days } }: Policy): Iterable<Contradiction> {
  const least = leastDays(workingDay);
  if (days >= least) return;
  yield {
    path: ["control", "workingDay"],
    message: `контроль составляется в ${workingDay}-й рабочий день, а результаты должны дойти за ${days} дн. (days): так он опоздает. Уменьшите workingDay или увеличьте days хотя бы до ${least}`,
  };
}

/**
 * The fewest days after a month's end that hold so many working days of a plain five-day week, on whatever weekday the month begins. Days that end
 * on a weekend end on Monday.
 */
function leastDays(workingDay: number): number {
  const worksOn = (first: number, day: number) => (first + day - 1) % 7 < 5;
  const needed = Array.from({ length: 7 }, (_, first) => {
    let day = 0;
    for (let left = workingDay; left > 0; ) {
      day += 1;
      if (worksOn(first, day)) left -= 1;
    }
    // The day before it may be a day off: then a period that ends there ends on this day too.
    let enough = day;
    while (enough > 1 && !worksOn(first, enough - 1)) enough -= 1;
    return enough;
  });
  return Math.max(...needed);
}

function* noticesTooRare({ noticeBiweekly: { days, handDays }, noticeCycle }: Policy): Iterable<Contradiction> {
  const tooRare = (weeks: number) =>
    `раз в ${weeks} нед. – это ${daysText(weeks * 7)}, а между распечатками может быть не больше ${days} (noticeBiweekly.days)`;
  if (noticeCycle.weeks * 7 > days) {
    const usual = noticeCycle.weeks === defaultPolicy.noticeCycle.weeks;
    yield {
      path: usual ? ["noticeBiweekly", "days"] : ["noticeCycle", "weeks"],
      message: usual
        ? `распечатки составляются раз в ${noticeCycle.weeks} нед. (noticeCycle.weeks), это ${daysText(noticeCycle.weeks * 7)}: увеличьте days или составляйте их чаще`
        : tooRare(noticeCycle.weeks),
    };
  }
  for (const [index, { weeks }] of noticeCycle.byClass.entries()) {
    if (weeks !== undefined && weeks * 7 > days)
      yield { path: ["noticeCycle", "byClass", index, "weeks"], message: tooRare(weeks) };
  }
  if (handDays > days) {
    yield {
      path: ["noticeBiweekly", handDays === defaultPolicy.noticeBiweekly.handDays ? "days" : "handDays"],
      message: `передачу распечатки ждут ${handDays} дн. (handDays), а следующая нужна уже через ${days} (days): handDays не может быть больше`,
    };
  }
}

const daysText = (days: number) => counted(days, "день", "дня", "дней").replaceAll("\u00a0", " ");

function* classesTwice({ noticeCycle: { byClass } }: Policy): Iterable<Contradiction> {
  const named: string[] = [];
  for (const [index, { classes }] of byClass.entries()) {
    for (const [at, name] of classes.entries()) {
      if (named.some((other) => sameClass(other, name)))
        yield { path: ["noticeCycle", "byClass", index, "classes", at], message: `класс ${name} уже назван выше` };
      named.push(name);
    }
  }
}

/** A word of a final mark means one thing. */
function* wordsTwice({ termAnalysis }: Policy): Iterable<Contradiction> {
  const named = new Map<string, string>();
  for (const key of ["unassessed", "failed", "exempt"] as const) {
    for (const [index, word] of termAnalysis[key].entries()) {
      const before = named.get(folded(word));
      if (before !== undefined && before !== key)
        yield {
          path: ["termAnalysis", key, index],
          message: `«${word}» уже стоит в «${before}»: оставьте что-то одно`,
        };
      named.set(folded(word), key);
    }
  }
}

function overlap(one: Grades, other: Grades): number | null {
  const first = Math.max(one.from, other.from);
  return first <= Math.min(one.to, other.to) ? first : null;
}

const holds = (grades: Grades, grade: number) => grades.from <= grade && grade <= grades.to;
