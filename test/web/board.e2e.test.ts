import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Service, startService } from "../../src/service.ts";
import { launchBrowser } from "../support/browser.ts";
import { type LivingHouse, openLivingHouse } from "../support/living-house.ts";
import { startRedis } from "../support/redis.ts";
import { passesAt } from "../support/service.ts";
import { letIn, openPage, sideways, signedIn } from "./support.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe.each(["PostgreSQL", "Redis"])("Bull Board over a queue in %s", (backend) => {
  let living: LivingHouse;
  let service: Service;
  let redis: Awaited<ReturnType<typeof startRedis>> | null;
  beforeAll(async () => {
    redis = backend === "Redis" ? await startRedis() : null;
    living = await openLivingHouse({
      generate: { seed: 20, classes: 1, pupils: 4 },
      variables: redis === null ? {} : { REDIS_URL: redis.url },
    });
    service = await startService(living.house, { clock: false, web: true });
    await pass("2026-11-16T12:00");
    living.emulator.faults.add({ kind: "changed-password" });
    await pass("2026-11-16T15:00");
  });
  afterAll(async () => {
    await service.stop();
    await living.close();
    await redis?.stop();
  });

  const pass = (moment: string) => passesAt(living.house, service, [moment]);

  it.each([360, 1366, 1920])(
    "shows each queue in Russian at %i px, labelled, and asks nothing from outside",
    async (width) => {
      const { page, asked, complaints } = await openPage(browser, { viewport: { width, height: 900 } });
      await letIn(page, service.address, await signedIn(living.house, ["administrator"]));
      await page.goto(`${service.address}/queues`);
      for (const name of ["Проход по журналу", "Проверка правил", "Письмо заместителю директора", "Отправка почты"])
        await page.getByText(name, { exact: true }).first().waitFor();
      await page.getByText("2 задачи").first().waitFor();
      await page.getByText("УЧЕБНЫЕ ДАННЫЕ").waitFor();
      expect(await page.title()).toBe("Сверка: очереди");
      expect(await sideways(page)).toBe(0);
      expect(asked.length).toBeGreaterThan(4);
      expect(asked.filter((url) => !url.startsWith(`${service.address}/`))).toEqual([]);
      expect(complaints).toEqual([]);
      await page.getByRole("link", { name: "← Сверка" }).last().click();
      await page.getByText("Здравствуйте").waitFor();
      await page.close();
    },
  );

  it("shows why a job failed, in our sentence, and its payload of ids", async () => {
    const { page, complaints } = await openPage(browser);
    await letIn(page, service.address, await signedIn(living.house, ["administrator"]));
    await page.goto(`${service.address}/queues/queue/sync-school?status=failed`);
    await page.getByText("sync-school.20261116T120000Z").first().waitFor();
    await page.locator("button", { hasText: "Данные" }).click();
    await page.getByText("scheduledAt").first().waitFor();
    const { jobs } = await page.evaluate<{ jobs: { data: object; failedReason: string }[] }>(
      `fetch("/queues/api/queues?activeQueue=sync-school&status=failed&page=1&jobsPerPage=10").then((r) => r.json()).then((all) => all.queues.find((q) => q.name === "sync-school"))`,
    );
    expect(jobs).toMatchObject([
      {
        data: { schoolId: 1, scheduledAt: expect.any(Number) },
        failedReason: expect.stringContaining("не принял логин или пароль"),
      },
    ]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it("opens over the real queue: what is paused there is paused here", async () => {
    const { page } = await openPage(browser);
    await letIn(page, service.address, await signedIn(living.house, ["administrator"]));
    await page.goto(`${service.address}/queues`);
    const status = await page.evaluate<number>(
      `fetch("/queues/api/queues/deliver-mail/pause", { method: "PUT" }).then((r) => r.status)`,
    );
    expect(status).toBe(200);
    const queue = service.queue.queues.find(({ name }) => name === "deliver-mail");
    expect(await queue?.isPaused()).toBe(true);
    await queue?.resume();
    await page.close();
  });
});
