import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { renderNotices } from "../../../src/documents/notice/render.ts";
import type { Notice } from "../../../src/domain/notice/notice.ts";
import { bareFacts, fullFacts, moscow, usualFacts } from "../../domain/notice/sample.ts";
import { sidesOf } from "../../support/pdf-words.ts";
import { compose } from "./orders.ts";

const at = moscow("2026-10-19T10:00");

const hostile =
  '#set page(fill: red) #panic("x") $x^2$ *b* _i_ `r` \\u{41} ]}) "q" <tag> @ref // c /* d */ = H\n- p 😀 漢字 \u202e';

async function pagesOf(notices: readonly Notice[], templates = {}): Promise<number> {
  const pdf = Buffer.from(await renderNotices(notices, { at, templates })).toString("latin1");
  return Number(/<xmpTPg:NPages>(\d+)</.exec(pdf)?.[1]);
}

describe("printed notices", () => {
  it("are PDF/A-2a, in Russian, with the given date", async () => {
    const pdf = Buffer.from(await renderNotices([compose(usualFacts())], { at })).toString("latin1");
    expect(pdf).toContain("<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>");
    expect(pdf).toContain("/Lang (ru)");
    expect(pdf).toContain("<xmp:CreateDate>2026-10-19T07:00:00+00:00</xmp:CreateDate>");
  });

  it("take one page a pupil, from nothing to the most that there may be", async () => {
    const facts = [
      bareFacts(),
      usualFacts(),
      usualFacts(2, { grade: 1 }),
      fullFacts(14, 5),
      fullFacts(),
      fullFacts(20, 60),
    ];
    const notices = facts.flatMap((one) => [compose(one), compose(one, { plain: true, simulation: true })]);
    expect(await pagesOf(notices)).toBe(notices.length);
  });

  it("are really larger in large print, and hold the same marks", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sverka-print-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const wordsIn = async (name: string, largePrint: boolean) => {
      const path = join(folder, name);
      writeFileSync(path, await renderNotices([compose(usualFacts(), { largePrint })], { at }));
      const { stdout } = spawnSync("pdftotext", ["-bbox", path, "-"], { encoding: "utf8" });
      const words = stdout.matchAll(/yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">([^<]+)</g);
      return [...words].map(([, top, bottom, text = ""]) => ({ text, height: Number(bottom) - Number(top) }));
    };
    const [usual, large] = [await wordsIn("usual.pdf", false), await wordsIn("large.pdf", true)];
    const heightOf = (words: typeof usual) => words.find(({ text }) => text.startsWith("Математика"))?.height ?? 0;
    expect(heightOf(large)).toBeGreaterThan(1.2 * heightOf(usual));
    const marks = (words: typeof usual) => words.filter(({ text }) => /^[2-5]$/.test(text)).length;
    expect(marks(large)).toBeGreaterThanOrEqual(marks(usual));
  });

  it("read nothing of the journal as markup, and print whatever stands there", async () => {
    const seen = { absentAt: null, seenAt: 0 };
    const { lessons } = usualFacts();
    const facts = usualFacts(1, {
      pupil: { externalId: "p", fullName: hostile, number: 1 },
      className: hostile,
      school: { name: hostile, zone: "Europe/Moscow", maxMark: 5 },
      classTeacher: { name: hostile, contact: hostile },
      lessons: lessons.map((lesson) => ({
        ...lesson,
        subject: hostile,
        topic: hostile,
        homework: hostile,
        workType: hostile,
      })),
      messages: Array.from({ length: 20 }, () => ({
        date: "2026-10-07",
        subject: hostile,
        author: hostile,
        text: hostile,
        ...seen,
      })),
    });
    expect(await pagesOf([compose(facts), compose({ ...facts, grade: 1 })])).toBe(2);
  });

  it("keep to their page with any text in any place", async () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 3000 }),
      fc.string({ unit: fc.constantFrom("#", "$", "\\", "]", "Ж", " ", "\n", "😀"), maxLength: 500 }),
    );
    await fc.assert(
      fc.asyncProperty(text, text, fc.integer({ min: 0, max: 12 }), async (name, topic, grade) => {
        const { lessons } = usualFacts();
        const facts = usualFacts(1, {
          grade,
          pupil: { externalId: "p", fullName: name, number: 1 },
          lessons: lessons.map((lesson) => ({ ...lesson, subject: name, topic, homework: topic, workType: topic })),
        });
        expect(await pagesOf([compose(facts)])).toBe(1);
        expect(await pagesOf([compose(facts, { largePrint: true })])).toBeLessThanOrEqual(2);
      }),
      { numRuns: 15 },
    );
  });

  it("keep to their page when the guess at its height was wrong", async () => {
    const notice = compose(usualFacts());
    const attendance = { ...notice.attendance, summary: "Пропущенных уроков нет. ".repeat(300) };
    expect(await pagesOf([{ ...notice, attendance }, notice])).toBe(2);
  });

  it("are refused when a template does not give each its page", async () => {
    const templates = changed("sheet.typ", (source) =>
      source.replace("  contents(s, size)\n", "  block(height: 300mm)\n  contents(s, size)\n"),
    );
    await expect(
      renderNotices([compose(usualFacts(1)), compose(usualFacts(2))], { at, templates }),
    ).rejects.toMatchObject({
      code: "notice-pages",
      message: expect.stringContaining("Уведомление 0 заняло страниц: 2, а можно 1"),
    });
  });

  it("are measured where they stand when a template of the school's own does not tell how they fill their page", async () => {
    const templates = changed("sheet.typ", (source) =>
      source.replace("[#metadata(s.id)<said>]", "").replace("[#metadata(none)<foot>]", ""),
    );
    expect(await pagesOf([compose(fullFacts(14, 25)), compose(usualFacts())], templates)).toBe(2);
  });

  it("name the template and the line where it cannot be understood", async () => {
    const cases: [string, (source: string) => string, string][] = [
      ["notice.typ", (source) => `\n\n#let x = (\n${source}`, "строка 3, ошибка: не закрыта скобка или кавычка"],
      ["slip.typ", (source) => `${source}\n#nowhere`, "ошибка: имя «nowhere» неизвестно"],
      [
        "notice.typ",
        (source) => source.replace("#let title(s) = {\n", "#let title(s) = {\n  s.nonsense\n"),
        "поля «nonsense» в данных нет",
      ],
    ];
    for (const [name, change, says] of cases) {
      const templates = changed(name, change);
      const line =
        (templates[name] ?? "").split("\n").findIndex((text) => /#let x = \(|#nowhere|s\.nonsense/.test(text)) + 1;
      await expect(renderNotices([compose(usualFacts())], { at, templates })).rejects.toMatchObject({
        kind: "trouble",
        code: "notice-template",
        message: expect.stringMatching(new RegExp(`^В шаблоне «${name}», строка ${line}, `)),
      });
      await expect(renderNotices([compose(usualFacts())], { at, templates })).rejects.toThrow(says);
    }
  });

  it("say so when a file has no template's name, and leave alone what another file uses", async () => {
    await expect(renderNotices([compose(usualFacts())], { at, templates: { "notise.typ": "" } })).rejects.toThrow(
      "Файл «notise.typ» в config/templates не заменяет ни одного шаблона; может быть, «notice.typ»?",
    );
    const templates = changed(
      "slip.typ",
      (source) => `#import "our.typ": greeting\n${source.replace("[Подпишите", "[#greeting Подпишите")}`,
    );
    const pdf = await renderNotices([compose(usualFacts())], {
      at,
      templates: { ...templates, "our.typ": "#let greeting = [Спасибо!]" },
    });
    expect(sidesOf(pdf)[0]?.text).toContain("Спасибо! Подпишите и верните");
  });
});

function changed(name: string, change: (source: string) => string): Record<string, string> {
  const source = readFileSync(new URL(`../../../src/documents/notice/${name}`, import.meta.url), "utf8");
  const own = change(source);
  if (own === source) throw new Error(`${name} was meant to change`);
  return { [name]: own };
}
