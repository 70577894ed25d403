import type { PlainLetter } from "../domain/report/plain-letter.ts";

/** A letter to be written into the outbox: the key makes it one for ever. */
export interface LetterOrder {
  readonly key: string;
  readonly kind: string;
  readonly to: string;
  readonly letter: PlainLetter;
}
