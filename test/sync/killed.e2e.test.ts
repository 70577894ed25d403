import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { connectStore } from "../../src/store/connect.ts";
import { type Emulator, generateSchool, startEmulator } from "../emulator/index.ts";
import { moment } from "../emulator/school/days.ts";
import { createRandom } from "../emulator/school/random.ts";
import { freshDatabase } from "../support/postgres.ts";

const CLI = fileURLToPath(new URL("../../src/cli.ts", import.meta.url));
const KILLS = 50;
const DAYS = ["2026-09-09", "2026-09-10"];

/** Runs `sverka sync` as a process of its own; killed after `killAfterMs`, or left to its end. */
function sync(
  emulator: Emulator,
  databaseUrl: string,
  dataFolder: string,
  killAfterMs: number | null,
): Promise<number | null> {
  const { login, password } = emulator.credentials.administrator;
  const child = spawn(process.execPath, [CLI, "sync"], {
    env: {
      ...process.env,
      AVERS_URL: emulator.url,
      AVERS_LOGIN: login,
      AVERS_PASSWORD: password,
      DATABASE_URL: databaseUrl,
      SVERKA_DATA: dataFolder,
      LOG_LEVEL: "silent",
    },
    stdio: "ignore",
  });
  const timer = killAfterMs === null ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfterMs);
  return new Promise((resolve) => {
    child.on("exit", (code) => {
      clearTimeout(timer);
      resolve(code);
    });
  });
}

/** All that a pass leaves but the instants and numbers of its own. */
async function contents(databaseUrl: string): Promise<unknown> {
  const store = connectStore(databaseUrl);
  try {
    const ask = async (sql: string) => (await store.pool.query(sql)).rows;
    return {
      lessons: await ask(
        `SELECT external_id, class_external_id, date, subject_external_id, "group", work_type, topic, homework, weight, teacher_external_id, vanished_at IS NULL AS stands FROM lesson ORDER BY 1`,
      ),
      entries: await ask(
        "SELECT pupil_external_id, lesson_external_id, class_external_id, date, text, absent_at IS NULL AS first_pass, vanished_at IS NULL AS stands FROM entry ORDER BY 1, 2",
      ),
      messages: await ask("SELECT pupil_external_id, hash, text FROM message ORDER BY 1, 2"),
      versions: await ask("SELECT fact, key, content FROM fact_version ORDER BY 1, 2, 3"),
      pages: await ask(
        "SELECT kind, class_external_id, pupil_external_id, digest, facts, lesson_external_ids FROM page_pass WHERE kind <> 'diary' ORDER BY 1, 2, 3",
      ),
      holders: await ask(
        `SELECT class_external_id, subject_external_id, "group", teacher_name FROM page ORDER BY 1, 2, 3`,
      ),
      people: await ask("SELECT external_id, full_name, class_external_id, grade FROM pupil ORDER BY 1"),
    };
  } finally {
    await store.close();
  }
}

describe("a pass that is killed", () => {
  it(`ends in the same store as an undisturbed one, after ${KILLS} SIGKILLs at random moments`, {
    timeout: 600_000,
  }, async () => {
    const school = generateSchool({ seed: 7, classes: 6, pupils: 72, to: "2026-09-18" });
    const emulator = await startEmulator({ school });
    const [disturbed, quiet] = [await freshDatabase(), await freshDatabase()];
    const folder = mkdtempSync(join(tmpdir(), "sverka-killed-"));
    const random = createRandom(2026);
    let killed = 0;
    try {
      for (const day of DAYS) {
        emulator.setClock(moment(day, 15 * 60));
        expect(await sync(emulator, quiet.url, folder, null)).toBe(0);
        for (let i = 0; i < KILLS / DAYS.length; i += 1) {
          // From before the first connection to after the last page.
          if ((await sync(emulator, disturbed.url, folder, random.between(200, 1600))) === null) killed += 1;
        }
        expect(await sync(emulator, disturbed.url, folder, null)).toBe(0);
      }
      expect(killed).toBeGreaterThan(KILLS / 2);
      expect(await contents(disturbed.url)).toEqual(await contents(quiet.url));
    } finally {
      await emulator.close();
      await Promise.all([disturbed.drop(), quiet.drop()]);
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
