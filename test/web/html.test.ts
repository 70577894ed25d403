import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { html } from "../../src/web/html.ts";

describe("markup of a page", () => {
  it("keeps whatever is put into it as text, in elements and in attributes", () => {
    const sign = fc.constantFrom("<", ">", "&", '"', "'", "`", "a", "/", "=", " ");
    fc.assert(
      fc.property(fc.string({ unit: sign }), (text) => {
        const { text: made } = html`<p title="${text}">${text}</p>`;
        const inner = /^<p title="([^"]*)">([^<>]*)<\/p>$/.exec(made);
        const back = (part: string | undefined) => part?.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code));
        expect([back(inner?.[1]), back(inner?.[2])]).toEqual([text, text]);
      }),
    );
  });

  it("is the same in stretches, of which long ones are shared by whatever they stand in", () => {
    const long = html`<p>${"ж".repeat(3000)}</p>`;
    const pages = [1, 2].map((n) => html`<h1>${n}</h1>${[long, html`<i>${n}</i>`]}<footer></footer>`);
    for (const [index, { text, stretches }] of pages.entries()) {
      expect(text).toBe(`<h1>${index + 1}</h1>${long.text}<i>${index + 1}</i><footer></footer>`);
      expect(Buffer.concat(stretches.map(({ bytes }) => bytes)).toString()).toBe(text);
      expect(stretches).toHaveLength(3);
    }
    const [one, other] = pages.map(({ stretches }) => stretches[1]?.bytes);
    expect(one).toBe(other);
  });

  it("takes its own pieces as they are, lists of them, and nothing", () => {
    expect(html`<ul>${["a<", 2].map((item) => html`<li>${item}</li>`)}${null}</ul>`.text).toBe(
      "<ul><li>a&#60;</li><li>2</li></ul>",
    );
  });
});
