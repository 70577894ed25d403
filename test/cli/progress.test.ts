import { expect, it } from "vitest";
import { timeLeft } from "../../src/cli/progress.ts";

it("says how long a pass will last, and nothing while nobody knows", () => {
  expect([41, 60, 61, 0, "NULL", "INF"].map(timeLeft)).toEqual([
    "· ещё 41 с",
    "· ещё 1 мин",
    "· ещё 2 мин",
    "",
    "",
    "",
  ]);
});
