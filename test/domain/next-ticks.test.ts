import { expect, it } from "vitest";
import { rememberTicks } from "../../src/domain/next-ticks.ts";

it("works the next ticks out anew only when one is past, an hour is over, or the clock has gone back", () => {
  const asked: number[] = [];
  const next = rememberTicks((now) => {
    asked.push(now);
    return [
      { job: "a", at: Math.ceil((now + 1) / 1000) * 1000 },
      { job: "b", at: null },
    ];
  });
  expect([next(0), next(500), next(999)].map(([a]) => a?.at)).toEqual([1000, 1000, 1000]);
  expect(asked).toEqual([0]);
  expect(next(1000)[0]?.at).toBe(2000);
  expect(next(400)[0]?.at).toBe(1000);
  expect(asked).toEqual([0, 1000, 400]);

  const rare = rememberTicks((now) => {
    asked.push(now);
    return [{ job: "c", at: null }];
  });
  for (const now of [0, 3_599_999, 3_600_000]) rare(now);
  expect(asked.slice(3)).toEqual([0, 3_600_000]);
});
