import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../../src/domain/access/roles.ts";
import { type Service, startService } from "../../src/service.ts";
import { listAudit } from "../../src/store/access/audit.ts";
import type { EmulatedSchool } from "../emulator/index.ts";
import { launchBrowser } from "../support/browser.ts";
import { type LivingHouse, openLivingHouse } from "../support/living-house.ts";
import { passesAt } from "../support/service.ts";
import { violations } from "./axe.ts";
import { faintTexts, openAs, sideways, signedIn, textOf } from "./support.ts";

// The pages of the journal and the import of lists, in a real browser without scripts, over one school with its passes.

let living: LivingHouse;
let service: Service;
let browser: Browser;
/** A mark that was changed before the second pass, and one that was deleted before the third. */
let [changed, deleted] = [
  { lessonId: "", pupilId: "" },
  { lessonId: "", pupilId: "" },
];
const moment = (text: string) => Temporal.Instant.from(`2026-11-${text}+03:00`).epochMilliseconds;

beforeAll(async () => {
  living = await openLivingHouse({ generate: { seed: 20, classes: 4, pupils: 24 }, shape });
  service = await startService(living.house, { clock: false, web: true });
  browser = await launchBrowser();
  const { house } = living;
  await passesAt(house, service, ["2026-11-16T12:00", "2026-11-16T23:50", "2026-11-17T07:30"]);
});
/** Two plain marks of the term: one becomes another, one goes. */
function shape(school: EmulatedSchool): void {
  const marks = school.entries.filter(({ lessonId, events: [first, ...more] }) => {
    const lesson = school.lessons.find(({ externalId }) => externalId === lessonId);
    const plain = more.length === 0 && first !== undefined && first.at < moment("13T00:00") && first.content === "4";
    return plain && lesson !== undefined && lesson.group === 0 && lesson.date >= "2026-11-09";
  });
  const [one, other] = [marks[0], marks.find(({ lessonId }) => lessonId !== marks[0]?.lessonId)];
  if (one === undefined || other === undefined) throw new Error("the school has no such marks");
  Object.assign(one, { events: [...one.events, { at: moment("16T18:00"), content: "2" }] });
  Object.assign(other, { events: [...other.events, { at: moment("17T06:00"), content: null }] });
  [changed, deleted] = [one, other];
}
afterAll(async () => {
  await browser.close();
  await service.stop();
  await living.close();
});

const auditOf = (action: string) => listAudit(living.house.store.pool, living.house.school.id, { action, limit: 100 });

const open = (role: Role, options?: Parameters<typeof openAs>[3]) =>
  openAs(browser, { house: living.house, address: service.address }, role, options);

async function shot(page: Page, name: string) {
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}.png`, fullPage: true });
}

/** Pages are the same to axe at every width but the narrow one, where tables become cards. */
async function expectHandsome(page: Page, paths: readonly string[]) {
  const { width = 0 } = page.viewportSize() ?? {};
  for (const path of paths) {
    await page.goto(`${service.address}${path}`);
    await shot(page, `${path.replaceAll(/\W+/g, "_")}-${width}`);
    expect([path, await sideways(page)]).toEqual([path, 0]);
    expect([path, await faintTexts(page)]).toEqual([path, []]);
    if (width < 400) expect([path, await violations(page)]).toEqual([path, []]);
  }
  await page.close();
}

const pageOf = ({ lessonId }: { lessonId: string }) => {
  const lesson = living.school.lessons.find(({ externalId }) => externalId === lessonId);
  return `/journal/${lesson?.classId}~${lesson?.subjectId}`;
};
const cellOf = (page: Page, { lessonId, pupilId }: { lessonId: string; pupilId: string }) =>
  page.locator(`.journal a[href*="lesson=${lessonId}&pupil=${pupilId}"]`);

describe("a page of the journal", () => {
  it("is as it was known at the moment in its address, and a cell tells between which passes it changed", async () => {
    const page = await open("deputy");
    await page.goto(`${service.address}${pageOf(changed)}`);
    expect(await cellOf(page, changed).textContent()).toMatch(/^2/);
    expect(await cellOf(page, changed).getAttribute("class")).toBe("changed");
    expect(await textOf(page)).toContain("последний проход закончился 17 ноября 2026 г., 07:30");
    await shot(page, "journal");

    await page.getByLabel("На момент").fill("2026-11-16T12:30");
    await page.getByRole("button", { name: "Показать" }).click();
    expect(await cellOf(page, changed).textContent()).toBe("4");
    expect(page.url()).toContain("at=2026-11-16T12%3A30");
    expect(await textOf(page)).toContain("Как это было известно 16 ноября 2026 г., 12:30");

    await page
      .getByRole("link", { name: /^Позже/ })
      .first()
      .click();
    expect(await cellOf(page, changed).textContent()).toMatch(/^2/);
    await cellOf(page, changed).click();
    const told = await textOf(page);
    expect(told).toContain("Появилась не позже 16 ноября 2026 г., 12:00");
    expect(told).toContain("Изменилась между 16 ноября 2026 г., 12:00 и 16 ноября 2026 г., 23:50");
    await shot(page, "journal-cell");
    await page.close();
  });

  it("shows what was taken out of the journal, and since when", async () => {
    const page = await open("deputy");
    await page.goto(`${service.address}${pageOf(deleted)}`);
    expect(await cellOf(page, deleted).locator("s").textContent()).toBe("4");
    await cellOf(page, deleted).click();
    expect(await textOf(page)).toContain("Исчезла её уже не было 17 ноября 2026 г., 07:30");
    await page.goto(`${service.address}${pageOf(deleted)}?at=2026-11-17T00:00`);
    expect(await cellOf(page, deleted).locator("s").count()).toBe(0);
    await page.close();
  });

  it("says what it is before the first pass, for a moment that is none, and for a cell that is not there", async () => {
    const page = await open("deputy");
    await page.goto(`${service.address}${pageOf(changed)}?at=2026-11-10T12:00`);
    expect(await textOf(page)).toContain("К этому моменту страницу ещё никто не прочитал");
    await page.goto(`${service.address}${pageOf(changed)}?at=2026-99-99T99:99&term=%27%3B--`);
    expect(await textOf(page)).toContain("Как в журнале сейчас");
    const response = await page.goto(`${service.address}${pageOf(changed)}/cell?lesson=${"9".repeat(20)}`);
    expect([response?.status(), (await textOf(page)).includes("Такой записи на этой странице журнала нет")]).toEqual([
      422,
      true,
    ]);
    await page.close();
  });

  it("opens to a teacher for own pages only, of this very page only, and every look is written down", async () => {
    const { school } = living;
    const own = school.pages.find(({ classId, subjectId }) => pageOf(changed) === `/journal/${classId}~${subjectId}`);
    const staffName = school.staff.find(({ id }) => id === own?.holderId)?.name ?? null;
    const page = await open("subject-teacher", { staffName });
    const foreign = school.pages.find(({ holderId, group }) => holderId !== own?.holderId && group === 0);
    const before = (await auditOf("journal.see")).length;
    expect((await page.goto(`${service.address}${pageOf(changed)}`))?.status()).toBe(200);
    expect((await page.goto(`${service.address}/journal/${foreign?.classId}~${foreign?.subjectId}`))?.status()).toBe(
      403,
    );
    // A lesson of a foreign page under the address of an own one.
    const alien = school.lessons.find(
      ({ subjectId, classId }) => subjectId === foreign?.subjectId && classId === foreign?.classId,
    );
    const cell = await page.goto(`${service.address}${pageOf(changed)}/cell?lesson=${alien?.externalId}`);
    expect(cell?.status()).toBe(422);
    await page.goto(`${service.address}/journal`);
    expect(await page.locator(`a[href^="${pageOf(changed)}"]`).count()).toBe(1);
    expect(await page.locator(`a[href="/journal/${foreign?.classId}~${foreign?.subjectId}"]`).count()).toBe(0);
    const looks = await auditOf("journal.see");
    expect([looks.length - before, looks[0]?.object]).toEqual([1, pageOf(changed).slice(1)]);
    await page.close();
  });

  it.each([
    [360, "dark"],
    [1920, "light"],
  ] as const)("is handsome at %i px, %s", async (width, colorScheme) => {
    const cell = `${pageOf(changed)}/cell?lesson=${changed.lessonId}&pupil=${changed.pupilId}`;
    const page = await open("deputy", { viewport: { width, height: 900 }, colorScheme, javaScriptEnabled: true });
    await expectHandsome(page, [pageOf(changed), cell]);
  });
});

describe("an import", () => {
  const file = (text: string, name = "Учебный план.csv") => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
  /** The weekly hours of the first classes in one subject of each. */
  const curriculum = (hours: number) => {
    const { pages, classes, subjects } = living.school;
    const rows = classes.flatMap(({ id, name }) => {
      const page = pages.find(({ classId, group }) => classId === id && group === 0);
      const subject = subjects.find((one) => one.id === page?.subjectId);
      return subject === undefined ? [] : [`${name};${subject.name};${hours}`];
    });
    return ["Класс;Предмет;Часов в неделю", ...rows].join("\n");
  };
  const rowsInStore = () => living.house.store.prisma.curriculumRow.findMany({ select: { weeklyHours: true } });
  async function upload(page: Page, content: ReturnType<typeof file>, kind = "curriculum") {
    await page.goto(`${service.address}/import`);
    await page.getByLabel("Какой это список").selectOption(kind);
    await page.getByLabel("Файл XLSX или CSV").setInputFiles(content);
    await page.getByRole("button", { name: "Посмотреть, что изменится" }).click();
  }

  it("is looked at first, taken as a whole, and taken back", async () => {
    const page = await open("administrator");
    await upload(page, file(curriculum(3)));
    expect(await textOf(page)).toContain("Изменятся 4 записи");
    expect(await rowsInStore()).toHaveLength(0);
    await page.getByRole("button", { name: "Загрузить" }).click();
    expect(await textOf(page)).toContain("Список загружен.");
    expect(await rowsInStore()).toHaveLength(4);

    await upload(page, file(curriculum(4), "../..\\<b>План</b>\u202e.csv"));
    expect(await textOf(page)).toContain("было:");
    expect(await page.locator(".lead").first().textContent()).toContain("«b>.csv»");
    await shot(page, "import-draft");
    await page.getByRole("button", { name: "Загрузить" }).click();
    expect((await rowsInStore()).map(({ weeklyHours }) => weeklyHours)).toEqual([4, 4, 4, 4]);
    await shot(page, "import");
    const [other] = [await open("administrator")];
    await other.goto(`${service.address}/import`);
    await page.getByRole("button", { name: "Отменить" }).first().click();
    expect(await textOf(page)).toContain("Последняя загрузка отменена.");
    expect((await rowsInStore()).map(({ weeklyHours }) => weeklyHours)).toEqual([3, 3, 3, 3]);
    // The second one, whose page is older, is told.
    await other.getByRole("button", { name: "Отменить" }).first().click();
    expect(await textOf(other)).toContain("Последней теперь другая загрузка");
    expect(await rowsInStore()).toHaveLength(4);
    expect((await auditOf("import.write")).length).toBe(2);
    expect((await auditOf("import.undo")).length).toBe(1);
    for (const one of [page, other]) await one.close();
  });

  it("of a file with a row that nobody understands changes nothing, and says which", async () => {
    const page = await open("administrator");
    await upload(page, file(`${curriculum(5)}\nнет такого класса;Математика;2`));
    expect(await textOf(page)).toContain("Файл не принят: не понята 1 строка");
    expect(await page.getByRole("button", { name: "Загрузить" }).count()).toBe(0);
    await page.getByRole("button", { name: "Убрать файл" }).click();
    expect(await textOf(page)).toContain("Файл убран, ничего не записано.");
    expect((await rowsInStore()).map(({ weeklyHours }) => weeklyHours)).toEqual([3, 3, 3, 3]);
    await page.goto(`${service.address}/import/draft`);
    expect(await textOf(page)).toContain("Файла нет");
    await page.close();
  });

  it("refuses what is no table in plain words, and keeps none of it", async () => {
    const page = await open("administrator");
    for (const [content, said] of [
      [file(""), "он не выбран или пуст"],
      [file("\u0089PNG\r\n\u0000", "а.xlsx"), "Файл «а.xlsx»"],
      [file("<html><script>alert(1)</script>", "план.xls"), "страница HTML"],
      [file("PK\u0003\u0004????", "план.xlsx"), "Файл «план.xlsx»"],
    ] as const) {
      await upload(page, content);
      expect(await textOf(page)).toContain(said);
    }
    expect(await living.house.store.prisma.importDraft.count()).toBe(0);
    await page.close();
  });

  it("refuses what is too large while it comes, and a form without its token", async () => {
    const cookie = `sverka=${await signedIn(living.house, ["administrator"], { login: "administrator-null" })}`;
    const send = async (content: string | Uint8Array<ArrayBuffer>) => {
      const body = new FormData();
      body.append("kind", "curriculum");
      body.append("file", new Blob([content]), "план.csv");
      const answer = await fetch(`${service.address}/import`, { method: "POST", headers: { cookie }, body });
      return [answer.status, /<h1>(.*?)<\/h1>/.exec(await answer.text())?.[1]];
    };
    expect(await send(new Uint8Array(21 * 1024 * 1024))).toEqual([413, "Слишком много данных"]);
    expect(await send(curriculum(9))).toEqual([403, "Форма устарела"]);
    expect(await living.house.store.prisma.importDraft.count()).toBe(0);
  });

  it("writes nothing when the list has changed since it was looked at", async () => {
    const [one, other] = [await open("administrator"), await open("administrator", { staffName: "Другой А. А." })];
    await upload(one, file(curriculum(6)));
    await other.goto(`${service.address}/import/draft`);
    expect(await textOf(other)).toContain("Файла нет");
    await upload(other, file(curriculum(7)));
    await other.getByRole("button", { name: "Загрузить" }).click();
    await one.getByRole("button", { name: "Загрузить" }).click();
    expect(await textOf(one)).toContain("Пока вы смотрели, список или журнал изменились");
    expect((await rowsInStore()).map(({ weeklyHours }) => weeklyHours)).toEqual([7, 7, 7, 7]);
    for (const page of [one, other]) await page.close();
  });

  it("takes the very bytes that were looked at, and no others of the same effect", async () => {
    const [page, later] = [await open("administrator"), await open("administrator")];
    await upload(page, file(curriculum(8)));
    await upload(later, file(`${curriculum(8)}\n\n`, "Другой файл.csv"));
    await page.getByRole("button", { name: "Загрузить" }).click();
    expect(await textOf(page)).toContain("Этот файл уже загружен, убран или заменён другим");
    expect((await rowsInStore()).map(({ weeklyHours }) => weeklyHours)).not.toContain(8);
    await later.getByRole("button", { name: "Убрать файл" }).click();
    for (const one of [page, later]) await one.close();
  });

  it.each([
    [360, "light"],
    [1920, "dark"],
  ] as const)("is handsome at %i px, %s", async (width, colorScheme) => {
    const page = await open("administrator", {
      viewport: { width, height: 900 },
      colorScheme,
      javaScriptEnabled: true,
    });
    await upload(page, file(curriculum(2)));
    await expectHandsome(page, ["/import/draft"]);
  });
});
