import { renderPlainLetter } from "../documents/mail/plain-letter.ts";
import { afterQuiet, type QuietHours } from "../domain/quiet-hours.ts";
import type { EpochMs } from "../domain/time.ts";
import type { Store } from "../store/connect.ts";
import { enqueueLetter } from "../store/outbox.ts";
import { inTransaction } from "../store/transaction.ts";
import type { LetterOrder } from "./letter-order.ts";

export interface SendNeeds {
  readonly store: Store;
  readonly school: { readonly id: number; readonly zone: string };
  readonly sender: string;
  readonly quiet: QuietHours;
  readonly at: EpochMs;
}

/** Writes the letters into the outbox, each once for its key, due after the quiet hours. Says how many are new. */
export function sendLetters(needs: SendNeeds, orders: readonly LetterOrder[]): Promise<number> {
  const { store, school, sender, quiet, at } = needs;
  const notBefore = afterQuiet(at, quiet, school.zone);
  return inTransaction(store, async (client) => {
    let fresh = 0;
    for (const { key, kind, to, letter } of orders) {
      const rendered = renderPlainLetter(letter);
      const order = {
        schoolId: school.id,
        key,
        kind,
        at,
        notBefore,
        from: sender,
        to: [to],
        attachments: [],
        ...rendered,
      };
      if (await enqueueLetter(client, order)) fresh += 1;
    }
    return fresh;
  });
}
