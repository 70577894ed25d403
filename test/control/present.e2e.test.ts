import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkSchool } from "../../src/control/check-school.ts";
import { composeDaily, type DailyNeeds } from "../../src/delivery/compose-daily.ts";
import { defaultSettings } from "../../src/domain/settings.ts";
import type { EpochMs } from "../../src/domain/time.ts";
import { lastCheck } from "../../src/store/checks.ts";
import { listFindings } from "../../src/store/findings.ts";
import { at, lesson, openScene, type Scene } from "../sync/scene.ts";

let scene: Scene;
let now: EpochMs;
beforeEach(async () => {
  scene = await openScene();
  scene.journal.lessons = [lesson("1", "2026-10-05")];
  await scene.pass("2026-10-05T12:00");
  await scene.pass("2026-10-06T07:00");
  scene.journal.lessons = [lesson("1", "2026-10-05", { topic: "Дроби" })];
  await scene.pass("2026-10-06T07:10");
});
afterEach(() => scene.close());

const checkPresent = () => {
  const { policy, calendar, mapping } = defaultSettings;
  return checkSchool({ store: scene.store, policy, calendar, mapping }, scene.school, () => now);
};

describe("a check of the present", () => {
  it("is kept although a clock that was ahead has checked «later»", async () => {
    await scene.check("2027-10-06T12:00");
    now = at("2026-10-07T12:00");
    expect(await checkPresent()).toMatchObject({ saved: true, asOf: now });
    expect((await lastCheck(scene.store, scene.school.id))?.asOf).toBe(now);
    expect(await scene.check("2026-10-07T11:00")).toMatchObject({ saved: false });
  });

  it("finds nothing that would be new in no letter, though a letter is written meanwhile", async () => {
    const { store, school } = scene;
    const fresh: string[] = [];
    let checking: Promise<unknown> = Promise.resolve();
    const letterAt = (moment: string, meanwhile: () => Promise<void>): DailyNeeds => ({
      store,
      clock: { now: () => at(moment) },
      school: { ...school, zone: "Europe/Moscow" },
      simulation: false,
      sender: "sverka@school.example",
      recipients: ["zavuch@school.example"],
      quiet: { from: "20:00", to: "07:00" },
      pupilsBy: "number",
      read: {
        findings: async (since) => {
          const findings = await listFindings(store, school.id, since === null ? {} : { changedSince: since });
          fresh.push(...findings.filter(({ openedAt }) => since === null || openedAt > since).map(({ id }) => id));
          return findings;
        },
        tallies: async () => [],
        passes: async () => [],
        pupils: async () => {
          await meanwhile();
          return [];
        },
        unreached: async () => [],
      },
    });
    now = at("2026-10-06T07:20:01");
    await composeDaily(
      letterAt("2026-10-06T07:20:02", async () => {
        checking = checkPresent();
        // Time enough for a check that does not wait.
        for (let i = 0; i < 200; i += 1) await store.pool.query("SELECT 1");
        now = at("2026-10-06T07:20:03");
      }),
    );
    await checking;
    await composeDaily(letterAt("2026-10-07T07:00", async () => undefined));
    const [finding] = await listFindings(store, school.id);
    expect(finding).toMatchObject({ rule: "lesson-same-day", status: "settled" });
    expect(fresh).toEqual([finding?.id]);
  });
});
