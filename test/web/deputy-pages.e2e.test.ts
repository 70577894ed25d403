import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../../src/domain/access/roles.ts";
import { type Service, startService } from "../../src/service.ts";
import { listAudit } from "../../src/store/access/audit.ts";
import { listPrintJobs } from "../../src/store/print-jobs.ts";
import { loadTrend, type TrendOrder, type TrendRow } from "../../src/store/trend.ts";
import { launchBrowser } from "../support/browser.ts";
import { type LivingHouse, openLivingHouse } from "../support/living-house.ts";
import { passesAt } from "../support/service.ts";
import { violations } from "./axe.ts";
import { halfPrinted } from "./half-printed.ts";
import { faintTexts, openAs, sideways, textOf } from "./support.ts";

// What a deputy director has on the last day of the month: how it went, who has read the control, which print is stuck. Without scripts.

let living: LivingHouse;
let service: Service;
let browser: Browser;
beforeAll(async () => {
  living = await openLivingHouse({ generate: { seed: 20, classes: 4, pupils: 24 } });
  service = await startService(living.house, { clock: false, web: true });
  browser = await launchBrowser();
  const { house } = living;
  await passesAt(house, service, ["2026-11-16T23:50", "2026-11-24T23:50", "2026-12-02T07:30"]);
});
afterAll(async () => {
  await browser.close();
  await service.stop();
  await living.close();
});

const auditOf = (action: string) => listAudit(living.house.store.pool, living.house.school.id, { action, limit: 100 });

const open = (role: Role, options?: Parameters<typeof openAs>[3]) =>
  openAs(browser, { house: living.house, address: service.address }, role, options);

async function expectHandsome(page: Page, name: string) {
  for (const [width, colorScheme] of [
    [1366, "light"],
    [360, "dark"],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}-${width}.png`, fullPage: true });
    expect([name, width, await sideways(page)]).toEqual([name, width, 0]);
    expect([name, width, await faintTexts(page)]).toEqual([name, width, []]);
  }
  expect([name, await violations(page)]).toEqual([name, []]);
}

const TREND_CASES = 'a[href^="/findings?status=counted"]';
const COUNTS = ["inTime", "late", "missing", "violation", "unproved"] as const;

/** The links of a page, or every n-th of them, each with the number that it bears and the number of cases on the list behind it. */
async function numbersBehind(page: Page, path: string, selector: string, { every = 1, atLeast = 3 } = {}) {
  await page.goto(`${service.address}${path}`);
  const links = await page
    .locator(selector)
    .evaluateAll((all) => all.map((one) => [one.getAttribute("href"), one.textContent]));
  expect(links.length).toBeGreaterThanOrEqual(atLeast);
  const numbers: { address: string | null | undefined; said: number; behind: number }[] = [];
  for (const [address, said] of links.filter((_, index) => index % every === 0)) {
    await page.goto(`${service.address}${address}`);
    const behind = await page.locator("h1 small").textContent();
    numbers.push({ address, said: numberIn(said), behind: numberIn(behind) });
  }
  return numbers;
}

const numberIn = (text: string | null | undefined) => Number(text?.replace(/\D/g, ""));

describe("the numbers of open and late cases", () => {
  it("lead to exactly their cases, and count nothing that is unproved, waived or withdrawn", async () => {
    const { finding } = living.house.store.prisma;
    const violations = await finding.findMany({ where: { severity: "violation", verdict: { not: "unproved" } } });
    const openOnes = violations.filter(({ status }) => status === "open");
    const [unproved, ofSchool] = [openOnes.slice(0, 2), openOnes.slice(2, 4)];
    const waived = violations.filter(({ status, verdict }) => status === "settled" && verdict === "late").slice(0, 2);
    expect([unproved.length, waived.length]).toEqual([2, 2]);
    const change = (cases: readonly { id: string }[], data: object) =>
      finding.updateMany({ where: { id: { in: cases.map(({ id }) => id) } }, data });
    await change(unproved, { verdict: "unproved" });
    await change(waived, { status: "waived" });
    await change(ofSchool, { classExternalId: "", className: "вся школа" });
    const page = await open("deputy");
    try {
      const overview = await numbersBehind(page, "/overview", "a.case", { atLeast: 11 });
      await page.goto(`${service.address}/overview`);
      expect(await textOf(page)).toContain(`вся школа ${ofSchool.length}`);
      expect(overview[0]?.said).toBe(openOnes.length - unproved.length);
      for (const { address, said, behind } of [...overview, ...(await numbersBehind(page, "/", "a.case"))])
        expect([address, said]).toEqual([address, behind]);
    } finally {
      for (const { id, verdict, status, classExternalId, className } of [...unproved, ...waived, ...ofSchool])
        await finding.update({ where: { id }, data: { verdict, status, classExternalId, className } });
      await page.close();
    }
  });
});

describe("the trend", () => {
  it("says week by week and month by month how it went, and every number of cases leads to exactly them", async () => {
    const page = await open("deputy");
    // Every fifth will do: they are many.
    for (const unit of ["week", "month"])
      for (const { address, said, behind } of await numbersBehind(page, `/overview?unit=${unit}`, TREND_CASES, {
        every: 5,
        atLeast: 11,
      }))
        expect([address, said]).toEqual([address, behind]);
    await page.close();
  });

  it("sums the same by week, class, person and rule, of all and of each of them alone", async () => {
    const { store, school } = living.house;
    const span = { unit: "week", from: "2026-11-16", to: "2026-12-06", since: "2026-11-16" } as const;
    const of = (filters: Partial<TrendOrder>) => loadTrend(store, school.id, { ...span, ...filters });
    const sum = (rows: readonly TrendRow[]) => COUNTS.map((key) => rows.reduce((total, row) => total + row[key], 0));
    const whole = await of({});
    expect(sum(whole.periods)[0]).toBeGreaterThan(100);
    expect(whole.people.length).toBeGreaterThan(2);
    for (const rows of [whole.classes, whole.people, whole.rules]) expect(sum(rows)).toEqual(sum(whole.periods));
    const narrowed = [
      ...whole.classes.map((row) => [{ classExternalId: row.key }, row] as const),
      ...whole.people.map((row) => [{ accountable: row.key }, row] as const),
      ...whole.rules.map((row) => [{ rule: row.key }, row] as const),
    ];
    for (const [filters, row] of narrowed)
      expect([filters, sum((await of(filters)).periods)]).toEqual([filters, sum([row])]);
  });

  it("is drawn for those who see it and told to those who do not, and narrows to a class, a person, a rule", async () => {
    const page = await open("deputy", { javaScriptEnabled: true });
    await page.goto(`${service.address}/overview`);
    expect(await page.locator(".chart svg[role=img]").getAttribute("aria-label")).toMatch(/^Вовремя: от \d+ до \d+ %/);
    await expectHandsome(page, "overview");
    await page.setViewportSize({ width: 1366, height: 900 });
    const whole = await page.locator('a[href^="/findings?status=counted"]').count();
    await page.locator("select[name=class]").selectOption({ index: 1 });
    await page.getByRole("button", { name: "Показать" }).click();
    await page.waitForLoadState();
    expect(page.url()).toMatch(/class=\d+/);
    expect(await page.locator('a[href^="/findings?status=counted"]').count()).toBeLessThan(whole);
    await page.goto(`${service.address}/overview?class=nobody&person=%00&rule=';--`);
    expect(await textOf(page)).toContain("ни один срок ещё не проверен");
    await page.close();
  });

  it("counts kept deadlines for every week as the check does for the year", async () => {
    const { store, school } = living.house;
    const { rows } = await store.pool.query<{ weeks: number; year: number }>(
      `SELECT (SELECT sum(in_time)::int FROM week_tally WHERE school_id = $1 AND rule = 'lesson-same-day') AS weeks,
         (SELECT sum((t->>'inTime')::int)::int FROM "check" c, jsonb_array_elements(c.tallies) t WHERE c.id = (SELECT max(id) FROM "check" WHERE school_id = $1)
           AND t->>'rule' = 'lesson-same-day') AS year`,
      [school.id],
    );
    expect(rows[0]?.weeks).toBeGreaterThan(0);
    expect(rows[0]?.weeks).toBe(rows[0]?.year);
  });
});

describe("a control", () => {
  it("tells who has read it and who noted so, once for each, and not before its conclusion", async () => {
    const page = await open("deputy");
    await page.goto(`${service.address}/control`);
    await page.getByRole("button", { name: "Составить" }).click();
    expect(await textOf(page)).toContain("Отмечать можно после утверждения заключения");
    await page.getByRole("button", { name: "Утвердить" }).click();
    const [first, second] = [page.locator('input[name="people"]').nth(0), page.locator('input[name="people"]').nth(1)];
    const people = [await first.getAttribute("value"), await second.getAttribute("value")];
    const place = page.url().split("?")[0] ?? "";
    const other = await open("deputy");
    await other.goto(place);

    await page.getByRole("button", { name: "Отмеченные ознакомлены" }).click();
    expect(await textOf(page)).toContain("Никто не отмечен");
    await page.goto(place);
    await first.check();
    await page.getByLabel("День ознакомления").fill("2026-11-01");
    await page.getByRole("button", { name: "Отмеченные ознакомлены" }).click();
    expect(await textOf(page)).toContain("не раньше утверждения заключения");
    await page.goto(place);
    await first.check();
    await second.check();
    await page.getByRole("button", { name: "Отмеченные ознакомлены" }).click();
    expect(await textOf(page)).toContain("Отмечено: ознакомлены.");
    expect(await textOf(page)).toMatch(/С результатами ознакомлены 2 из \d+/);

    await other.locator('input[name="people"]').nth(0).check();
    await other.getByRole("button", { name: "Отмеченные ознакомлены" }).click();
    expect(await textOf(other)).toContain("Эти люди уже отмечены");
    const [noted] = await auditOf("control.read");
    expect(JSON.parse(noted?.details ?? "{}")).toEqual({ on: "2026-12-02", people });

    await page.locator(`form:has(input[value="${people[1]}"]) button:has-text("Убрать")`).click();
    expect(await textOf(page)).toMatch(/ознакомлены 1 из \d+/);
    expect(await auditOf("control.unread")).toHaveLength(1);
    await page.goto(`${service.address}/control`);
    expect(await page.locator('a[href$="#readers"]').textContent()).toBe("1");
    await page.close();
    await other.close();
  });

  it("is handsome with its readers", async () => {
    const page = await open("deputy", { javaScriptEnabled: true });
    await page.goto(`${service.address}/control/2026-11`);
    await expectHandsome(page, "control-readers");
    await page.close();
  });
});

describe("a half-printed batch", () => {
  it("asks whoever may decide, goes on from the page they say, and tells the second one that it is over", async () => {
    const { house, school } = living;
    const [own, foreign] = [school.classes[0], school.classes[1]];
    const job = await halfPrinted(house, own?.id ?? "");
    await halfPrinted(house, foreign?.id ?? "");
    const page = await open("class-teacher", { staffName: own?.teacherName ?? null });
    await page.goto(`${service.address}/notices`);
    // Of other classes nothing is seen, and nothing can be decided.
    expect(await page.locator("article").count()).toBe(1);
    expect(await textOf(page)).toContain("Вышло 2 из 6 страниц");
    const other = await open("deputy");
    await other.goto(`${service.address}/notices`);
    expect(await other.locator("article").count()).toBe(2);

    await page.getByLabel("Следующая страница").fill("4");
    await page.getByRole("button", { name: "Печатать с этой страницы" }).click();
    expect(await textOf(page)).toContain("Печать продолжится в течение минуты.");
    const jobs = await listPrintJobs(house.store, house.school.id);
    expect(jobs.find(({ id }) => id === job)).toMatchObject({ state: "cancelled" });
    expect(jobs.at(-1)).toMatchObject({ state: "waiting", fromPage: 4 });
    const [decided] = await auditOf("notices.continue");
    expect([decided?.object, decided?.details]).toEqual([`print/${job}`, '{"page":4,"word":"from"}']);

    await other
      .locator(`form[action="/prints/${job}/continue"]`)
      .getByRole("button", { name: "Всё напечатано" })
      .click();
    expect(await textOf(other)).toContain(`Печать № ${job} уже отменена`);
    for (const one of [page, other]) await one.close();
  });

  it("is handsome, and can be given up", async () => {
    const page = await open("deputy", { javaScriptEnabled: true });
    await page.goto(`${service.address}/notices`);
    await expectHandsome(page, "prints");
    await page
      .getByRole("button", { name: /^Больше не печатать/ })
      .last()
      .click();
    expect(await textOf(page)).toContain("Печать отменена.");
    await page.close();
  });
});
