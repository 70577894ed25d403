import { batchName } from "./hand-out.ts";
import type { SheetOrder } from "./sheet-order.ts";
import { counted } from "./words.ts";

/** The letters of a batch as the post office wants them listed. */
export interface PostRegister {
  readonly simulation: boolean;
  readonly school: string;
  readonly batch: string;
  readonly span: string;
  readonly madeOn: string;
  readonly rows: readonly {
    readonly number: string;
    readonly addressee: string;
    readonly address: string;
    /** The class and the number in its list, by which the school knows the letter again: no pupil's name leaves it. */
    readonly note: string;
  }[];
  readonly total: string;
}

/** In the order of the batch, which is that of the letters; null: nothing goes by post. Pure. */
export function postRegister(order: SheetOrder): PostRegister | null {
  const rows = order.classes.flatMap(({ className, notices }) =>
    notices.flatMap(({ post, number }) => (post === null ? [] : [{ ...post, note: `${className}, № ${number}` }])),
  );
  if (rows.length === 0) return null;
  return {
    simulation: order.simulation,
    school: order.school,
    batch: batchName(order),
    span: order.span,
    madeOn: order.madeOn,
    rows: rows.map(({ addressee, address, note }, index) => ({
      number: String(index + 1),
      addressee,
      address: address.replace(/\s*\n\s*/g, " "),
      note,
    })),
    total: `Всего ${counted(rows.length, "письмо", "письма", "писем")}.`,
  };
}
