import { expect, it } from "vitest";
import { comparePolicies } from "../../src/domain/policy-difference.ts";
import { finding, missing } from "./report/sample.ts";

it("tells by rule and person what another reading adds and takes away, unproved verdicts aside", () => {
  const late = finding({ id: "a" });
  const doubtful = finding({ id: "b", verdict: "unproved" });
  const other = missing({ id: "c", accountable: { externalId: "t2", name: "Борова Нина Львовна" } });
  const difference = comparePolicies([late, doubtful], [{ ...doubtful, verdict: "late" }, other]);
  expect(difference.appeared.map(({ id }) => id)).toEqual(["c"]);
  expect(difference.disappeared.map(({ id }) => id)).toEqual(["a"]);
  expect(difference.changed.map(({ before, after }) => [before.verdict, after.verdict])).toEqual([
    ["unproved", "late"],
  ]);
  expect(difference.lines).toEqual([
    { rule: "lesson-same-day", accountable: "Борова Нина Львовна", appeared: 1, disappeared: 0 },
    { rule: "mark-oral", accountable: "Лебедева Мария Ивановна", appeared: 1, disappeared: 1 },
  ]);
  expect(comparePolicies([late], [late]).lines).toEqual([]);
});
