import { createHash } from "node:crypto";
import { SverkaError } from "../domain/error.ts";
import type { EpochMs } from "../domain/time.ts";
import type { Store } from "../store/connect.ts";
import { acceptLeavers, type HeldLeavers, heldLeavers } from "../store/held-leavers.ts";
import { decideHeldPage, type HeldPage, heldPages } from "../store/held-pages.ts";
import type { HeldDecision } from "../store/page-passes.ts";
import { type Also, inTransaction } from "../store/transaction.ts";

/** The pages of one kind of one class that are held back: they are decided about together. */
export interface HeldGroup {
  readonly kind: string;
  readonly classExternalId: string;
  readonly className: string;
  readonly pages: readonly HeldPage[];
  readonly facts: number;
  readonly shown: number;
  readonly lost: number;
  readonly since: EpochMs;
  /** What has been said of all of them; null: nothing, or not of all. */
  readonly decision: HeldDecision | null;
  /** Another one as soon as a page is read anew or decided about: whoever decides says what they have seen. */
  readonly mark: string;
}

/** Pure. */
export function heldGroups(pages: readonly HeldPage[]): readonly HeldGroup[] {
  const groups = Map.groupBy(pages, ({ classExternalId, kind }) => `${classExternalId}/${kind}`);
  return [...groups.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const sum = (what: "facts" | "shown" | "lost") => own.reduce((total, page) => total + page[what], 0);
    const { kind, classExternalId, className, decision } = first;
    const told = own.map((page) => [page.pupilExternalId, page.digest, page.decision, page.heldAt]);
    return [
      {
        kind,
        classExternalId,
        className,
        pages: own,
        facts: sum("facts"),
        shown: sum("shown"),
        lost: sum("lost"),
        since: Math.min(...own.map(({ heldAt }) => heldAt)),
        decision: own.every((page) => page.decision === decision) ? decision : null,
        mark: digest(told),
      },
    ];
  });
}

/**
 * Takes a person's word for pages held back (design.md § 3.3): `accept` lets the next pass take the disappearance over if it shows the same; `wait` begins the hour
 * anew after which a second pass may confirm it. Throws `held-changed` (input) when the pages are no longer what that person has seen.
 */
export async function decideHeld(
  { store, schoolId, at, also }: { store: Store; schoolId: number; at: EpochMs; also?: Also },
  order: Pick<HeldGroup, "kind" | "classExternalId" | "mark"> & { readonly decision: HeldDecision },
): Promise<HeldGroup> {
  return inTransaction(store, async (client) => {
    const group = heldGroups(await heldPages(client, schoolId)).find(
      ({ kind, classExternalId }) => kind === order.kind && classExternalId === order.classExternalId,
    );
    if (group === undefined || group.mark !== order.mark) throw changed();
    for (const page of group.pages)
      if (!(await decideHeldPage(client, schoolId, page, { decision: order.decision, at }))) throw changed();
    await also?.(client);
    return group;
  });
}

/** Takes a person's word that the pupils whom the list has lost have left. `mark` as `leaversMark` gives it. Throws `held-changed` (input). */
export async function acceptHeldLeavers(
  { store, schoolId, also }: { store: Store; schoolId: number; also?: Also },
  mark: string,
): Promise<void> {
  await inTransaction(store, async (client) => {
    const held = await heldLeavers(client, schoolId);
    if (held === null || leaversMark(held) !== mark) throw changed();
    if (!(await acceptLeavers(client, schoolId, held.pupilExternalIds))) throw changed();
    await also?.(client);
  });
}

/** Another one as soon as other pupils are held. Pure. */
export const leaversMark = ({ pupilExternalIds }: Pick<HeldLeavers, "pupilExternalIds">): string =>
  digest(pupilExternalIds);

const digest = (of: unknown): string => createHash("sha256").update(JSON.stringify(of)).digest("hex").slice(0, 32);

const changed = () =>
  new SverkaError(
    "input",
    "held-changed",
    "Пока вы смотрели, эти страницы прочитаны заново или о них решил кто-то другой. Откройте список снова: ничего не изменено.",
  );
