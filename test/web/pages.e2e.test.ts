import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { syncSchool } from "../../jobs/sync-school.ts";
import { ROLES, type Role } from "../../src/domain/access/roles.ts";
import { type Service, startService } from "../../src/service.ts";
import { launchBrowser } from "../support/browser.ts";
import { type LivingHouse, openLivingHouse } from "../support/living-house.ts";
import { idle, order } from "../support/service.ts";
import { violations } from "./axe.ts";
import { faintTexts, letIn, openPage, sideways, signedIn, unfold } from "./support.ts";

// Every page that has no parameters, in a real browser, as each role sees it; the pages are those that the server itself declares.

let living: LivingHouse;
let service: Service;
let browser: Browser;
beforeAll(async () => {
  living = await openLivingHouse({
    generate: { seed: 20, classes: 4, pupils: 24 },
    files: { "school.yaml": "mail: { deputyDirector: zavuch@school.example, administrator: admin@school.example }\n" },
  });
  service = await startService(living.house, { clock: false, web: true });
  browser = await launchBrowser();
  const { house } = living;
  for (const moment of ["2026-11-16T12:00", "2026-11-16T23:50", "2026-11-17T07:30"]) {
    const at = Temporal.Instant.from(`${moment}+03:00`).epochMilliseconds;
    house.simulatedClock?.set(at);
    await order(service.queue, syncSchool, { schoolId: house.school.id, scheduledAt: at }, at);
    await idle(service.queue);
  }
});
afterAll(async () => {
  await browser.close();
  await service.stop();
  await living.close();
});

const staffOf: Partial<Record<Role, () => string | null>> = {
  "class-teacher": () => living.school.classes[0]?.teacherName ?? null,
  "subject-teacher": () => living.school.staff.at(-1)?.name ?? null,
};
const plainPages = () =>
  service.routes
    .filter(
      ({ method, url, door }) =>
        method === "GET" && !/[:*.]|^\/(queues|training|metrics)/.test(url) && door.kind === "right",
    )
    .map(({ url }) => url);

async function open(role: Role | null, path: string, options: Parameters<typeof openPage>[1] = {}) {
  const watched = await openPage(browser, { locale: "ru-RU", ...options });
  if (role !== null) {
    const token = await signedIn(living.house, [role], { login: role, staffName: staffOf[role]?.() ?? null });
    await letIn(watched.page, service.address, token);
  }
  const response = await watched.page.goto(`${service.address}${path}`);
  return { ...watched, status: response?.status() ?? 0 };
}

async function expectHandsome(
  { page, asked, complaints }: { page: Page; asked: string[]; complaints: string[] },
  what: readonly unknown[],
) {
  // For one's own eyes: SHOTS=folder keeps a picture of each.
  if (process.env.SHOTS) {
    const path = `${process.env.SHOTS}/${what.join("-").replaceAll("/", "_")}.png`;
    await page.screenshot({ path, fullPage: true });
  }
  await unfold(page);
  expect([...what, await sideways(page)]).toEqual([...what, 0]);
  expect([...what, await faintTexts(page)]).toEqual([...what, []]);
  expect([...what, await violations(page)]).toEqual([...what, []]);
  expect(asked.filter((url) => !url.startsWith(`${service.address}/`))).toEqual([]);
  expect(asked.length).toBeLessThanOrEqual(10);
  expect([...what, complaints]).toEqual([...what, []]);
}

describe("every page", () => {
  it.each(ROLES)("is handsome and open to everybody's hands and eyes, as %s sees it", async (role) => {
    let seen = 0;
    for (const path of plainPages()) {
      const watched = await open(role, path, { viewport: { width: 1366, height: 900 } });
      if (watched.status === 200) {
        seen += 1;
        await expectHandsome(watched, [role, path]);
        expect(await watched.page.locator("h1").count()).toBeGreaterThan(0);
      }
      await watched.page.close();
    }
    expect(seen).toBeGreaterThan(1);
  });

  it.each([
    [360, "light"],
    [360, "dark"],
    [1920, "dark"],
  ] as const)("is handsome at %i px, %s", async (width, colorScheme) => {
    for (const role of ["deputy", "administrator"] as const) {
      for (const path of plainPages()) {
        const watched = await open(role, path, { viewport: { width, height: 900 }, colorScheme });
        if (watched.status === 200) await expectHandsome(watched, [role, path, width, colorScheme]);
        await watched.page.close();
      }
    }
  });

  it.each(["/sign-in", "/invite", "/nowhere"])("before signing in is handsome too: %s", async (path) => {
    const { page } = await open(null, path);
    expect([path, await violations(page)]).toEqual([path, []]);
    expect(await sideways(page)).toBe(0);
    await page.close();
  });

  it("weighs little, runs no script but the one that keeps it fresh, and needs none", async () => {
    for (const path of plainPages()) {
      const { page } = await open("deputy", path, { javaScriptEnabled: false });
      const text = await page.content();
      expect([
        path,
        /<script(?! type="module" src="\/assets\/live.js"><)|<style|\sstyle=|\son\w+=|javascript:/i.test(text),
      ]).toEqual([path, false]);
      expect([path, text.length < 400_000]).toEqual([path, true]);
      await page.close();
    }
  });
});
