import { forecastOf } from "../forecast.ts";
import type { ClassCase } from "../rules/class-case.ts";
import type { Basis } from "./figures.ts";
import { createFinalReader, type Result } from "./result.ts";
import type { TermRow } from "./term-rows.ts";

export interface TermResults {
  readonly basis: Exclude<Basis, "attendance">;
  /** Null where nobody of the row's group has enough for the subject to be counted. */
  of(row: TermRow): Result | null;
  /** The subjects that are left out, for all or some of the pupils. */
  readonly left: readonly string[];
}

/** From this share of a group on its final marks count as given; single early ones (somebody leaves) do not make the others unassessed. */
const GIVEN = 0.5;

/** Final marks where they are given, else forecasts for everybody: one or the other for the whole class. */
export function termResults({ policy, mapping }: ClassCase, rows: readonly TermRow[]): TermResults {
  const pages = [...Map.groupBy(rows, ({ subjectExternalId, group }) => `${subjectExternalId}/${group}`).values()];
  const given = pages.filter((page) => page.filter(({ final }) => final !== null).length >= page.length * GIVEN);
  const marked = pages.filter((page) => page.some(({ marks }) => marks.length > 0));
  const basis = given.length > 0 ? "finals" : "forecast";
  const counted = new Set((given.length > 0 ? given : marked).flat());
  const { forecast, termAnalysis } = policy;
  const leastMarks = Math.max(forecast.leastMarks, termAnalysis.leastMarks);
  const read = createFinalReader(mapping, termAnalysis);
  const foretold = (row: TermRow): Result => {
    const outlook = forecastOf(row.marks, { ...forecast, leastMarks });
    return outlook === null
      ? { kind: "unassessed", value: null, text: "" }
      : { kind: "mark", value: outlook.mark, text: String(outlook.mark) };
  };
  const left = pages.flat().filter((row) => !counted.has(row));
  return {
    basis,
    of: (row) => (!counted.has(row) ? null : basis === "finals" ? read(row.final ?? "") : foretold(row)),
    left: [...new Set(left.map(({ subject }) => subject))].sort((one, other) => one.localeCompare(other, "ru")),
  };
}
