import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { followPrints } from "../../jobs/follow-prints.ts";
import { printedCode } from "../../src/domain/slip/code.ts";
import { type Service, startService } from "../../src/service.ts";
import { accountByLogin } from "../../src/store/access/accounts.ts";
import { listAudit } from "../../src/store/access/audit.ts";
import { addEntitlement } from "../../src/store/access/entitlements.ts";
import { latestPasses } from "../../src/store/passes.ts";
import { agree } from "../notices/paper-school.ts";
import { launchBrowser } from "../support/browser.ts";
import { type LivingHouse, openLivingHouse } from "../support/living-house.ts";
import { idle, order, passesAt } from "../support/service.ts";
import { violations } from "./axe.ts";
import { letIn, openPage, sideways, signedIn, textOf } from "./support.ts";

// What has to be decided by hand: what is held back, and paper on its way out and home. In a real browser.

let living: LivingHouse;
let service: Service;
let browser: Browser;
beforeAll(async () => {
  living = await openLivingHouse({ generate: { seed: 20, classes: 2, pupils: 12 } });
  service = await startService(living.house, { clock: false, web: true });
  browser = await launchBrowser();
  await pass("2026-11-16T12:00");
});
afterAll(async () => {
  await browser.close();
  await service.stop();
  await living.close();
});

const pass = (moment: string) => passesAt(living.house, service, [moment]);
async function come(...of: Parameters<typeof signedIn> extends [unknown, ...infer Rest] ? Rest : never): Promise<Page> {
  const { page } = await openPage(browser, { locale: "ru-RU" });
  await letIn(page, service.address, await signedIn(living.house, ...of));
  await page.goto(`${service.address}/`);
  return page;
}
/** What stands for eyes, and after it for whoever cannot see which of several it is. */
const named = (what: string, whose: string | undefined) => new RegExp(`${what}\\s*:\\s*${RegExp.escape(whose ?? "")}`);
const lastLine = async (action: string) => {
  const { store, school } = living.house;
  return (await listAudit(store.pool, school.id, { action, limit: 1 }))[0];
};

describe("the quarantine", () => {
  it("is shown with what would vanish, and lets an administrator wait; the rows only to those who may see marks", async () => {
    living.emulator.faults.add({ kind: "empty", action: "GET_STUDENT_JOURNAL_DATA" });
    await pass("2026-11-16T15:00");
    const page = await come(["administrator"]);
    await page.getByRole("link", { name: "Из журнала исчезло сразу много записей" }).click();
    const said = await textOf(page);
    const [klass] = living.school.classes;
    expect(said).toContain(`${klass?.name}: отметки и пропуски 6 страниц`);
    expect(said).toMatch(/исчезло бы \d+/);
    expect(said).toContain("журнал показывает 0");
    for (const { fullName } of living.school.pupils) expect(said).not.toContain(fullName.split(" ")[0]);
    expect(await page.getByRole("link", { name: "Посмотреть каждую запись" }).count()).toBe(0);
    expect(await violations(page)).toEqual([]);

    const rows = `${service.address}/passes/held/${klass?.id}`;
    expect((await page.goto(rows))?.status()).toBe(403);
    const deputy = await come(["deputy"]);
    await deputy.goto(`${service.address}/passes/held`);
    expect(await deputy.getByRole("button", { name: "принять" }).count()).toBe(0);
    await deputy
      .getByRole("link", { name: named("Посмотреть каждую запись", klass?.name) })
      .first()
      .click();
    const shown = await textOf(deputy);
    const own = living.school.pupils.filter(({ classId }) => classId === klass?.id);
    expect(own.filter(({ fullName }) => shown.includes(fullName)).length).toBeGreaterThan(0);
    expect(await sideways(deputy)).toBe(0);
    expect(await violations(deputy)).toEqual([]);
    expect(await lastLine("journal.see")).toMatchObject({ object: `held/${klass?.id}` });

    await page.goto(`${service.address}/passes/held`);
    await page.getByRole("button", { name: named("Подождать следующего прохода", klass?.name) }).click();
    expect(await textOf(page)).toContain("Решено подождать");
    expect(await lastLine("quarantine.wait")).toMatchObject({ object: `held/${klass?.id}/entries` });
    for (const one of [page, deputy]) await one.close();
  });

  it("lets the next pass take over what is accepted, and tells the second one who decides", async () => {
    const [one, other] = [await come(["administrator"]), await come(["administrator"])];
    const [, klass] = living.school.classes;
    for (const page of [one, other]) await page.goto(`${service.address}/passes/held`);
    await one.getByRole("button", { name: named("принять", klass?.name) }).click();
    expect(await textOf(one)).toContain("Решено принять");
    await other.getByRole("button", { name: named("принять", klass?.name) }).click();
    expect(await textOf(other)).toContain("решил кто-то другой");
    const { store, school } = living.house;
    expect(await listAudit(store.pool, school.id, { action: "quarantine.accept", limit: 9 })).toHaveLength(1);

    // Ten minutes later: what one waits for is held still, what was accepted is gone.
    await pass("2026-11-16T15:10");
    const [last] = await latestPasses(store, school.id, 1);
    expect(last).toMatchObject({ quarantined: 6 });
    expect(last?.vanished).toBeGreaterThan(0);
    living.emulator.faults.clear();
    await pass("2026-11-16T15:20");
    await one.goto(`${service.address}/passes/held`);
    expect(await textOf(one)).toContain("Сейчас ничего не задержано");
    for (const page of [one, other]) await page.close();
  });
});

describe("paper", () => {
  it("is composed and printed by the deputy, handed out by the class teacher, and its slip comes home by its code", async () => {
    const { store, school, simulatedClock } = living.house;
    const [klass] = living.school.classes;
    const pupils = living.school.pupils.filter(({ classId }) => classId === klass?.id).slice(0, 3);
    const at = living.house.clock.now();
    await agree(store, school.id, { way: "paper", pupils: pupils.map(({ id }) => id), at });
    const deputy = await come(["deputy"]);
    await deputy.getByRole("link", { name: "Уведомления" }).click();
    await deputy.getByRole("button", { name: "Составить те, которым пришёл срок" }).click();
    expect(await textOf(deputy)).toContain("Никому ещё не пора");
    simulatedClock?.set(at + 72 * 3_600_000);
    await deputy.getByRole("button", { name: "Составить те, которым пришёл срок" }).click();
    expect(await textOf(deputy)).toContain("Партия № 1 первые, новым семьям");
    expect(await lastLine("notices.compose")).toBeDefined();
    await order(service.queue, followPrints, { schoolId: school.id }, at);
    await idle(service.queue);
    await deputy.reload();
    const pdf = await deputy.request.get(`${service.address}/notices/1/${klass?.id}.pdf`);
    expect([pdf.status(), pdf.headers()["content-type"]]).toEqual([200, "application/pdf"]);
    expect(await lastLine("notices.print")).toMatchObject({ object: `notices/1/${klass?.id}` });

    const teacher = await come(["class-teacher"], { login: "leader", staffName: klass?.teacherName ?? null });
    await teacher.getByRole("link", { name: `Раздать распечатки, ${klass?.name}, партия № 1: 3` }).click();
    await teacher.getByLabel(named("отдать", pupils[0]?.fullName)).uncheck();
    await teacher.getByRole("button", { name: "Отмеченным отдано" }).click();
    expect(await textOf(teacher)).toContain("Отмечено: распечатки розданы.");
    expect(await teacher.locator('input[name="pupils"]').count()).toBe(1);

    const [notice] = await store.prisma.notice.findMany({ where: { pupilExternalId: pupils[1]?.id ?? "" } });
    await teacher.getByRole("link", { name: "Уведомления" }).click();
    const enter = async (code: string) => {
      await teacher.getByLabel("Корешок вернулся").fill(code);
      await teacher.getByRole("button", { name: "Принять" }).click();
      return textOf(teacher);
    };
    expect(await enter("1234 5678 9018")).toContain("Не получилось");
    await teacher.goBack();
    expect(await enter(printedCode(notice?.slipCode ?? ""))).toContain("Корешок принят.");
    expect(await lastLine("slips.enter")).toMatchObject({ object: `notice/${notice?.id}` });
    expect(await store.prisma.notice.count({ where: { returnedAt: { not: null } } })).toBe(1);

    // Of another class she sees nothing, and may not enter its slip.
    const stranger = await come(["class-teacher"], {
      login: "other",
      staffName: living.school.classes[1]?.teacherName ?? null,
    });
    expect((await stranger.goto(`${service.address}/notices/1/${klass?.id}`))?.status()).toBe(403);
    await stranger.goto(`${service.address}/notices`);
    await stranger.getByLabel("Корешок вернулся").fill(printedCode(notice?.slipCode ?? ""));
    await stranger.getByRole("button", { name: "Принять" }).click();
    expect(await textOf(stranger)).toContain("Это корешок другого класса");
    for (const page of [deputy, teacher, stranger]) await page.close();
  });

  it("shows an administrator marks of families only once the director's list names them", async () => {
    const { store, school } = living.house;
    const page = await come(["administrator"], { login: "entitled" });
    expect((await page.goto(`${service.address}/notices`))?.status()).toBe(403);
    const account = await accountByLogin(store.pool, school.id, "entitled");
    const of = { schoolId: school.id, accountId: account?.id ?? 0, at: Date.now(), by: account?.id ?? 0 };
    await addEntitlement(store.pool, { ...of, orderNumber: "31-ОД", orderDate: "2026-09-01" });
    expect((await page.goto(`${service.address}/notices`))?.status()).toBe(200);
    await page.close();
  });
});
