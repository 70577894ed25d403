import type { Notice } from "../../domain/notice/notice.ts";
import type { TemplateTexts } from "../../domain/notice/templates.ts";
import type { EpochMs } from "../../domain/time.ts";
import { settingParts } from "./set-part.ts";

/**
 * One PDF/A-2a of notices that belong to no batch, in the given order: no lists, and no codes on their slips. At most `mostNoticesPerPart` at once; `sample` shows
 * where the code will be. Throws `SverkaError` `notice-template` or `notice-pages` (trouble).
 */
export async function renderNotices(
  notices: readonly Notice[],
  { at, templates = {}, sample = false }: { at: EpochMs; templates?: TemplateTexts; sample?: boolean },
): Promise<Uint8Array> {
  const sheets = notices.map((notice, id) => ({
    id,
    notice,
    place: null,
    correction: null,
    slipCode: null,
    code: null,
    sample,
    post: null,
  }));
  const title = `Уведомления: ${notices[0]?.span ?? ""}`;
  const order = { title, layout: "simplex", classes: [{ list: null, sheets }], at, templates } as const;
  return settingParts(async (setPart) => (await setPart(order)).pdf);
}
