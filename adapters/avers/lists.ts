import type { Asker } from "./asker.ts";
import { lookOf } from "./emptiness.ts";
import { answerError } from "./errors.ts";
import type { Form } from "./exchange.ts";
import { readRows, type Shape } from "./rows.ts";

/** The small lists that the whole school shares. An empty one is asked for again, with proofs of the sign-in between and after. */
export interface Lists {
  /** The rows that are understood. Throws `journal-answer` when there are rows and none is. */
  some<Row>(shape: Shape<Row>, form: Form | null): Promise<readonly Row[]>;
  /** Every row, or `journal-answer`: where a missing row would look like somebody who has left. */
  all<Row>(shape: Shape<Row>, form: Form | null): Promise<readonly Row[]>;
}

const ASKS = 3;

export function createLists(asker: Asker, signal: AbortSignal): Lists {
  const read = async <Row>(shape: Shape<Row>, form: Form | null) => {
    const { action } = shape;
    for (let asks = 1; ; asks += 1) {
      const { bytes } = await asker.ask(action, form, signal);
      if (lookOf(bytes) !== "empty") return readRows(bytes.toString("utf8"), shape, asker.note(action));
      await asker.prove(signal);
      if (asks === ASKS) return { rows: [], refused: 0 };
    }
  };
  return {
    async some(shape, form) {
      const { rows, refused } = await read(shape, form);
      if (refused > 0 && rows.length === 0) throw answerError(`${shape.action}: ни одна строка не понята`);
      return rows;
    },
    async all(shape, form) {
      const { rows, refused } = await read(shape, form);
      if (refused > 0) throw answerError(`${shape.action}: не понято строк: ${refused}`);
      return rows;
    },
  };
}
