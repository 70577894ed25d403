import { batchParts } from "../../domain/notice/batch-parts.ts";
import { batchName, handOutList } from "../../domain/notice/hand-out.ts";
import type { SheetClass, SheetNotice, SheetOrder } from "../../domain/notice/sheet-order.ts";
import type { TemplateTexts } from "../../domain/notice/templates.ts";
import { printedCode } from "../../domain/slip/code.ts";
import type { EpochMs } from "../../domain/time.ts";
import type { NoticePages } from "./pages-trouble.ts";
import { mostNoticesPerPart, settingParts } from "./set-part.ts";
import type { TypesetSheet } from "./typeset.ts";

export interface BatchPart {
  readonly pdf: Uint8Array;
  readonly pages: number;
  /** Whose notice stands from which page to which, from 1; in «two-up» two may share one. */
  readonly places: readonly NoticePages[];
}

export interface RenderOptions {
  /** Becomes the document's date. */
  readonly at: EpochMs;
  /** A school's own templates by their file names; those that are left out are the shipped ones. */
  readonly templates?: TemplateTexts;
}

/**
 * The batch as tagged PDF/A-2a: for each class the list to hand out by, then its notices in their order; in parts of at most 60 notices that part between
 * classes, one after another, so that memory stays about that of one. Nothing for a batch without notices. Throws `SverkaError` `notice-template` or `notice-pages` (trouble).
 */
export async function renderBatch(order: SheetOrder, { at, templates = {} }: RenderOptions): Promise<BatchPart[]> {
  const work = batchParts(order.classes, mostNoticesPerPart);
  if (work.length === 0) return [];
  return settingParts(async (setPart) => {
    const parts: BatchPart[] = [];
    for (const classes of work) {
      const { pdf, pages, places } = await setPart({
        title: `Уведомления, ${batchName(order)}: ${order.span}`,
        layout: order.layout,
        classes: classes.map((one) => sheetsOf(order, one)),
        at,
        templates,
      });
      parts.push({ pdf, pages, places });
    }
    return parts;
  });
}

function sheetsOf(order: SheetOrder, one: SheetClass) {
  return {
    list: handOutList(order, one),
    sheets: one.notices.map(
      ({ noticeId, notice, number, correction, slipCode, post }: SheetNotice): TypesetSheet => ({
        id: noticeId,
        notice,
        place: `№ ${number} в списке · ${batchName(order)}`,
        correction,
        slipCode,
        code: printedCode(slipCode),
        sample: false,
        post,
      }),
    ),
  };
}
