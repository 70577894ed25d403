import type { Look } from "../domain/alerts/alert.ts";
import { SverkaError } from "../domain/error.ts";
import type { TemplateTexts } from "../domain/notice/templates.ts";
import { sameData } from "../domain/same-data.ts";
import type { Templates } from "../ports/templates.ts";

export interface TemplateNeeds {
  readonly templates: Templates;
  /** Tells the administrator, once for one trouble. */
  readonly raise: (look: Look) => Promise<unknown>;
}

/** What a template of the school's own can be guilty of. */
const GUILTY: ReadonlySet<string> = new Set([
  "notice-template",
  "notice-pages",
  "print-template",
  "template-unreadable",
]);

/**
 * Prints with the school's own templates; where they are broken, with those that last printed well, and failing that with the program's: paper has to come out on
 * its day. The administrator is told, once, until they print again. Throws what the print throws with the program's own templates.
 */
export async function withTemplates<Printed>(
  { templates, raise }: TemplateNeeds,
  print: (own: TemplateTexts) => Promise<Printed>,
): Promise<Printed> {
  try {
    const own = await templates.own();
    const printed = await print(own);
    if (!sameData(own, (await templates.lastGood()) ?? {})) await templates.keepGood(own);
    await raise({ "template-broken": [] });
    return printed;
  } catch (error) {
    if (!isGuilty(error)) throw error;
    const printed = await printOtherwise(templates, print);
    await raise({ "template-broken": [{ subject: "", detail: error.message }] });
    return printed;
  }
}

async function printOtherwise<Printed>(
  templates: Templates,
  print: (own: TemplateTexts) => Promise<Printed>,
): Promise<Printed> {
  const lastGood = await templates.lastGood();
  if (lastGood !== null && Object.keys(lastGood).length > 0) {
    try {
      return await print(lastGood);
    } catch (error) {
      if (!isGuilty(error)) throw error;
    }
  }
  return print({});
}

function isGuilty(error: unknown): error is SverkaError {
  return error instanceof SverkaError && GUILTY.has(error.code);
}
