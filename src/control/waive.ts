import { SverkaError } from "../domain/error.ts";
import type { FindingChanges, StoredFinding } from "../domain/finding.ts";
import { applyWaivers } from "../domain/life.ts";
import type { EpochMs } from "../domain/time.ts";
import { type Cover, covers, createWaiverFinder, type Waiver } from "../domain/waiver.ts";
import type { Store } from "../store/connect.ts";
import { listFindings, writeFindings } from "../store/findings.ts";
import { inTransaction, type Transaction } from "../store/transaction.ts";
import { addWaiver, listWaivers, revokeWaiver } from "../store/waivers.ts";

export interface WaiveNeeds {
  readonly store: Store;
  readonly school: { readonly id: number; readonly zone: string };
  readonly at: EpochMs;
  /** What is to stand together with it or not at all: a line of the audit. */
  readonly also?: (client: Transaction, waived: Waived) => Promise<void>;
}

export interface Waived {
  readonly waiver: number;
  readonly findings: readonly StoredFinding[];
}

/** What a cover would take away now; writes nothing. */
export async function previewWaiver({ store, school }: WaiveNeeds, cover: Cover): Promise<readonly StoredFinding[]> {
  const findings = await listFindings(store, school.id, { statuses: ["open", "settled"] });
  return findings.filter((finding) => covers(cover, finding, school.zone));
}

/**
 * Makes a waiver and takes away what it covers, in one transaction, with the author and the reason in each finding's history. A span also holds for what later
 * checks find. Throws `waiver-nothing` (input) for one finding that cannot be waived.
 */
export async function waive(
  needs: WaiveNeeds,
  order: Pick<Waiver, "covers" | "reason" | "author" | "expiresOn">,
): Promise<Waived> {
  const { store, school, at } = needs;
  const affected = await previewWaiver(needs, order.covers);
  if (order.covers.kind === "finding" && affected.length === 0) {
    throw new SverkaError(
      "input",
      "waiver-nothing",
      "Снимать нечего: это замечание уже снято, отозвано или не доказано, а недоказанное и так никому не засчитывается.",
    );
  }
  return inTransaction(store, async (client) => {
    const waiver = await addWaiver(client, school.id, { ...order, madeAt: at });
    const { upserts } = await applyNow(client, needs);
    return together(needs, client, { waiver, findings: upserts });
  });
}

/**
 * Takes away several findings one by one, all or none: each has its own waiver, so that one of them can be opened again. Throws `waiver-nothing` (input) when
 * somebody else has taken one away meanwhile, or it counts for nothing.
 */
export async function waiveEach(
  needs: WaiveNeeds,
  order: Pick<Waiver, "reason" | "author" | "expiresOn"> & { readonly findingIds: readonly string[] },
): Promise<readonly StoredFinding[]> {
  const { store, school, at } = needs;
  const { findingIds, ...how } = order;
  return inTransaction(store, async (client) => {
    const open = new Map(
      (await listFindings({ pool: client }, school.id, { statuses: ["open", "settled"] })).map((one) => [one.id, one]),
    );
    const gone = findingIds.filter((id) => (open.get(id)?.verdict ?? "unproved") === "unproved");
    if (gone.length > 0 || findingIds.length === 0) {
      throw new SverkaError(
        "input",
        "waiver-nothing",
        findingIds.length === 0
          ? "Отметьте хотя бы одно замечание."
          : `Ничего не снято: среди отмеченных ${gone.length} уже снято или отозвано кем-то другим либо не доказано. Обновите страницу и отметьте заново.`,
      );
    }
    let waiver = 0;
    for (const findingId of findingIds)
      waiver = await addWaiver(client, school.id, { ...how, covers: { kind: "finding", findingId }, madeAt: at });
    const { upserts } = await applyNow(client, needs);
    return (await together(needs, client, { waiver, findings: upserts })).findings;
  });
}

/** Ends a waiver: what it held open again. Throws `waiver-unknown` (input). */
export async function revoke(needs: WaiveNeeds, order: { id: number; author: string }): Promise<Waived> {
  const { store, school, at } = needs;
  return inTransaction(store, async (client) => {
    if (!(await revokeWaiver(client, school.id, { ...order, at }))) {
      throw new SverkaError(
        "input",
        "waiver-unknown",
        `Снятия № ${order.id} нет или оно уже отменено: список покажет «sverka waivers».`,
      );
    }
    const { upserts } = await applyNow(client, needs);
    return together(needs, client, { waiver: order.id, findings: upserts });
  });
}

async function together({ also }: WaiveNeeds, client: Transaction, waived: Waived): Promise<Waived> {
  await also?.(client, waived);
  return waived;
}

async function applyNow(client: Transaction, { school, at }: WaiveNeeds): Promise<FindingChanges> {
  const waiverOf = createWaiverFinder(await listWaivers(client, school.id), at, school.zone);
  const changes = applyWaivers(await listFindings({ pool: client }, school.id), waiverOf, at);
  await writeFindings(client, school.id, changes);
  return changes;
}
