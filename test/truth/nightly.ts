// `npm run test:truth [terms] [seed]`: the truth over many random terms, 1,000 unless told otherwise; too long for the run between two commits. Without a seed
// each night has its own, which it says, so that what it finds can be found again.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const [terms = "1000", seed = String(Date.now() % 1_000_000_000)] = process.argv.slice(2);
process.stdout.write(`${terms} terms, seed ${seed}\n`);
const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
const { status } = spawnSync(process.execPath, [vitest, "run", "--project", "e2e", "test/truth/truth.e2e.test.ts"], {
  stdio: "inherit",
  env: { ...process.env, TRUTH_RUNS: terms, TRUTH_SEED: seed },
});
process.exitCode = status ?? 1;
