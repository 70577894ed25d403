import { peopleOf } from "../domain/control/document.ts";
import type { Month } from "../domain/control/month.ts";
import { dayOf } from "../domain/days.ts";
import { SverkaError } from "../domain/error.ts";
import type { EpochMs, IsoDate } from "../domain/time.ts";
import type { Store } from "../store/connect.ts";
import { addReaders, removeReader } from "../store/control-readers.ts";
import { type Also, inTransaction } from "../store/transaction.ts";
import { controlOf } from "./monthly-control.ts";

export interface ReaderNeeds {
  readonly store: Store;
  readonly schoolId: number;
  readonly zone: string;
  readonly now: EpochMs;
  readonly also: Also;
}

/**
 * Notes who has read a control («Порядок», п. 8: the results are brought to the teachers), and on which day. Only people that the control names, only after its
 * conclusion is fixed. Throws `control-unknown`, `control-readers` (input).
 */
export async function noteReaders(
  { store, schoolId, zone, now, also }: ReaderNeeds,
  order: {
    readonly month: Month;
    readonly people: readonly string[];
    readonly on: IsoDate;
    readonly by: number | null;
  },
): Promise<void> {
  const control = await controlOf(store, schoolId, order.month);
  if (control === null) throw refusal("Контроля за этот месяц нет.", "control-unknown");
  if (control.concludedAt === null)
    throw refusal("Заключение ещё не утверждено: знакомить с проектом рано. Сначала утвердите его.");
  const named = new Set(peopleOf(control.facts));
  const people = [...new Set(order.people)].filter((person) => named.has(person));
  if (people.length === 0) throw refusal("Никто не отмечен: поставьте галочки у тех, кто ознакомлен.");
  const [first, last] = [dayOf(control.concludedAt, zone), dayOf(now, zone)];
  if (order.on < first || order.on > last)
    throw refusal("День ознакомления – не раньше утверждения заключения и не позже сегодняшнего.");
  await inTransaction(store, async (client) => {
    const { month, on: readOn, by } = order;
    const added = await addReaders(client, schoolId, { month, people, readOn, at: now, by });
    if (added === 0) throw refusal("Эти люди уже отмечены: обновите страницу.");
    await also(client);
  });
}

/** Takes a mark back that was set by mistake. Throws `control-readers` (input). */
export async function unnoteReader(
  { store, schoolId, also }: Pick<ReaderNeeds, "store" | "schoolId" | "also">,
  { month, person }: { readonly month: Month; readonly person: string },
): Promise<void> {
  await inTransaction(store, async (client) => {
    if (!(await removeReader(client, schoolId, month, person)))
      throw refusal("Этой отметки уже нет: обновите страницу.");
    await also(client);
  });
}

const refusal = (sentence: string, code = "control-readers") => new SverkaError("input", code, sentence);
