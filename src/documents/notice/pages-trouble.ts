import type { Layout, PostPlace } from "../../domain/notice/sheet-order.ts";

/** On which pages a notice stands, from 1. */
export interface NoticePages {
  readonly noticeId: number;
  readonly page: number;
  readonly last: number;
}

interface Sheet {
  readonly id: number;
  readonly notice: { readonly largePrint: boolean };
  readonly post: PostPlace | null;
}

/**
 * What is wrong with the pages of the notices, in a sentence without names; null: nothing. Each has pages of its own in the order of the batch, one, or two in large
 * print and by post; only halves share one, two at most. Pure: it is what stands between a careless template and another family's marks.
 */
export function pagesTrouble(sheets: readonly Sheet[], places: readonly NoticePages[], layout: Layout): string | null {
  if (places.length !== sheets.length || places.some(({ noticeId }, index) => noticeId !== sheets[index]?.id))
    return `Уведомлений ${sheets.length}, а отмечено на страницах ${places.length}`;
  let taken = 0;
  let halves = 0; // of the last page, from its left: none where a whole notice stands
  for (const [index, { page, last, noticeId }] of places.entries()) {
    const sheet = sheets[index];
    const most = sheet?.notice.largePrint || sheet?.post ? 2 : 1;
    if (last - page + 1 > most) return `Уведомление ${noticeId} заняло страниц: ${last - page + 1}, а можно ${most}`;
    const half = layout === "two-up" && most === 1;
    if (page < taken || (page === taken && (!half || halves !== 1)))
      return `Уведомление ${noticeId} начинается на странице ${page}, где уже стоит другое`;
    if (layout === "duplex" && page % 2 === 0) return `Уведомление ${noticeId} начинается на обороте чужого листа`;
    halves = half ? (page === taken ? 2 : 1) : 0;
    taken = last;
  }
  return null;
}
