import { judge } from "../evidence.ts";
import type { Finding } from "../finding.ts";
import type { CellCase, ClassCase } from "./class-case.ts";
import { cellFinding } from "./describe.ts";
import type { Count, Rule } from "./rule.ts";

/**
 * What `mark-oral` and `mark-written` share: each chosen cell's first mark is there within `days` of its lesson. A second mark sets no new
 * deadline. Whoever was away did the work on another day, of which the journal does not tell: such a mark is in time or not judged.
 */
export function* checkMarks(
  rule: Pick<Rule, "id" | "clause">,
  of: ClassCase,
  count: Count,
  days: number,
  chosen: (cell: CellCase) => boolean,
): Iterable<Finding> {
  for (const cell of of.cells) {
    const { mark, lesson } = cell;
    if (mark === null || !cell.judged || !chosen(cell)) continue;
    const dueAt = of.deadlines.within(cell.dueDay, days);
    const verdict = judge(mark, dueAt, null);
    if (cell.everAway && verdict !== "in-time") continue;
    count(lesson?.lesson.teacher ?? null, verdict, cell.date);
    if (verdict !== "late" && verdict !== "unproved") continue;
    const details = { workType: lesson?.workType ?? null, days };
    yield cellFinding(rule, of, cell, { verdict, settled: true, dueAt, sighting: mark, details });
  }
}
