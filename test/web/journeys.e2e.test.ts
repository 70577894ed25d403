import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { firstCode } from "../../src/access/accounts.ts";
import { hmacSha1 } from "../../src/access/secrets.ts";
import { accessNeeds } from "../../src/cli/needs.ts";
import { codeAt, stepAt } from "../../src/domain/access/totp.ts";
import { type Service, startService } from "../../src/service.ts";
import { accountByLogin, secretsOf } from "../../src/store/access/accounts.ts";
import { listAudit, verifyAudit } from "../../src/store/access/audit.ts";
import { listFindings } from "../../src/store/findings.ts";
import { launchBrowser } from "../support/browser.ts";
import { type LivingHouse, openLivingHouse } from "../support/living-house.ts";
import { passesAt } from "../support/service.ts";
import { letIn, openPage, signedIn, textOf } from "./support.ts";

// What people come for, hand by hand in a real browser.

const PASSWORD = "дождь по крыше стучит";
let living: LivingHouse;
let service: Service;
let browser: Browser;
beforeAll(async () => {
  living = await openLivingHouse({
    generate: { seed: 20, classes: 4, pupils: 24 },
    files: { "school.yaml": "mail: { deputyDirector: zavuch@school.example }\n" },
  });
  service = await startService(living.house, { clock: false, web: true });
  browser = await launchBrowser();
  const { house } = living;
  await passesAt(house, service, ["2026-11-16T12:00", "2026-11-16T23:50", "2026-12-02T07:30"]);
});
afterAll(async () => {
  await browser.close();
  await service.stop();
  await living.close();
});

async function phoneCode(login: string, shift = 0): Promise<string> {
  const needs = accessNeeds(living.house);
  const account = await accountByLogin(living.house.store.pool, needs.schoolId, login);
  const { totpSecret } = await secretsOf(living.house.store.pool, needs.schoolId, account?.id ?? 0);
  const secret = needs.cipher.open(totpSecret ?? Buffer.alloc(0), `totp/${account?.id}`) ?? Buffer.alloc(0);
  return codeAt(hmacSha1, secret, stepAt(needs.clock.now()) + shift);
}

describe("a first start", () => {
  it("leads from the terminal's link to a password, the phone, recovery codes, and an invitation", async () => {
    const { page } = await openPage(browser);
    const first = await firstCode(accessNeeds(living.house));
    await page.goto(`${service.address}/invite/${first?.code}`);
    await page.getByLabel("Ваше имя").fill("Родникова В. И.");
    await page.getByLabel("Логин").fill("rodnikova");
    await page.getByLabel("Новый пароль").fill("123456789012");
    await page.getByLabel("Ещё раз").fill("123456789012");
    await page.getByRole("button", { name: "Сохранить" }).click();
    expect(await textOf(page)).toContain("из самых распространённых");
    await page.getByLabel("Ваше имя").fill("Родникова В. И.");
    await page.getByLabel("Логин").fill("rodnikova");
    await page.getByLabel("Новый пароль").fill(PASSWORD);
    await page.getByLabel("Ещё раз").fill(PASSWORD);
    await page.getByRole("button", { name: "Сохранить" }).click();

    // Nothing else opens before the phone is set up.
    await page.goto(`${service.address}/passes`);
    expect(await textOf(page)).toContain("одного пароля мало");
    await page.getByLabel("Шесть цифр").fill(await phoneCode("rodnikova", -1));
    await page.getByRole("button", { name: "Включить" }).click();
    await expect.poll(() => page.locator(".codes li").count()).toBe(10);
    await page.getByRole("link", { name: "дальше" }).click();
    expect(await textOf(page)).toContain("Здравствуйте, Родникова В. И.");

    await page.getByRole("link", { name: "Люди" }).click();
    await page.getByLabel("Имя, как в журнале").fill("Полев И. И.");
    await page.locator('form[action="/people/invite"]').getByLabel("учитель-предметник").check();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Пригласить" }).click();
    expect((await download).suggestedFilename()).toBe("Приглашение polev.ii.pdf");
    await page.goto(`${service.address}/people`);
    expect(await textOf(page)).toContain("приглашён, ещё не входил");

    await page.getByRole("button", { name: "Выйти" }).click();
    expect(await textOf(page)).toContain("Вы вышли.");
    await page.getByLabel("Логин").fill("rodnikova");
    await page.getByLabel("Пароль").fill(PASSWORD);
    await page.getByRole("button", { name: "Войти" }).click();
    await page.getByLabel("Шесть цифр").fill(await phoneCode("rodnikova"));
    await page.getByRole("button", { name: "Войти", exact: true }).click();
    expect(await textOf(page)).toContain("Здравствуйте, Родникова В. И.");
    await page.close();
  });
});

describe("a deputy director", () => {
  it("finds, takes two away with a reason, and the second one who tries is told", async () => {
    const [one, other] = [await openPage(browser), await openPage(browser)];
    for (const { page } of [one, other]) {
      await letIn(page, service.address, await signedIn(living.house, ["deputy"], { name: "Садова Е. Н." }));
      await page.goto(`${service.address}/findings?severity=violation`);
      await page.locator('input[name="ids"]').nth(0).check();
      await page.locator('input[name="ids"]').nth(1).check();
      await page.getByLabel("Почему снимается").fill("Болезнь, <b>больничный</b> =1+1");
    }
    await one.page.getByRole("button", { name: "Снять отмеченные" }).click();
    expect(await textOf(one.page)).toContain("Замечания сняты.");
    await other.page.getByRole("button", { name: "Снять отмеченные" }).click();
    expect(await textOf(other.page)).toContain("уже снято");
    const waived = await listFindings(living.house.store, living.house.school.id, { statuses: ["waived"] });
    expect(waived).toHaveLength(2);
    await one.page.goto(`${service.address}/findings/${waived[0]?.id}`);
    expect(await textOf(one.page)).toContain("Болезнь, <b>больничный</b> =1+1");
    expect(await textOf(one.page)).toContain("Садова Е. Н.");
    const audit = await listAudit(living.house.store.pool, living.house.school.id, {
      action: "findings.waive",
      limit: 5,
    });
    expect(audit).toHaveLength(1);
    for (const { page } of [one, other]) await page.close();
  });

  it("makes the month's control, fixes its conclusion and sends it, once", async () => {
    const { page } = await openPage(browser);
    await letIn(page, service.address, await signedIn(living.house, ["deputy"]));
    await page.goto(`${service.address}/control`);
    await page.getByRole("button", { name: "Составить" }).click();
    expect(await textOf(page)).toContain("Заключение – проект");
    const pdf = await page.request.get(`${page.url().split("?")[0]}.pdf`);
    expect(pdf.headers()["content-type"]).toBe("application/pdf");
    await page.getByLabel("Текст заключения").fill("Замечания устранить до пятницы.");
    await page.getByRole("button", { name: "Утвердить" }).click();
    expect(await textOf(page)).toContain("Заключение утверждено");
    expect(await page.getByLabel("Текст заключения").count()).toBe(0);
    expect(await living.house.store.prisma.delivery.count({ where: { kind: "control" } })).toBeGreaterThan(0);
    await page.close();
  });
});

describe("a teacher", () => {
  it("who tries somebody else's page is told why not, and it is written down", async () => {
    const { page } = await openPage(browser);
    const findings = await listFindings(living.house.store, living.house.school.id);
    const own = findings.find(({ accountable }) => accountable !== null);
    const foreign = findings.find(
      ({ accountable }) => accountable !== null && accountable.name !== own?.accountable?.name,
    );
    const staffName = own?.accountable?.name ?? null;
    await letIn(page, service.address, await signedIn(living.house, ["subject-teacher"], { staffName }));
    expect((await page.goto(`${service.address}/findings/${own?.id}`))?.status()).toBe(200);
    expect((await page.goto(`${service.address}/findings/${foreign?.id}`))?.status()).toBe(403);
    expect(await textOf(page)).toContain("У вас нет доступа");
    await page.goto(`${service.address}/findings?status=all`);
    expect(await page.locator(`a[href="/findings/${foreign?.id}"]`).count()).toBe(0);
    const [denied] = await listAudit(living.house.store.pool, living.house.school.id, { action: "denied", limit: 1 });
    expect(denied?.object).toBe(`finding/${foreign?.id}`);
    expect((await verifyAudit(living.house.store, living.house.school.id)).found).toBeNull();
    await page.close();
  });
});
