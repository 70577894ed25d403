import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkRules } from "../../../jobs/check-rules.ts";
import { composeDailyMail } from "../../../jobs/compose-daily-mail.ts";
import { deliverMail } from "../../../jobs/deliver-mail.ts";
import { syncSchool } from "../../../jobs/sync-school.ts";
import { dailyNeeds } from "../../../src/cli/needs.ts";
import { previewDaily } from "../../../src/delivery/compose-daily.ts";
import { type Service, startService } from "../../../src/service.ts";
import type { EmulatedSchool, Emulator } from "../../emulator/index.ts";
import { type LivingHouse, openLivingHouse } from "../../support/living-house.ts";
import { idle, order } from "../../support/service.ts";
import { SESSION_COOKIE, signedIn } from "../../web/support.ts";

// Everything that a service writes down for people who may not see a pupil's marks: its log, its queue, its notes on passes, its errors.

const run = promisify(execFile);
const program = fileURLToPath(new URL("../../../src/cli.ts", import.meta.url));
const HOUR = 3_600_000;
const DIRT = ["html", "cut-off", "unescaped-quotes", "missing-columns", "empty"] as const;

let living: LivingHouse;
let service: Service;
let secrets: Secrets;
beforeAll(async () => {
  living = await openLivingHouse({
    files: {
      "school.yaml": "mail: { deputyDirector: zavuch@school.example, administrator: admin@school.example }\n",
    },
  });
  secrets = secretsOf(living.school, living.emulator);
  service = await startService(living.house, { clock: false, web: true });
});
afterAll(async () => {
  await service.stop();
  await living.close();
});

/** A pass with its check, an hour later than the last. */
async function pass(): Promise<void> {
  const { house } = living;
  // A dirty answer at the door counts as a refusal, after which nothing would be tried.
  await house.store.prisma.refusal.deleteMany();
  house.simulatedClock?.set(house.clock.now() + HOUR);
  const at = house.clock.now();
  await order(service.queue, syncSchool, { schoolId: house.school.id, scheduledAt: at }, at);
  await idle(service.queue);
}

describe("what is written down", () => {
  it("of passes over a good and a dirty journal, checks, mail and notices names nobody and no mark", async () => {
    const { house, emulator } = living;
    const schoolId = house.school.id;
    await pass();
    for (const kind of DIRT) {
      emulator.faults.add({ kind, probability: 0.2 });
      await pass();
      emulator.faults.clear();
    }
    const at = house.clock.now();
    await order(service.queue, composeDailyMail, { schoolId, day: "2026-11-16" }, at);
    await idle(service.queue);
    await order(service.queue, deliverMail, { schoolId }, at);
    await idle(service.queue);
    const cookie = `${SESSION_COOKIE}=${await signedIn(house, ["deputy", "administrator"])}`;
    const pages = [
      "/",
      "/findings",
      "/findings.xlsx",
      "/notices",
      "/passes",
      "/audit",
      "/metrics",
      "/queues/api/queues",
    ];
    for (const path of [...pages, "/sign-in", "/readyz", "/nowhere"])
      await fetch(`${service.address}${path}`, { headers: { cookie } }).then((response) => response.arrayBuffer());
    emulator.faults.add({ kind: "changed-password" });
    await pass();
    emulator.faults.clear();

    expect(await house.store.prisma.delivery.count({ where: { state: "sent" } })).toBeGreaterThan(0);
    expect(living.logged.length).toBeGreaterThan(10);
    expect(living.logged.join("")).toContain("journal: another try");
    expect(leaks(living.logged.map(logLine))).toEqual([]);
    expect(leaks(await written())).toEqual([]);
  });

  it("of a database that quotes what it refuses is only that it refused", async () => {
    const { pool } = living.house.store;
    await pool.query("ALTER TABLE pupil ADD CONSTRAINT refuse CHECK (full_name = '') NOT VALID");
    await pool.query('ALTER TABLE "check" ADD CONSTRAINT refuse CHECK (policy = $$$$) NOT VALID');
    const before = living.logged.length;
    living.house.simulatedClock?.set(living.house.clock.now() + 24 * HOUR);
    await pass();
    const { id: schoolId } = living.house.school;
    const at = living.house.clock.now();
    await order(service.queue, checkRules, { schoolId, asOf: at }, at);
    await idle(service.queue);
    const [log, queue] = [living.logged.slice(before), await written()];
    expect(log.filter((line) => line.includes("задание не выполнено"))).toHaveLength(2);
    expect(log.join("")).toContain("23514");
    expect(JSON.stringify(queue)).toContain("Непредвиденная ошибка");
    expect(leaks(log.map(logLine))).toEqual([]);
    expect(leaks(queue)).toEqual([]);
    await pool.query('ALTER TABLE pupil DROP CONSTRAINT refuse; ALTER TABLE "check" DROP CONSTRAINT refuse');
  });

  it.each([
    ["sync", "--json"],
    ["check"],
    ["mail"],
    ["notices", "--from", "2026-11-09", "--to", "2026-11-16", "--out", "{data}/print"],
    ["doctor"],
  ])("by sverka %s on stderr at LOG_LEVEL=debug is as clean", async (...args) => {
    const { environment, house, data } = living;
    const { stderr } = await run(
      process.execPath,
      [program, ...args.map((argument) => argument.replace("{data}", data))],
      {
        env: {
          ...process.env,
          AVERS_URL: environment.aversUrl ?? "",
          AVERS_LOGIN: environment.aversLogin ?? "",
          AVERS_PASSWORD: environment.aversPassword ?? "",
          DATABASE_URL: environment.databaseUrl ?? "",
          SVERKA_DATA: data,
          SVERKA_CONFIG: environment.config,
          SVERKA_CLOCK: new Date(house.clock.now()).toISOString(),
          LOG_LEVEL: "debug",
        },
      },
    );
    expect(leaks(stderr.split("\n").map(logLine))).toEqual([]);
  });
});

describe("letters", () => {
  it("name no pupil, unless the school allows it", async () => {
    const { rows } = await living.house.store.pool.query<{ text: string; html: string }>(
      "SELECT text, html FROM delivery WHERE kind = 'compliance'",
    );
    const pupils = new Set(living.school.pupils.flatMap(({ fullName }) => wordsOf(fullName)));
    const teachers = new Set(living.school.staff.flatMap(({ name }) => wordsOf(name)));
    const named = wordsOf(JSON.stringify(rows)).filter((word) => pupils.has(word) && !teachers.has(word));
    expect(rows.length).toBeGreaterThan(0);
    expect(named).toEqual([]);
  });

  it("name pupils by surname and initial, and by no more, where school.yaml allows it", async () => {
    const { config } = living.environment;
    const said = async (pupils: "number" | "surname") => {
      writeFileSync(
        join(config, "school.yaml"),
        `mail: { deputyDirector: zavuch@school.example, pupils: ${pupils} }\n`,
      );
      const house = await living.again();
      const { text, html } = await previewDaily(await dailyNeeds(house));
      await house.close();
      return `${text}\n${html}`.replaceAll(/[\s\u00a0]+/g, " ");
    };
    const short = living.school.pupils.map(({ fullName }) => fullName.replace(/^(\S+) (\S)\S* .*$/, "$1 $2."));
    const [byNumber, bySurname] = [await said("number"), await said("surname")];
    expect(byNumber).toMatch(/\(ученики? № \d/);
    expect(short.filter((name) => byNumber.includes(name))).toEqual([]);
    expect(short.filter((name) => bySurname.includes(name)).length).toBeGreaterThan(0);
    expect(bySurname).toContain("фамилией и инициалом");
    for (const { fullName } of living.school.pupils)
      expect(bySurname).not.toContain(fullName.split(" ").slice(0, 2).join(" "));
  });
});

/** Everything that a job holds and leaves in the queue, and the sentences that a pass leaves. */
async function written(): Promise<object[]> {
  const { pool } = living.house.store;
  const { rows: jobs } = await pool.query<object>(
    "SELECT id, data, opts, progress, return_value, failed_reason, stacktrace, deferred_failure FROM queue.job",
  );
  const { rows: events } = await pool.query<object>("SELECT event, data FROM queue.event");
  const { rows: sentences } = await pool.query<object>(
    "SELECT sentence FROM pass_trouble UNION SELECT trouble FROM pass",
  );
  expect(Math.min(jobs.length, events.length, sentences.length)).toBeGreaterThan(2);
  return [...jobs, ...events, ...sentences];
}

interface Secrets {
  readonly words: ReadonlySet<string>;
  readonly texts: readonly string[];
  readonly marks: ReadonlySet<string>;
}

function secretsOf({ pupils, staff, lessons, entries, messages }: EmulatedSchool, { credentials }: Emulator): Secrets {
  const topics = lessons.flatMap(({ events }) =>
    events.flatMap(({ content }) => (content === null ? [] : [content.topic, content.homework ?? ""])),
  );
  const passwords = Object.values(credentials).flatMap(({ password }) => [
    password,
    createHash("sha1").update(password).digest("hex"),
  ]);
  const said = messages.flatMap(({ events }) => events.map(({ content }) => content ?? ""));
  const long = [...topics, ...said].filter((text) => text.length >= 8);
  return {
    words: new Set([...pupils.map(({ fullName }) => fullName), ...staff.map(({ name }) => name)].flatMap(wordsOf)),
    texts: [...new Set([...long, ...passwords])],
    marks: new Set(entries.flatMap(({ events }) => events.map(({ content }) => content ?? "")).filter(Boolean)),
  };
}

const wordsOf = (text: string) => text.split(/[^\p{L}-]+/u).filter((word) => word.length > 2);

/** What of the school's secrets stands in the values. A mark is one where it is a value by itself or stands in quotation marks. */
function leaks(written: readonly unknown[]): string[] {
  const values = written.flatMap(stringsIn);
  const text = values.join("\n");
  const quoted = [...text.matchAll(/[«"(]([^»")]{1,8})[»")]/g)].map((match) => match[1] ?? "");
  return [
    ...wordsOf(text).filter((word) => secrets.words.has(word)),
    ...secrets.texts.filter((secret) => text.includes(secret)),
    ...[...values, ...quoted].filter((value) => secrets.marks.has(value.trim())),
  ];
}

function stringsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

/** A line of the log as the object that it is; what else stands on stderr as text. */
function logLine(line: string): unknown {
  return line.startsWith("{") ? JSON.parse(line) : line;
}
