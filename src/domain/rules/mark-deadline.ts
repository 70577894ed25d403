import { judge } from "../evidence.ts";
import type { Finding } from "../finding.ts";
import type { CellCase, ClassCase } from "./class-case.ts";
import { cellFinding } from "./describe.ts";
import type { Count, Rule } from "./rule.ts";

/** What `mark-oral` and `mark-written` share: each chosen cell's first mark is there within `days` of its lesson. A second mark sets no new deadline. */
export function* checkMarks(
  rule: Pick<Rule, "id" | "clause">,
  of: ClassCase,
  count: Count,
  days: number,
  chosen: (cell: CellCase) => boolean,
): Iterable<Finding> {
  for (const cell of of.cells) {
    const { mark, lesson } = cell;
    if (mark === null || !chosen(cell)) continue;
    const day = lesson?.lesson.date ?? cell.entry.date;
    const dueAt = of.deadlines.within(day, days);
    const verdict = judge(mark, dueAt, null);
    count(lesson?.lesson.teacher ?? null, verdict, day);
    if (verdict !== "late" && verdict !== "unproved") continue;
    const details = { workType: lesson?.workType ?? null, days };
    yield cellFinding(rule, of, cell, { verdict, settled: true, dueAt, sighting: mark, details });
  }
}
