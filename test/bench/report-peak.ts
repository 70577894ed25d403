// Loaded before the program (`node --import`): at its end it tells, in the file that is named, how much memory the process ever held, in kB.
import { readFileSync, writeFileSync } from "node:fs";

process.on("exit", () => {
  const { PEAK_FILE } = process.env;
  if (PEAK_FILE !== undefined) writeFileSync(PEAK_FILE, String(peakKilobytes()));
});

/** Linux knows the peak of this very program; the usage of the process may include its parent's before it began. */
function peakKilobytes(): number {
  const status = process.platform === "linux" ? readFileSync("/proc/self/status", "utf8") : "";
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS);
}
