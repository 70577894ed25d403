import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROLES, type Role } from "../../src/domain/access/roles.ts";
import { type Service, startService } from "../../src/service.ts";
import { launchBrowser } from "../support/browser.ts";
import { type LivingHouse, openLivingHouse } from "../support/living-house.ts";
import { passesAt } from "../support/service.ts";
import { violations } from "./axe.ts";
import { faintTexts, letIn, openPage, sideways, signedIn, unfold, type Watched } from "./support.ts";

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
  await passesAt(house, service, ["2026-11-16T12:00", "2026-11-16T23:50", "2026-11-17T07:30"]);
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
const tokenOf = (role: Role) => signedIn(living.house, [role], { login: role, staffName: staffOf[role]?.() ?? null });
const plainPages = () =>
  service.routes
    .filter(
      ({ method, url, door }) =>
        method === "GET" && !/[:*.]|^\/(queues|training|metrics)/.test(url) && door.kind === "right",
    )
    .map(({ url }) => url);

/** A browser's page that looks at one address after another. */
async function opened(role: Role | null, options: Parameters<typeof openPage>[1] = {}): Promise<Watched> {
  const watched = await openPage(browser, { locale: "ru-RU", ...options });
  if (role !== null) await letIn(watched.page, service.address, await tokenOf(role));
  return watched;
}

const LOOKS = [
  [1366, "light"],
  [360, "light"],
  [360, "dark"],
  [1920, "dark"],
] as const;

const AXE = new Set(["1366light", "360dark"]);

/** At each width, light and dark: nothing hides at the side, nothing is too faint to read; and axe-core has nothing to say. */
async function expectHandsome(page: Page, what: readonly string[]): Promise<void> {
  await unfold(page);
  for (const [width, colorScheme] of LOOKS) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    const seen = [...what, width, colorScheme];
    expect([...seen, await sideways(page)]).toEqual([...seen, 0]);
    expect([...seen, await faintTexts(page)]).toEqual([...seen, []]);
    if (AXE.has(width + colorScheme)) expect([...seen, await violations(page)]).toEqual([...seen, []]);
  }
}

/** The deputy first: with the most forms. Whoever comes first looks closely, others only at what they see otherwise. */
const EYES = ["deputy", ...ROLES.filter((role) => role !== "deputy")] as const;
const looked = new Set<string>();
const DIFFERENT = ["/", "/notices"];

describe("every page", () => {
  it.each(EYES)("is handsome and open to everybody's hands and eyes, as %s sees it", async (role) => {
    const { page, asked, complaints } = await opened(role);
    let seen = 0;
    for (const path of plainPages()) {
      asked.length = 0;
      const response = await page.goto(`${service.address}${path}`);
      if (response?.status() !== 200) {
        complaints.length = 0;
        continue;
      }
      seen += 1;
      expect(await page.locator("h1").count()).toBeGreaterThan(0);
      expect(asked.filter((url) => !url.startsWith(`${service.address}/`))).toEqual([]);
      expect(asked.length).toBeLessThanOrEqual(10);
      if (!looked.has(path) || DIFFERENT.includes(path)) await expectHandsome(page, [role, path]);
      looked.add(path);
      // Whoever goes on at once leaves an icon half fetched.
      expect([role, path, complaints.filter((one) => !one.includes("icon.svg"))]).toEqual([role, path, []]);
    }
    expect(seen).toBeGreaterThan(1);
    await page.close();
  });

  it("before signing in is handsome too", async () => {
    const { page } = await opened(null);
    for (const path of ["/sign-in", "/invite", "/nowhere"]) {
      await page.goto(`${service.address}${path}`);
      await expectHandsome(page, [path]);
    }
    await page.close();
  });

  it("weighs little, runs no script but the one that keeps it fresh, and needs none", async () => {
    const headers = { cookie: `sverka=${await tokenOf("deputy")}` };
    for (const path of plainPages()) {
      const text = await (await fetch(`${service.address}${path}`, { headers })).text();
      const script = /<script(?! type="module" src="\/assets\/live.js"><)|<style|\sstyle=|\son\w+=|javascript:/i;
      expect([path, script.exec(text)]).toEqual([path, null]);
      expect([path, text.length < 400_000]).toEqual([path, true]);
    }
  });
});
