// What the tests need from the system: Chromium, Redis, a PDF reader, and CUPS with its PDF filters. Installed by itself where it may be, else the one line to run is said.
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, resolve } from "node:path";

const NEEDED = {
  chromium: "chromium",
  "redis-server": "redis-server",
  pdfinfo: "poppler-utils",
  cupsd: "cups-daemon",
  lpadmin: "cups-client",
  "/usr/lib/cups/filter/pdftopdf": "cups-filters",
} as const;

const isThere = (program: string) =>
  // Not everybody's PATH has the folders of the system's own programs.
  [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/sbin"].some((folder) => {
    try {
      accessSync(resolve(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
const missing = () => Object.entries(NEEDED).flatMap(([program, name]) => (isThere(program) ? [] : [name]));

const apt = (...args: string[]) =>
  spawnSync("apt-get", args, {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  }).status === 0;

const wanted = missing();
if (wanted.length > 0) {
  if (process.getuid?.() === 0 && isThere("apt-get")) {
    process.stdout.write(`Ставлю для тестов: ${wanted.join(", ")} …\n`);
    if (apt("update")) apt("install", "--yes", "--no-install-recommends", ...wanted);
  }
  const still = missing();
  if (still.length > 0) {
    process.stderr.write(
      `Тестам не хватает программ. Выполните и повторите:\n  sudo apt-get update && sudo apt-get install --yes ${still.join(" ")}\n`,
    );
    process.exit(1);
  }
}
