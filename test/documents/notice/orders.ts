import { createMapping, defaultMapping } from "../../../src/domain/mapping.ts";
import { composeNotice, type NoticeOptions } from "../../../src/domain/notice/compose.ts";
import type { NoticeFacts } from "../../../src/domain/notice/facts.ts";
import type { Notice } from "../../../src/domain/notice/notice.ts";
import type { SheetClass, SheetNotice, SheetOrder } from "../../../src/domain/notice/sheet-order.ts";
import { defaultPolicy } from "../../../src/domain/policy.ts";
import { slipCode } from "../../../src/domain/slip/code.ts";

const mapping = createMapping(defaultMapping);

export function compose(facts: NoticeFacts, options: Partial<NoticeOptions> = {}): Notice {
  const terms = { mapping, forecast: defaultPolicy.forecast, today: "2026-10-19", simulation: false };
  return composeNotice(facts, { ...terms, ...options });
}

/** The code of a notice in these tests. */
export const codeOf = (noticeId: number) => slipCode(String(48_210_937_556 + noticeId * 7919));

export function sheet(noticeId: number, notice: Notice, over: Partial<SheetNotice> = {}): SheetNotice {
  return {
    noticeId,
    slipCode: codeOf(noticeId),
    edition: 1,
    correction: null,
    number: noticeId,
    notice,
    post: null,
    ...over,
  };
}

export function classOf(className: string, notices: readonly SheetNotice[]): SheetClass {
  return { className, classTeacher: "Соловьёва Анна Петровна", notices };
}

export function orderOf(classes: readonly SheetClass[], over: Partial<SheetOrder> = {}): SheetOrder {
  return {
    batchNumber: 17,
    school: "Специальная школа-интернат № 100",
    simulation: false,
    span: "5–18 октября 2026 г.",
    madeOn: "19 октября 2026 г.",
    layout: "simplex",
    classes,
    ...over,
  };
}
