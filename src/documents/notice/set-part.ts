import { SverkaError } from "../../domain/error.ts";
import { inThread } from "../typst/in-thread.ts";
import { templateError } from "../typst/template-error.ts";
import { refuseStrays } from "./template-names.ts";
import type { TypesetOrder, TypesetOutcome } from "./typeset.ts";

/** What one compile can take within 500 MB, in a service that has other things in its memory: a page full of tables costs some two megabytes until it is written. */
export const mostNoticesPerPart = 60;

/** One file of notices as tagged PDF/A-2a. Throws `SverkaError` `notice-template` or `notice-pages` (trouble). */
export type SetPart = (order: TypesetOrder) => Promise<Extract<TypesetOutcome, { kind: "pdf" }>>;

/** Gives work what sets files of notices, one after another in a thread of their own. Throws what the work throws. */
export async function settingParts<Result>(work: (setPart: SetPart) => Promise<Result>): Promise<Result> {
  return inThread<TypesetOrder, TypesetOutcome, Result>(new URL("typeset-worker.ts", import.meta.url), (ask) =>
    work(async (order) => {
      const count = order.classes.reduce((sum, { sheets }) => sum + sheets.length, 0);
      if (count === 0 || count > mostNoticesPerPart)
        throw new RangeError(`between 1 and ${mostNoticesPerPart} notices a file, not ${count}`);
      refuseStrays(order.templates);
      let outcome: TypesetOutcome;
      try {
        outcome = await ask(order);
      } catch (cause) {
        throw templateError("notice-template", { file: "batch.typ", line: null, says: String(cause) }, cause);
      }
      if (outcome.kind === "pdf") return outcome;
      if (outcome.kind === "template") throw templateError("notice-template", outcome.fault);
      throw new SverkaError(
        "trouble",
        "notice-pages",
        `${outcome.trouble}: шаблон должен давать каждому ученику свою страницу. Исправьте его или уберите из config/templates.`,
      );
    }),
  );
}
