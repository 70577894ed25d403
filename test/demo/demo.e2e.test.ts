import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { describe, expect, it, onTestFinished } from "vitest";
import { sidesOf } from "../support/pdf-words.ts";

interface Running {
  /** Everything it has said so far. */
  said(): string;
  /** Resolves once it has said so; throws when it ends without. */
  until(text: string): Promise<void>;
  interrupt(): Promise<number | null>;
}

const TEN_MINUTES = 600_000;

describe("the demonstration", () => {
  it(
    "lives through its days, writes letters and notices, shows its page, and leaves nothing behind",
    async () => {
      const data = emptyFolder();
      const demo = start(data, "test/demo/demo.ts", "--from", "2026-11-16", "--to", "2026-11-16");
      await demo.until("Закончить: Ctrl+C.");

      const days = [...demo.said().matchAll(/ноября +проходов +(\d+) · открытых нарушений +(\d+)/g)];
      expect(days.map(([, passes]) => passes)).toEqual(["6", "7"]);
      for (const [, , open] of days) expect(Number(open)).toBeGreaterThan(0);

      const address = /страница +(http:\S+)/.exec(demo.said())?.[1] ?? "";
      const enter = async (who: string) => {
        const link = new RegExp(`сразу как ${who} +(http:\\S+)`).exec(demo.said())?.[1] ?? "";
        const entered = await fetch(link, { redirect: "manual" });
        return { headers: { cookie: entered.headers.get("set-cookie")?.split(";")[0] ?? "" } };
      };
      const door = await (await fetch(address)).text();
      for (const text of ["Логин", "Учебный вход без пароля", "/training/"]) expect(door).toContain(text);
      const page = await (await fetch(`${address}/passes`, await enter("заместитель директора"))).text();
      expect(page).toContain("УЧЕБНЫЕ ДАННЫЕ");
      expect(page).toContain("Последний проход: полный");
      expect((await fetch(`${address}/queues`, await enter("ответственный за работу"))).status).toBe(200);

      const outbox = join(data, "outbox");
      const letters = readdirSync(outbox).filter((name) => /Сверка, \d/.test(name));
      expect(letters.map((name) => name.slice(0, 16))).toEqual(["2026-11-17 07-05"]);
      for (const name of letters) {
        const letter = htmlOf(readFileSync(join(outbox, name), "latin1"));
        for (const text of ["УЧЕБНЫЕ ДАННЫЕ", "Новые нарушения", "По учителям", "Насколько это доказано"])
          expect(letter).toContain(text);
        expect(letter).not.toMatch(/(href|src)=/);
      }

      const [, file = ""] = /распечатки семьям \(\d+\) +(.+\.pdf)/.exec(demo.said()) ?? [];
      const notices = readFileSync(file, "latin1");
      expect(notices).toContain("<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>");
      const families = /семьям \((\d+)\)/.exec(demo.said())?.[1];
      expect(
        String(sidesOf(readFileSync(file)).filter(({ text }) => text.includes("Подпишите и верните")).length),
      ).toBe(families);

      // The line that it prints works beside it, and still does after it has ended.
      const finding = /explain (\w+)/.exec(demo.said())?.[1] ?? "";
      expect(await output(data, "src/cli.ts", "explain", finding)).toContain("Считается нарушением");
      expect(await demo.interrupt()).toBe(0);
      expect(existsSync(join(data, "postgres", "postmaster.pid"))).toBe(false);
      expect(await output(data, "src/cli.ts", "explain", finding)).toContain("Считается нарушением");
    },
    TEN_MINUTES,
  );

  it(
    "ends at once when it is interrupted in the midst of its days, and begins anew in the same folder",
    async () => {
      const data = emptyFolder();
      for (const text of ["3. Служба работает", "4. Проживаю"]) {
        const demo = start(data, "test/demo/demo.ts");
        await demo.until(text);
        expect(await demo.interrupt()).toBe(0);
        expect(demo.said()).toContain("Заканчиваю");
        expect(demo.said()).not.toContain("5. Готово");
        expect(existsSync(join(data, "postgres", "postmaster.pid"))).toBe(false);
      }
    },
    TEN_MINUTES,
  );
});

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "sverka-demo-"));
  chmodSync(folder, 0o755);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Our own environment says nothing of a journal, a database or a queue. */
function run(data: string, args: readonly string[]): ChildProcessByStdio<null, Readable, null> {
  const { PATH, HOME, TMPDIR } = process.env;
  const env = { PATH, HOME, TMPDIR, SVERKA_DATA: data, SVERKA_PORT: "0" };
  return spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "inherit"] });
}

function start(data: string, ...args: readonly string[]): Running {
  const child = run(data, args);
  const ended = once(child, "exit");
  onTestFinished(async () => {
    if (child.exitCode === null) child.kill("SIGTERM");
    await ended;
  });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    said += chunk;
  });
  return {
    said: () => said,
    async until(text) {
      while (!said.includes(text)) {
        const more = once(child.stdout, "data").then(() => true);
        if (!(await Promise.race([more, ended.then(() => false)])) && !said.includes(text))
          throw new Error(`ended without «${text}»:\n${said}`);
      }
    },
    async interrupt() {
      child.kill("SIGINT");
      await ended;
      return child.exitCode;
    },
  };
}

async function output(data: string, ...args: readonly string[]): Promise<string> {
  const child = run(data, args);
  const said = await child.stdout.setEncoding("utf8").toArray();
  return said.join("");
}

/** The HTML part of a letter, its quoted-printable taken off. */
function htmlOf(letter: string): string {
  const part = letter.slice(letter.indexOf("Content-Type: text/html"));
  const bytes = part
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
