import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { HandOutList } from "../../domain/notice/hand-out.ts";
import type { Notice } from "../../domain/notice/notice.ts";
import type { Layout, PostPlace } from "../../domain/notice/sheet-order.ts";
import type { TemplateTexts } from "../../domain/notice/templates.ts";
import type { EpochMs } from "../../domain/time.ts";
import { createSetter, inputOf, type TemplateFault } from "../typst/compile.ts";
import { mayOverflow } from "./fit.ts";
import { type NoticePages, pagesTrouble } from "./pages-trouble.ts";
import { slipSquare } from "./square.ts";

const folder = dirname(fileURLToPath(import.meta.url));
const template = join(folder, "batch.typ");
const sizesTemplate = join(folder, "sizes.typ");

export interface TypesetSheet {
  readonly id: number;
  readonly notice: Notice;
  /** «№ 3 в списке · партия № 17», where it is of a batch. */
  readonly place: string | null;
  readonly correction: string | null;
  /** Null: the slip has no code. */
  readonly slipCode: string | null;
  /** How the code is printed for people. */
  readonly code: string | null;
  /** The place of the code is shown instead of a code. */
  readonly sample: boolean;
  readonly post: PostPlace | null;
}

export interface TypesetOrder {
  readonly title: string;
  readonly layout: Layout;
  readonly classes: readonly { readonly list: HandOutList | null; readonly sheets: readonly TypesetSheet[] }[];
  readonly at: EpochMs;
  readonly templates: TemplateTexts;
}

export type TypesetOutcome =
  | { readonly kind: "pdf"; readonly pdf: Uint8Array; readonly pages: number; readonly places: readonly NoticePages[] }
  | { readonly kind: "pages"; readonly trouble: string }
  | { readonly kind: "template"; readonly fault: TemplateFault };

const told = z.array(z.tuple([z.number(), z.number(), z.number()]));
const toldSize = z.tuple([z.number(), z.number().nullable()]);
/** So many are measured at once: what the typesetter keeps of its layouts grows with them. */
const MEASURED_AT_ONCE = 40;

/**
 * Sets the notices as PDF/A-2a, and answers with what is wrong when they do not stand on pages of their own. Takes a few seconds of the thread for 300. Many
 * pages need no measuring; when the guess was wrong, so that one runs over, all are measured.
 */
export function typesetBatch({ title, layout, classes, at, templates }: TypesetOrder): TypesetOutcome {
  const setter = createSetter(template, templates);
  const sheets = classes.flatMap((one) => one.sheets);
  const squares = Object.fromEntries(
    sheets.flatMap(({ id, slipCode }) => (slipCode === null ? [] : [[id, slipSquare(slipCode)]])),
  );
  const set = (measured: (notice: Notice) => boolean) => {
    const mustFit = (sheet: TypesetSheet) => sheet.post !== null || measured(sheet.notice);
    // Halves of a page are another matter: there each is measured where it stands.
    const found = layout === "two-up" ? { sizes: new Map() } : measure(sheets.filter(mustFit), squares, templates);
    if ("fault" in found) return { document: found, places: [], trouble: null };
    const placed = (sheet: TypesetSheet) => ({
      ...sheet,
      fit: mustFit(sheet),
      size: found.sizes.get(sheet.id) ?? null,
    });
    const data = { layout, classes: classes.map((one) => ({ ...one, sheets: one.sheets.map(placed) })) };
    const document = setter.set({
      title: setter.placed(title),
      data: inputOf(data, setter.placed),
      squares: JSON.stringify(squares),
    });
    if ("fault" in document) return { document, places: [], trouble: null };
    const [ranges] = setter.told(document, "places");
    const places = (told.safeParse(ranges).data ?? []).map(([noticeId, page, last]) => ({ noticeId, page, last }));
    return { document, places, trouble: pagesTrouble(sheets, places, layout) };
  };
  try {
    let outcome = set(mayOverflow);
    if (outcome.trouble !== null) outcome = set(() => true);
    const { document, places, trouble } = outcome;
    if ("fault" in document) return { kind: "template", fault: document.fault };
    if (trouble !== null) return { kind: "pages", trouble };
    return { kind: "pdf", pdf: setter.pdf(document, at), pages: document.numOfPages, places };
  } catch (error) {
    return { kind: "template", fault: { file: basename(template), line: null, says: String(error) } };
  } finally {
    setter.close();
  }
}

/** In which size of type, in points, each sheet stands on one page; those that cannot are left out. */
function measure(
  sheets: readonly TypesetSheet[],
  squares: Readonly<Record<string, unknown>>,
  templates: TemplateTexts,
): { readonly sizes: ReadonlyMap<number, number> } | { readonly fault: TemplateFault } {
  const sizes = new Map<number, number>();
  for (let from = 0; from < sheets.length; from += MEASURED_AT_ONCE) {
    const setter = createSetter(sizesTemplate, templates);
    try {
      const data = inputOf({ sheets: sheets.slice(from, from + MEASURED_AT_ONCE) }, setter.placed);
      const document = setter.set({ data, squares: JSON.stringify(squares) });
      if ("fault" in document) return document;
      for (const value of setter.told(document, "sizes")) {
        const [id, size] = toldSize.parse(value);
        if (size !== null) sizes.set(id, size);
      }
    } finally {
      setter.close();
    }
  }
  return { sizes };
}
