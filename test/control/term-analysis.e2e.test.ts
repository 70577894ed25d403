import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addAnalysis } from "../../src/cli/commands/analysis.ts";
import { addSync } from "../../src/cli/commands/sync.ts";
import { russianCommand } from "../../src/cli/program.ts";
import type { ClassAnalysis } from "../../src/domain/analysis/figures.ts";
import { type LivingHouse, openLivingHouse } from "../support/living-house.ts";
import { truthOf } from "./analysis-oracle.ts";

// The whole way: a generated school's journal is read once in the second quarter, and the command's figures are counted anew from the school's truth.

let living: LivingHouse;
let folder = "";
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sverka-analysis-"));
  living = await openLivingHouse({
    at: "2026-11-16T20:00:00+03:00",
    generate: { seed: 20, classes: 7, pupils: 63, to: "2026-12-30" },
  });
  await sverka("sync");
});
afterAll(async () => {
  await living.close();
  rmSync(folder, { recursive: true, force: true });
});

async function sverka(...args: string[]): Promise<string> {
  let out = "";
  const write = (text: string) => {
    out += text;
    return true;
  };
  const stream = { write, isTTY: false } as unknown as NodeJS.WriteStream;
  const program = russianCommand("sverka");
  for (const add of [addSync, addAnalysis]) {
    add(program, {
      stdout: stream,
      stderr: stream,
      signal: new AbortController().signal,
      environment: () => living.environment,
      withHouse: (work) => work(living.house),
      lookAround: (work) => work(living.house),
      end: () => undefined,
    });
  }
  await program.parseAsync(["node", "sverka", ...args]);
  return out;
}

interface Told {
  readonly classes: readonly (ClassAnalysis & { readonly files: readonly string[] })[];
  readonly without: readonly string[];
}
const analysis = async (...args: string[]): Promise<Told> =>
  JSON.parse(await sverka("analysis", "--out", folder, "--json", ...args));

describe("sverka analysis", () => {
  it("says of every class what the school's truth says", async () => {
    const { classes, without } = await analysis("--term", "1 четверть");
    const { school, house } = living;
    expect([...classes.map(({ className }) => className), ...without].sort()).toEqual(
      school.classes.map(({ name }) => name).sort(),
    );
    let assessed = 0;
    for (const { className, now, before, files } of classes) {
      const truth = truthOf(school, className, "1 четверть", house.clock.now());
      const { total, byReason, late } = now.total.absences;
      const absences = { missed: total.lessons, days: total.days, late, ill: byReason.ill.lessons };
      expect([className, absences]).toEqual([className, truth.absences]);
      expect([before, files.every((file) => existsSync(file))]).toEqual([null, true]);
      if (now.basis === "attendance") continue;
      assessed += 1;
      const { pupils, quality, success, unassessed, mean } = now.total;
      expect([className, now.basis, { pupils, quality, success, unassessed }]).toEqual([
        className,
        "finals",
        { pupils: truth.pupils, quality: truth.quality, success: truth.success, unassessed: truth.unassessed },
      ]);
      expect(mean).toBeCloseTo(truth.mean);
      const lessonMarks = now.pupils.flatMap(({ subjects }) => subjects.map(({ marks }) => marks));
      expect(lessonMarks.reduce((sum, count) => sum + count, 0)).toBe(truth.lessonMarks);
    }
    expect(assessed).toBeGreaterThan(2);
    expect(without.length).toBeGreaterThan(0);
  });

  it("foretells the quarter that goes on, beside the one before, for one class by the journal's id", async () => {
    const [only, other] = (await analysis("--term", "360001", "--class", "5а")).classes;
    expect(other).toBeUndefined();
    expect(only).toMatchObject({ now: { basis: "forecast", ended: false }, before: { basis: "finals", ended: true } });
    const names = readdirSync(folder).filter((name) => name.includes("2 четверть"));
    expect(names.map((name) => name.replace(/2 четверть .*\./, "2 четверть X.")).sort()).toEqual([
      "УЧЕБНЫЙ Анализ 2 четверть X.pdf",
      "УЧЕБНЫЙ Анализ 2 четверть X.xlsx",
    ]);
  });

  it("refuses a term that has not begun or that nobody knows, and says which there are", async () => {
    await expect(analysis("--term", "3 четверть")).rejects.toMatchObject({ code: "term-not-begun", kind: "input" });
    await expect(analysis("--term", "1 триместр")).rejects.toMatchObject({
      code: "term-unknown",
      message: expect.stringContaining("«1 четверть», «2 четверть»"),
    });
  });
});
