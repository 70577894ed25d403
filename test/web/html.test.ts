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

  it("takes its own pieces as they are, lists of them, and nothing", () => {
    expect(html`<ul>${["a<", 2].map((item) => html`<li>${item}</li>`)}${null}</ul>`.text).toBe(
      "<ul><li>a&#60;</li><li>2</li></ul>",
    );
  });
});
