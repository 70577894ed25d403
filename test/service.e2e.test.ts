import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { readEnvironment } from "../adapters/files/environment.ts";
import { checkRules } from "../jobs/check-rules.ts";
import { composeDailyMail } from "../jobs/compose-daily-mail.ts";
import type { Job } from "../jobs/define-job.ts";
import { deliverMail } from "../jobs/deliver-mail.ts";
import { syncSchool } from "../jobs/sync-school.ts";
import { type House, openHouse } from "../src/main.ts";
import { type Service, startService } from "../src/service.ts";
import { type Emulator, generateSchool, startEmulator } from "./emulator/index.ts";
import { freshDatabase } from "./support/postgres.ts";

const MONDAY = "2026-09-14T07:00:00+03:00";

let emulator: Emulator;
let database: Awaited<ReturnType<typeof freshDatabase>>;
let folder: string;
beforeAll(async () => {
  emulator = await startEmulator({
    school: generateSchool({ seed: 5, classes: 1, pupils: 4, to: "2026-09-30" }),
    at: Date.parse(MONDAY),
  });
});
beforeEach(async () => {
  database = await freshDatabase();
  folder = mkdtempSync(join(tmpdir(), "sverka-service-"));
  onTestFinished(async () => {
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });
});
afterAll(() => emulator.close());

async function opened(over: Record<string, string> = {}): Promise<House> {
  const { login, password } = emulator.credentials.administrator;
  const environment = readEnvironment({
    AVERS_URL: emulator.url,
    AVERS_LOGIN: login,
    AVERS_PASSWORD: password,
    DATABASE_URL: database.url,
    SVERKA_DATA: folder,
    SVERKA_CONFIG: join(folder, "config"),
    SVERKA_CLOCK: MONDAY,
    SVERKA_PORT: "0",
    LOG_LEVEL: "silent",
    ...over,
  });
  const house = await openHouse({
    environment,
    as: "simulation",
    adjust: (settings) => ({
      ...settings,
      school: { ...settings.school, mail: { ...settings.school.mail, deputyDirector: "zavuch@school.example" } },
    }),
  });
  onTestFinished(() => house.close());
  return house;
}

async function started(house: House, parts = { clock: false, web: false }): Promise<Service> {
  const service = await startService(house, parts);
  onTestFinished(() => service.stop());
  return service;
}

/** Puts the job into the queue and waits until it has come to the state. */
async function ran<Payload>(service: Service, job: Job<Payload>, payload: Payload, id: string, state = "completed") {
  await service.queue.enqueue(job, payload, id);
  const queue = service.queue.queues.find(({ name }) => name === job.name);
  await vi.waitFor(async () => expect(await queue?.getJobState(id)).toBe(state), { timeout: 60_000 });
  return queue?.getJob(id);
}

const logins = () => emulator.requests.filter(({ action }) => action === "LOGIN").length;
const rows = async (house: House, sql: string) => (await house.store.pool.query(sql)).rows;

describe("the jobs as the service does them", () => {
  it("go from the pass to the check, to the letter, to the post", async () => {
    const house = await opened();
    const service = await started(house);
    const { id: schoolId } = house.school;
    const scheduledAt = Date.parse(MONDAY);
    await ran(service, syncSchool, { schoolId, scheduledAt }, "sync-school.1");
    expect(await rows(house, "SELECT state FROM pass")).toEqual([{ state: "done" }]);
    await vi.waitFor(
      async () =>
        expect(
          await service.queue.queues.find(({ name }) => name === checkRules.name)?.getJobState("after-sync-school.1"),
        ).toBe("completed"),
      { timeout: 60_000 },
    );
    expect((await rows(house, 'SELECT count(*)::int AS n FROM "check"'))[0]?.n).toBeGreaterThan(0);

    await ran(service, composeDailyMail, { schoolId, day: "2026-09-13" }, "yesterday");
    expect(await rows(house, "SELECT key FROM delivery")).toEqual([]);
    await ran(service, composeDailyMail, { schoolId, day: "2026-09-14" }, "today");
    await ran(service, deliverMail, { schoolId }, "post");
    expect(await rows(house, "SELECT key, state FROM delivery")).toEqual([
      { key: `compliance/${schoolId}/2026-09-14/zavuch@school.example`, state: "sent" },
    ]);
  });

  it("ask a journal that has refused the sign-in once, not at each pass and not the next day", async () => {
    const house = await opened({ AVERS_PASSWORD: "старый" });
    const service = await started(house);
    const before = logins();
    const order = { schoolId: house.school.id, scheduledAt: Date.parse(MONDAY) };
    const first = await ran(service, syncSchool, order, "a", "failed");
    expect(first).toMatchObject({ attemptsMade: 1, failedReason: expect.stringContaining("не принял логин") });
    await ran(service, syncSchool, order, "b");
    house.simulatedClock?.set(Date.parse(MONDAY) + 86_400_000);
    await ran(service, syncSchool, order, "c");
    expect(logins() - before).toBe(1);
    expect(await rows(house, "SELECT DISTINCT state FROM pass")).toEqual([{ state: "failed" }]);
  });
});

describe("a service that cannot start", () => {
  it("says that the page's port is taken, and leaves nothing running", async () => {
    const house = await opened();
    const first = await started(house, { clock: false, web: true });
    const port = new URL(first.address ?? "").port;
    const other = await opened({ SVERKA_PORT: port });
    await expect(startService(other, { clock: true, web: true })).rejects.toMatchObject({
      kind: "configuration",
      code: "web-port",
      message: expect.stringContaining(port),
    });
    expect(await rows(house, "SELECT count(*)::int AS n FROM tick")).toEqual([{ n: 0 }]);
    expect((await fetch(`${first.address}/readyz`)).status).toBe(200);
  });

  it("refuses to show its page to the whole network", async () => {
    const house = await opened({ SVERKA_HOST: "0.0.0.0" });
    await expect(startService(house, { clock: true, web: true })).rejects.toMatchObject({ code: "web-host" });
  });
});
