import { SverkaError } from "../domain/error.ts";
import type { IsoDate } from "../domain/time.ts";
import { lockRights } from "../store/access/accounts.ts";
import { writeAudit } from "../store/access/audit.ts";
import { addEntitlement, endEntitlement, isEntitled } from "../store/access/entitlements.ts";
import { inTransaction } from "../store/transaction.ts";
import type { AccessNeeds, Actor } from "./needs.ts";

/** Names an account in the director's list («Порядок», п. 2.4). Throws `account-unknown`, `entitlement-…` (input). */
export async function entitle(
  needs: AccessNeeds,
  actor: Actor & { readonly accountId: number },
  order: { readonly accountId: number; readonly orderNumber: string; readonly orderDate: IsoDate },
): Promise<void> {
  const { store, schoolId, clock } = needs;
  const orderNumber = order.orderNumber.trim();
  if (orderNumber === "" || orderNumber.length > 50)
    throw new SverkaError("input", "entitlement-order", "Впишите номер приказа, не длиннее 50 знаков.");
  await inTransaction(store, async (client) => {
    // Of two at once the second waits here, and then sees the first one's line.
    if ((await lockRights(client, schoolId, order.accountId)) === null)
      throw new SverkaError("input", "account-unknown", "Такой учётной записи нет: обновите страницу.");
    if (await isEntitled(client, schoolId, order.accountId))
      throw new SverkaError(
        "input",
        "entitlement-stands",
        "Этот человек уже в списке: сначала исключите прежнюю запись.",
      );
    const { accountId, address } = actor;
    await addEntitlement(client, { schoolId, ...order, orderNumber, at: clock.now(), by: accountId });
    const details = { order: orderNumber, date: order.orderDate };
    await writeAudit(client, {
      schoolId,
      at: clock.now(),
      accountId,
      action: "entitlements.add",
      object: `account/${order.accountId}`,
      details,
      address,
    });
  });
}

/** Strikes a line out. Throws `entitlement-unknown` (input) when it has been struck out already. */
export async function endEntitled(
  needs: AccessNeeds,
  actor: Actor & { readonly accountId: number },
  id: number,
): Promise<void> {
  const { store, schoolId, clock } = needs;
  await inTransaction(store, async (client) => {
    const whose = await endEntitlement(client, { schoolId, id, at: clock.now(), by: actor.accountId });
    if (whose === null)
      throw new SverkaError("input", "entitlement-unknown", "Этой записи уже нет: обновите страницу.");
    const { accountId, address } = actor;
    await writeAudit(client, {
      schoolId,
      at: clock.now(),
      accountId,
      action: "entitlements.end",
      object: `account/${whose}`,
      address,
    });
  });
}
