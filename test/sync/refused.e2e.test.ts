import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { syncSchool } from "../../jobs/sync-school.ts";
import type { House } from "../../src/main.ts";
import { type Service, startService } from "../../src/service.ts";
import { openAlerts } from "../../src/store/alerts.ts";
import { latestPasses } from "../../src/store/passes.ts";
import { type LivingHouse, openLivingHouse } from "../support/living-house.ts";
import { idle, order } from "../support/service.ts";

// A refused sign-in: one attempt, then a clear alert, and nothing by itself until somebody acts (a locked account is worse than a late pass).

const program = fileURLToPath(new URL("../../src/cli.ts", import.meta.url));
const at = (text: string) => Temporal.Instant.from(`${text}+03:00`).epochMilliseconds;

let living: LivingHouse;
let service: Service;
beforeEach(async () => {
  living = await openLivingHouse({
    generate: { seed: 20, classes: 1, pupils: 4 },
    files: { "school.yaml": "mail: { administrator: admin@school.example }\n" },
  });
  service = await startService(living.house, { clock: false, web: false });
});
afterEach(async () => {
  await service.stop();
  await living.close();
});

const logins = () => living.emulator.requests.filter(({ action }) => action === "LOGIN").length;
const states = async () =>
  (await latestPasses(living.house.store, living.house.school.id, 20)).map(({ state }) => state);
const open = async () => (await openAlerts(living.house.store, living.house.school.id)).map(({ kind }) => kind);
const letters = () => living.house.store.prisma.delivery.findMany({ where: { kind: "alert" }, orderBy: { id: "asc" } });

/** The clock's own pass at this moment, through the queue and its worker. */
async function tick(moment: string, of: { house: House; service: Service } = { house: living.house, service }) {
  of.house.simulatedClock?.set(at(moment));
  await order(of.service.queue, syncSchool, { schoolId: of.house.school.id, scheduledAt: at(moment) }, at(moment));
  await idle(of.service.queue);
}

/** `sverka sync`, by a person. */
function byHand(moment: string, variables: Readonly<Record<string, string>> = {}) {
  const { environment, data } = living;
  const env = {
    ...process.env,
    AVERS_URL: environment.aversUrl ?? "",
    AVERS_LOGIN: environment.aversLogin ?? "",
    AVERS_PASSWORD: environment.aversPassword ?? "",
    DATABASE_URL: environment.databaseUrl ?? "",
    SVERKA_DATA: data,
    SVERKA_CONFIG: environment.config,
    SVERKA_CLOCK: `${moment}+03:00`,
    ...variables,
  };
  return new Promise<{ code: number; stderr: string }>((resolve) => {
    const child = execFile(process.execPath, [program, "sync"], { env }, (_error, _stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stderr }),
    );
  });
}

describe("a refused sign-in", () => {
  it("is tried once and told once, however many passes are due, and a restart changes nothing", async () => {
    living.emulator.faults.add({ kind: "changed-password" });
    await tick("2026-11-16T07:30");
    expect([logins(), await states(), await open()]).toEqual([1, ["failed"], ["journal-refused"]]);

    for (const moment of ["12:00", "15:00", "18:00", "21:00", "23:50"]) await tick(`2026-11-16T${moment}`);
    await service.stop();
    service = await startService(living.house, { clock: false, web: false });
    await tick("2026-11-17T07:30");
    expect([logins(), await states()]).toEqual([1, ["failed"]]);

    const sent = await letters();
    expect(sent).toMatchObject([{ state: "sent", subject: expect.stringContaining("не принял логин или пароль") }]);
    expect(sent[0]?.text).toContain("npx sverka sync");
    expect(readdirSync(join(living.data, "outbox")).filter((name) => name.endsWith(".eml"))).toHaveLength(1);
    expect(living.logged.join("")).toContain("проход пропущен");
  });

  it("ends when a person's own pass is let in, and tells anew when it comes again", async () => {
    living.emulator.faults.add({ kind: "changed-password" });
    await tick("2026-11-16T07:30");
    expect(await byHand("2026-11-16T09:00:00")).toMatchObject({
      code: 3,
      stderr: expect.stringContaining("не принял логин или пароль"),
    });
    expect([logins(), (await letters()).length]).toEqual([2, 1]);
    await tick("2026-11-16T12:00");
    expect(logins()).toBe(2);

    living.emulator.faults.clear();
    expect(await byHand("2026-11-16T13:00:00")).toMatchObject({ code: 0 });
    expect(await open()).not.toContain("journal-refused");
    await tick("2026-11-16T15:00");
    expect([logins(), (await states())[0]]).toEqual([4, "done"]);

    living.emulator.faults.add({ kind: "changed-password" });
    await tick("2026-11-16T18:00");
    await tick("2026-11-16T21:00");
    expect(logins()).toBe(5);
    const refused = (await letters()).filter(({ key }) => key.includes("/journal-refused/"));
    expect(new Set(refused.map(({ key }) => key)).size).toBe(2);
    expect(refused.every(({ state }) => state === "sent")).toBe(true);
  });

  it("holds these credentials alone: others are tried, once", async () => {
    living.emulator.faults.add({ kind: "changed-password" });
    await tick("2026-11-16T07:30");
    await service.stop();
    const house = await living.again({ AVERS_PASSWORD: "другой-пароль" });
    service = await startService(house, { clock: false, web: false });
    await tick("2026-11-16T12:00", { house, service });
    await tick("2026-11-16T15:00", { house, service });
    expect(logins()).toBe(2);
    await service.stop();

    living.emulator.faults.clear();
    const mended = await living.again({
      AVERS_LOGIN: living.emulator.credentials.teacher.login,
      AVERS_PASSWORD: living.emulator.credentials.teacher.password,
    });
    service = await startService(mended, { clock: false, web: false });
    await tick("2026-11-16T18:00", { house: mended, service });
    expect(logins()).toBe(3);
    expect(await open()).not.toContain("journal-refused");
    await house.close();
    await service.stop();
    await mended.close();
    service = await startService(living.house, { clock: false, web: false });
    // The first password is still known as refused, though another has been let in since.
    await tick("2026-11-16T21:00");
    expect(logins()).toBe(3);
    expect(await open()).toContain("journal-refused");
  });

  it("keeps nothing from which the password could be read or quickly guessed", async () => {
    living.emulator.faults.add({ kind: "changed-password" });
    await tick("2026-11-16T07:30");
    const { rows } = await living.house.store.pool.query<{ fingerprint: string; salt: string }>(
      "SELECT * FROM refusal",
    );
    expect(rows).toHaveLength(1);
    expect(Buffer.from(rows[0]?.fingerprint ?? "", "base64url")).toHaveLength(32);
    expect(Buffer.from(rows[0]?.salt ?? "", "base64url")).toHaveLength(16);
  });
});

describe("a sign-in lost in the middle of a pass", () => {
  it("is tried once more by the next pass, which learns at the door that the password was changed", async () => {
    living.emulator.faults.add({ kind: "latency", latencyMs: 20 });
    const pass = tick("2026-11-16T07:30");
    await expect.poll(() => living.emulator.requests.map(({ action }) => action)).toContain("GET_STUDENT_LESSONS");
    living.emulator.faults.add({ kind: "changed-password" });
    await pass;
    expect([logins(), await states(), await open()]).toEqual([1, ["failed"], ["pass-failed"]]);
    for (const moment of ["12:00", "15:00", "18:00"]) await tick(`2026-11-16T${moment}`);
    expect([logins(), await states()]).toEqual([2, ["failed", "failed"]]);
    expect(await open()).toContain("journal-refused");
  });
});
