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

const template = join(dirname(fileURLToPath(import.meta.url)), "batch.typ");

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

/**
 * Sets the notices as PDF/A-2a, and answers with what is wrong when they do not stand on pages of their own. Takes a second or two of the thread for 300. Most
 * pages need no measuring; when the guess was wrong, so that one runs over, all are measured.
 */
export function typesetBatch({ title, layout, classes, at, templates }: TypesetOrder): TypesetOutcome {
  const setter = createSetter(template, templates);
  const sheets = classes.flatMap((one) => one.sheets);
  const squares = Object.fromEntries(
    sheets.flatMap(({ id, slipCode }) => (slipCode === null ? [] : [[id, slipSquare(slipCode)]])),
  );
  const set = (measured: (notice: Notice) => boolean) => {
    const data = {
      layout,
      classes: classes.map((one) => ({
        ...one,
        sheets: one.sheets.map((sheet) => ({ ...sheet, fit: sheet.post !== null || measured(sheet.notice) })),
      })),
    };
    const document = setter.set({
      title: setter.placed(title),
      data: inputOf(data, setter.placed),
      squares: JSON.stringify(squares),
    });
    if ("fault" in document) return { document, places: [], trouble: null };
    const [found] = setter.told(document, "places");
    const places = (told.safeParse(found).data ?? []).map(([noticeId, page, last]) => ({ noticeId, page, last }));
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
