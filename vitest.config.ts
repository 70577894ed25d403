import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// Test files and the programs that they start compile the same libraries again and again.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL("./node_modules/.cache/sverka", import.meta.url));

/** What is waited for comes late where the machine is busy. */
const expect = { poll: { timeout: 30_000 } };

export default defineConfig({
  test: {
    reporters: ["default", "./test/support/reporter.ts"],
    projects: [
      {
        test: {
          name: "unit",
          setupFiles: "test/support/seed.ts",
          include: ["test/**/*.test.ts"],
          exclude: ["test/**/*.e2e.test.ts"],
          // A slow machine is no failure.
          testTimeout: 60_000,
          expect,
        },
      },
      {
        test: {
          name: "e2e",
          setupFiles: "test/support/seed.ts",
          include: ["test/**/*.e2e.test.ts"],
          globalSetup: "test/support/global-postgres.ts",
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect,
          // Much of such a test is waiting: for a process to begin, a server to answer, a clock to tick.
          maxWorkers: 3,
        },
      },
    ],
  },
});
