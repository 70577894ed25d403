import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { printedNotices } from "../support/print-batch.ts";
import { printing, printingStore, range } from "./printing.ts";

const held = printingStore();
const PAGES = 5;
const script = fileURLToPath(new URL("print-and-halt.ts", import.meta.url));

function follower(printerUrl: string, schoolId: number, haltAt = 0): ChildProcess {
  const args = [script, held.url, printerUrl, String(schoolId), String(haltAt)];
  return spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
}

/** Killed for good: nothing of it runs when this resolves. */
async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

it("prints each page once, before whichever statement to the database it is killed", async () => {
  let kills = 0;
  for (let statement = 1; ; statement++) {
    const { fake, batch, toItsEnd, job } = await printing(held.store, { pages: PAGES });
    // Every other time paper has come out before anybody looks again.
    const child = follower(fake.url, batch.schoolId, statement);
    const [how] = await Promise.race([
      once(child.stdout ?? child, "data").then(() => ["here"]),
      once(child, "exit").then(() => ["over"]),
    ]);
    if (statement % 2 === 0) fake.print(2);
    if (how === "here") {
      kills += 1;
      await kill(child);
    }
    await toItsEnd();
    expect([statement, fake.paper, (await job()).state]).toEqual([statement, range(PAGES), "done"]);
    await fake.close();
    if (how === "over") break;
  }
  expect(kills).toBeGreaterThan(8);
  expect(await held.store.prisma.notice.count({ where: { printedAt: null } })).toBe(0);
});

it("prints each page once, at whichever request to the printer it is killed, before or after the printer took it", async () => {
  for (let nth = 1; ; nth++) {
    for (const after of [false, true]) {
      const { fake, batch, toItsEnd, job } = await printing(held.store, { pages: PAGES });
      let killed = false;
      const child = follower(fake.url, batch.schoolId);
      const over = once(child, "exit");
      fake.mishap = async (_, request) => {
        if (request !== nth || killed) return null;
        killed = true;
        await kill(child);
        return after ? "drop-after" : "drop";
      };
      await over;
      fake.mishap = () => null;
      fake.print(2);
      await toItsEnd();
      expect([nth, after, fake.paper, (await job()).state]).toEqual([nth, after, range(PAGES), "done"]);
      expect((await printedNotices(held.store)).slice(-batch.noticeIds.length)).toEqual(batch.noticeIds);
      await fake.close();
      if (!killed) return expect(nth).toBeGreaterThan(3);
    }
  }
});
