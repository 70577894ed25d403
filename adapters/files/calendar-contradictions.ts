import { folded } from "../../src/domain/fold.ts";

/** A calendar file as far as its parts may contradict each other. */
interface Parts {
  readonly schoolYear?: Span | undefined;
  readonly groups: readonly { readonly terms: readonly Named[]; readonly holidays: readonly Named[] }[];
  readonly closed: readonly Span[];
  readonly shortened: readonly { readonly date: string }[];
  readonly results: readonly { readonly term: string; readonly on: string }[];
  readonly national: { readonly daysOff: readonly string[]; readonly workingDays: readonly string[] };
}

interface Span {
  readonly from: string;
  readonly to: string;
}

type Named = Span & { readonly name: string };

interface Contradiction {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Results without a term of the calendar: the year and half-years may stand beside quarters, and examinations beside all. */
const BESIDE_TERMS = ["год", "1 полугодие", "2 полугодие", "экзамен"];
/** Councils of the last term may come so long after the last lesson. */
const RESULTS_UNTIL = "-07-31";

/** What each value by itself does not show: days outside the year, terms over each other, a day that is both off and working, a result of no term. */
export function* contradictions(file: Parts): Iterable<Contradiction> {
  const { schoolYear, groups, closed, shortened, results, national } = file;
  if (schoolYear !== undefined) {
    const { from, to } = schoolYear;
    const outside = (day: string) => day < from || day > to;
    const message = `день вне учебного года (${from} … ${to})`;
    for (const [index, { terms }] of groups.entries()) {
      for (const [at, term] of terms.entries()) {
        const path = ["groups", index, "terms", at];
        if (outside(term.from)) yield { path: [...path, "from"], message };
        else if (outside(term.to)) yield { path: [...path, "to"], message };
      }
    }
    for (const [index, day] of shortened.entries())
      if (outside(day.date)) yield { path: ["shortened", index, "date"], message };
    for (const [index, day] of closed.entries())
      if (outside(day.from)) yield { path: ["closed", index, "from"], message };
    for (const [index, { on }] of results.entries()) {
      if (on < from || on > `${to.slice(0, 4)}${RESULTS_UNTIL}`) yield { path: ["results", index, "on"], message };
    }
  }
  for (const [index, { terms, holidays }] of groups.entries()) {
    yield* overlaps(terms, ["groups", index, "terms"]);
    yield* overlaps(holidays, ["groups", index, "holidays"]);
  }
  for (const [index, day] of national.workingDays.entries()) {
    if (national.daysOff.includes(day))
      yield {
        path: ["national", "workingDays", index],
        message: `${day} уже назван выходным (daysOff): оставьте что-то одно`,
      };
  }
  const names = [...new Set(groups.flatMap(({ terms }) => terms.map(({ name }) => name)))];
  for (const [index, { term }] of results.entries()) {
    if (names.length === 0 || [...names, ...BESIDE_TERMS].some((name) => folded(name) === folded(term))) continue;
    yield { path: ["results", index, "term"], message: `такого периода нет: есть ${names.join(", ")}` };
  }
}

function* overlaps(spans: readonly Named[], path: readonly (string | number)[]): Iterable<Contradiction> {
  for (const [index, span] of spans.entries()) {
    const other = spans.slice(0, index).find(({ from, to }) => from <= span.to && span.from <= to);
    if (other !== undefined)
      yield { path: [...path, index, "from"], message: `«${span.name}» пересекается с «${other.name}»` };
  }
}
