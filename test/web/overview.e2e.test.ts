import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { composeDailyMail } from "../../jobs/compose-daily-mail.ts";
import { syncSchool } from "../../jobs/sync-school.ts";
import { type Service, startService } from "../../src/service.ts";
import { latestPasses } from "../../src/store/passes.ts";
import { launchBrowser } from "../support/browser.ts";
import { type LivingHouse, openLivingHouse } from "../support/living-house.ts";
import { idle, order } from "../support/service.ts";
import { faintTexts, letIn, openPage, SESSION_COOKIE, sideways, signedIn, unfold } from "./support.ts";

// The first page in a real browser, over a real store that lives through a school's week: empty, running, complete, partly read, refused.

const at = (text: string) => Temporal.Instant.from(`${text}+03:00`).epochMilliseconds;
const WIDTHS = [360, 1366, 1920] as const;
const SCHEMES = ["light", "dark"] as const;

let living: LivingHouse;
let service: Service;
let browser: Browser;
beforeAll(async () => {
  living = await openLivingHouse({
    generate: { seed: 20, classes: 6, pupils: 36 },
    files: {
      "school.yaml": "mail: { deputyDirector: zavuch@school.example, administrator: admin@school.example }\n",
    },
  });
  service = await startService(living.house, { clock: false, web: true });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await service.stop();
  await living.close();
});

const begin = (moment: string) => {
  living.house.simulatedClock?.set(at(moment));
  const schoolId = living.house.school.id;
  return order(service.queue, syncSchool, { schoolId, scheduledAt: at(moment) }, at(moment));
};
async function pass(moment: string) {
  await begin(moment);
  await idle(service.queue);
}
const PATHS = ["/passes", "/overview"] as const;
async function look(path: (typeof PATHS)[number], options: Parameters<typeof openPage>[1] = {}) {
  const watched = await openPage(browser, { locale: "ru-RU", ...options });
  await letIn(watched.page, service.address, await signedIn(living.house, ["deputy"]));
  await watched.page.goto(`${service.address}${path}`);
  return watched;
}
/** The text of both pages, its spaces made plain. */
async function said(): Promise<string> {
  let text = "";
  for (const path of PATHS) {
    const { page } = await look(path);
    text += await page.evaluate<string>("document.body.innerText");
    await page.close();
  }
  return text.replaceAll(/[\s\u00a0]+/g, " ");
}
/** In each width and scheme: nothing hides at the side, nothing is too faint to read, nothing is asked from outside. */
async function expectHandsome(): Promise<void> {
  for (const path of PATHS) await expectPage(path);
}
async function expectPage(path: (typeof PATHS)[number]) {
  const { page, asked, complaints } = await look(path);
  await unfold(page);
  for (const width of WIDTHS) {
    for (const colorScheme of SCHEMES) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      expect([path, width, colorScheme, await sideways(page)]).toEqual([path, width, colorScheme, 0]);
      expect([path, width, colorScheme, await faintTexts(page)]).toEqual([path, width, colorScheme, []]);
    }
  }
  expect(asked.filter((url) => !url.startsWith(`${service.address}/`))).toEqual([]);
  expect(asked.length).toBeGreaterThan(1);
  expect(complaints).toEqual([]);
  await page.close();
}

describe("the overview and the passes", () => {
  it("says before the first pass that there was none, when it will be, and how not to wait", async () => {
    const text = await said();
    expect(text).toContain("УЧЕБНЫЕ ДАННЫЕ");
    expect(text).toContain("Ещё ни одного прохода Первый начнётся сегодня в 12:00");
    expect(text).toContain("npx sverka sync");
    expect(text).toContain("Правила ещё не проверялись");
    expect(text).toContain("Письмо заместителю директора завтра в 07:00");
    await expectHandsome();
  });

  it("shows a pass under way, and looks again by itself soon", async () => {
    living.emulator.faults.add({ kind: "latency", latencyMs: 150 });
    await begin("2026-11-16T12:00");
    await expect
      .poll(async () => (await latestPasses(living.house.store, living.house.school.id, 1))[0]?.state)
      .toBe("running");
    const { page } = await look("/passes");
    expect(await page.locator("h1").textContent()).toBe("Идёт проход по журналу");
    expect(await page.locator("progress").count()).toBe(1);
    expect(await page.locator("main").getAttribute("data-refresh")).toBe("3");
    living.emulator.faults.clear();
    await idle(service.queue);
    // By itself: nobody reloads it here.
    await page.getByText("Последний проход: полный").waitFor();
    await page.close();
  });

  it("shows the last pass with its pages and changes, evidence, open findings, next ticks and the outbox", async () => {
    for (const moment of ["15:00", "21:00", "23:50"]) await pass(`2026-11-16T${moment}`);
    await pass("2026-11-17T07:30");
    await order(
      service.queue,
      composeDailyMail,
      { schoolId: living.house.school.id, day: "2026-11-17" },
      at("2026-11-17T07:31"),
    );
    await idle(service.queue);
    const [last] = await latestPasses(living.house.store, living.house.school.id, 1);
    const open = await living.house.store.prisma.finding.count({
      where: { status: "open", severity: "violation", verdict: { not: "unproved" } },
    });
    const text = await said();
    expect(text).toContain("Последний проход: полный Сегодня в 07:30, длился");
    expect(text).toContain(`страниц прочитано ${last?.pagesDone} без изменений ${last?.pagesSame} не получено 0`);
    expect(text).toContain(`записей: новых ${last?.added} изменённых ${last?.changed} исчезнувших ${last?.vanished}`);
    expect(open).toBeGreaterThan(0);
    expect(text).toMatch(new RegExp(`открыт\\S+ нарушен\\S+ ${open} `));
    expect(text).toMatch(/сроков доказано \d+ %/);
    expect(text).toContain("Урок записан в день проведения");
    expect(text).toContain("порядок order-204/1");
    expect(text).toContain("Проход по журналу сегодня в 12:00");
    expect(text).toMatch(/ждёт отправки 1 /);
    expect(text).toContain("письма ложатся файлами в папку");
    expect(text).toContain("АВЕРС: Электронный Классный Журнал 4.1 (23813)");
    await expectHandsome();
  });

  it("names the school as the journal does, and no pupil", async () => {
    const text = await said();
    expect(text).toContain(living.school.name);
    for (const { fullName } of living.school.pupils) expect(text).not.toContain(fullName);
  });

  it("shows a pass that was partly read with what was missing, and what to do about it", async () => {
    const [one, other] = living.school.pupils;
    living.emulator.faults.add({ kind: "html", action: "GET_STUDENT_LESSONS", student: one?.id ?? "" });
    living.emulator.faults.add({ kind: "empty", action: "GET_STUDENT_JOURNAL_DATA", student: other?.id ?? "" });
    await pass("2026-11-17T12:00");
    living.emulator.faults.clear();
    const text = await said();
    expect(text).toContain("Последний проход: с оговорками");
    expect(text).toContain(
      "Проход закончен не полностью: не получено страниц: 1, задержано страниц с массовым исчезновением: 1.",
    );
    expect(text).toContain("Часть журнала не прочитана");
    expect(text).toContain("Из журнала исчезло сразу много записей");
    await expectHandsome();
  });

  it("shows a failed pass with its sentence", async () => {
    living.emulator.faults.add({ kind: "html", action: "GET_CLASS_STORE_DATA" });
    await pass("2026-11-17T15:00");
    living.emulator.faults.clear();
    const text = await said();
    expect(text).toContain("Последний проход: не удался");
    expect(text).toContain("Журнал ответил непонятно");
    expect(text).toContain("Проход по журналу не удался");
  });

  it("says that a refused sign-in has stopped the passes, and promises no next one", async () => {
    living.emulator.faults.add({ kind: "changed-password" });
    await pass("2026-11-17T18:00");
    const { page } = await look("/passes");
    const alert = page.locator("details.grave").first();
    expect(await alert.getAttribute("open")).not.toBeNull();
    expect(await alert.textContent()).toContain("Журнал не принял логин или пароль, проходы остановлены");
    expect(await alert.textContent()).toContain("npx sverka sync");
    await page.close();
    expect(await said()).toContain("Проход по журналу остановлен, пока не исправят вход");
    await expectHandsome();
  });

  it("works without scripts, and can be read in the order it stands in", async () => {
    const { page } = await look("/passes", { javaScriptEnabled: false });
    const heads = await page.locator("h1, h2").allInnerTexts();
    expect(heads.map((head) => head.split(" ")[0])).toEqual([
      "Записи",
      "Требует",
      "Последний",
      "Проходы",
      "Что",
      "Почта",
    ]);
    await page.close();
  });

  it("shows what the mail server said of letters that do not go", async () => {
    const { pool } = living.house.store;
    await pool.query(
      "UPDATE delivery SET state = 'refused', attempts = 1, answer = '550 no such user' WHERE id = (SELECT min(id) FROM delivery)",
    );
    const text = await said();
    expect(text).toMatch(/отвергнуто 1 /);
    expect(text).toContain("отвергнуто – 550 no such user");
  });

  it("is not labelled where the store is a real one", async () => {
    const real = await openLivingHouse({
      at: null,
      generate: { seed: 1, classes: 1, pupils: 2 },
      files: { "school.yaml": "name: Школа № 7\n" },
    });
    const own = await startService(real.house, { clock: false, web: true });
    const cookie = `${SESSION_COOKIE}=${await signedIn(real.house, ["administrator"])}`;
    for (const path of ["/", "/passes", "/queues", "/nowhere", "/sign-in"]) {
      const text = await fetch(`${own.address}${path}`, { headers: { cookie } }).then((response) => response.text());
      expect(text).not.toContain("УЧЕБНЫЕ");
    }
    expect(await fetch(`${own.address}/sign-in`).then((response) => response.text())).toContain("Школа № 7");
    await own.stop();
    await real.close();
  });
});
