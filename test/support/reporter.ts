import type { Reporter, TestModule } from "vitest/node";

/** Ends the run with the line that people and CI read: `N passed, N failed`. A skipped test, an unhandled error, or no test at all is a failure. */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    let passed = 0;
    let failed = unhandled.length;
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        if (test.result().state === "passed") passed += 1;
        else failed += 1;
      }
      if (module.state() === "failed" && module.children.size === 0) failed += 1;
    }
    if (passed + failed === 0) failed = 1;
    if (failed > 0) process.exitCode = 1;
    // After everything that other reporters and Vitest itself still have to say.
    process.once("exit", () => process.stdout.write(`${passed} passed, ${failed} failed\n`));
  }
}
