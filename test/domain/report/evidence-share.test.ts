import { describe, expect, it } from "vitest";
import { evidenceShare } from "../../../src/domain/report/evidence-share.ts";
import { sumTallies } from "../../../src/domain/tallies.ts";

const tally = (counts: object) => ({
  rule: "mark-oral" as const,
  accountable: "",
  classExternalId: "1",
  ...sumTallies([]),
  ...counts,
});

describe("the share of evidence", () => {
  it("is cut and never rounded, the same to the last per cent as on the pages", () => {
    const percents = Array.from(
      { length: 101 },
      (_, decided) => evidenceShare([tally({ inTime: decided, unproved: 100 - decided })]).percent,
    );
    expect(percents).toEqual(Array.from({ length: 101 }, (_, decided) => `${decided}\u00a0%`));
    expect(evidenceShare([tally({ late: 999, unproved: 1 })]).percent).toBe("99\u00a0%");
  });

  it("leaves out what stood there at the first look, and is none of nothing", () => {
    expect(evidenceShare([tally({ violation: 1, unproved: 5, unlooked: 4 })]).percent).toBe("50\u00a0%");
    expect(evidenceShare([tally({ unproved: 5, unlooked: 5 })]).percent).toBeNull();
  });
});
