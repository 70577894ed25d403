import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderCompliance } from "../../../src/documents/mail/compliance.ts";
import { html } from "../../../src/documents/mail/html.ts";
import { composeCompliance } from "../../../src/domain/report/compliance.ts";
import { finding, input, missing } from "../../domain/report/sample.ts";

const letter = (over: Parameters<typeof input>[0] = {}) => renderCompliance(composeCompliance(input(over)));

describe("compliance letter", () => {
  it("says the same in HTML and in text", () => {
    const { html: page, text } = letter({
      findings: [finding(), missing({ id: "2", accountable: { externalId: "t2", name: "Орлов Пётр Львович" } })],
      simulation: true,
    });
    for (const words of [
      "УЧЕБНЫЕ ДАННЫЕ",
      "Лебедева Мария Ивановна",
      "5 А, математика, урок 05.10: урок не записан",
      "94\u00a0%",
    ]) {
      expect(page).toContain(words);
      expect(text.replaceAll(/\n\s+/g, " ")).toContain(words);
    }
  });

  it("asks nothing from outside and links to nothing", () => {
    expect(letter({ findings: [finding()] }).html).not.toMatch(/https?:|<img|<link|<script|url\(|href=|@import/i);
  });

  it("says how it calls pupils", () => {
    expect(letter().text).toContain("названы номерами по списку");
    expect(letter({ pupilsBy: "surname" }).text.replaceAll("\n", " ")).toContain("названы фамилией и инициалом");
  });

  it("keeps to 76 signs a line in text", () => {
    const { text } = letter({ findings: [finding({ subject: "Основы социальной жизни и развитие речи" })] });
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(76);
  });

  it("shows whatever the journal holds as text, never as markup", () => {
    const tagsOf = (name: string) => {
      const person = { externalId: null, name };
      const { html: page } = letter({ findings: [finding({ subject: name, className: name, accountable: person })] });
      return page.match(/<[^>]*>/g);
    };
    const plain = tagsOf("Ж");
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("<", ">", "&", '"', "'", "b", "/", "Ж", " ") }), (name) => {
        expect(tagsOf(name)).toEqual(plain);
      }),
    );
  });
});

describe("html", () => {
  it("escapes everything but its own pieces", () => {
    expect(html`<p title="${`"'`}">${"<i>"}${html`<b>${1}</b>`}${["&", null]}</p>`.markup).toBe(
      '<p title="&quot;&#39;">&lt;i&gt;<b>1</b>&amp;</p>',
    );
  });
});
