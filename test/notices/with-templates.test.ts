import { describe, expect, it } from "vitest";
import type { Look } from "../../src/domain/alerts/alert.ts";
import { SverkaError } from "../../src/domain/error.ts";
import type { TemplateTexts } from "../../src/domain/notice/templates.ts";
import { withTemplates } from "../../src/notices/with-templates.ts";
import type { Templates } from "../../src/ports/templates.ts";

const fault = new SverkaError("trouble", "notice-template", "В шаблоне «notice.typ», строка 3, ошибка: …");

/** A school whose templates print when they say so, and what was told of them. */
function school(own: TemplateTexts | SverkaError, lastGood: TemplateTexts | null = null) {
  const looks: Look[] = [];
  let good = lastGood;
  const templates: Templates = {
    own: async () => {
      if (own instanceof SverkaError) throw own;
      return own;
    },
    lastGood: async () => good,
    keepGood: async (now) => {
      good = now;
    },
  };
  const print = async (texts: TemplateTexts) => {
    if (Object.values(texts).includes("broken")) throw fault;
    return texts;
  };
  const run = () => withTemplates({ templates, raise: async (look) => void looks.push(look) }, print);
  return { run, looks, good: () => good };
}

const told = [{ "template-broken": [{ subject: "", detail: fault.message }] }];

describe("printing with a school's own templates", () => {
  it("takes them, and remembers that they were good", async () => {
    const { run, looks, good } = school({ "notice.typ": "new" }, { "notice.typ": "old" });
    expect(await run()).toEqual({ "notice.typ": "new" });
    expect(good()).toEqual({ "notice.typ": "new" });
    expect(looks).toEqual([{ "template-broken": [] }]);
  });

  it("prints with the last good ones when they are broken, and tells so", async () => {
    const { run, looks, good } = school({ "notice.typ": "broken" }, { "notice.typ": "old" });
    expect(await run()).toEqual({ "notice.typ": "old" });
    expect(good()).toEqual({ "notice.typ": "old" });
    expect(looks).toEqual(told);
  });

  it("prints with the program's own when none was good, or the last good one is no longer", async () => {
    for (const lastGood of [null, {}, { "slip.typ": "broken" }]) {
      const { run, looks } = school({ "notice.typ": "broken" }, lastGood);
      expect(await run()).toEqual({});
      expect(looks).toEqual(told);
    }
  });

  it("prints when they cannot even be read", async () => {
    const unreadable = new SverkaError("configuration", "template-unreadable", "не читается");
    const { run, looks } = school(unreadable, { "notice.typ": "old" });
    expect(await run()).toEqual({ "notice.typ": "old" });
    expect(looks).toEqual([{ "template-broken": [{ subject: "", detail: "не читается" }] }]);
  });

  it("blames no template for anything else", async () => {
    const full = new Error("disk full");
    const { templates } = {
      templates: { own: async () => ({}), lastGood: async () => null, keepGood: async () => undefined },
    };
    await expect(
      withTemplates({ templates, raise: async () => expect.unreachable() }, () => Promise.reject(full)),
    ).rejects.toBe(full);
  });
});
