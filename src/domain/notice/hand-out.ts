import type { SheetClass, SheetOrder } from "./sheet-order.ts";
import { counted } from "./words.ts";

/** The list by which a class teacher hands the notices of a class out, in words. */
export interface HandOutList {
  readonly simulation: boolean;
  readonly school: string;
  /** «Список для раздачи: 5 А» */
  readonly title: string;
  /** «партия № 17» */
  readonly batch: string;
  readonly span: string;
  readonly madeOn: string;
  readonly classTeacher: string | null;
  readonly rows: readonly {
    readonly number: string;
    readonly pupil: string;
    readonly note: string | null;
    readonly posted: boolean;
  }[];
  /** «Всего 12 уведомлений, из них 2 письмом по почте.» */
  readonly total: string;
}

/** Pure; its rows stand in the order of the notices. */
export function handOutList(order: SheetOrder, { className, classTeacher, notices }: SheetClass): HandOutList {
  const posted = notices.filter(({ post }) => post !== null).length;
  return {
    simulation: order.simulation,
    school: order.school,
    title: `Список для раздачи: ${className}`,
    batch: batchName(order),
    span: order.span,
    madeOn: order.madeOn,
    classTeacher,
    rows: notices.map(({ number, notice, edition, post }) => ({
      number: String(number),
      pupil: notice.pupil,
      note: [edition > 1 ? ["исправленное"] : [], notice.largePrint ? ["крупный шрифт"] : []].flat().join(", ") || null,
      posted: post !== null,
    })),
    total: `Всего ${counted(notices.length, "уведомление", "уведомления", "уведомлений")}${posted === 0 ? "" : `, из них письмом по почте: ${posted}`}.`,
  };
}

export function batchName({ batchNumber }: Pick<SheetOrder, "batchNumber">): string {
  return `партия № ${batchNumber}`;
}
