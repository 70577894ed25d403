import type { ListKind, ListRecord } from "./list-kind.ts";
import { keyOf, sameRecord } from "./read-list.ts";

/** What an import does to a list: nothing else is written. */
export interface ListDiff {
  readonly added: readonly ListRecord[];
  readonly changed: readonly { readonly before: ListRecord; readonly after: ListRecord }[];
  readonly removed: readonly ListRecord[];
  readonly same: number;
}

/** The difference between what stands (as far as the file speaks of it) and what the file says. Pure. */
export function listDiff(kind: ListKind, standing: readonly ListRecord[], told: readonly ListRecord[]): ListDiff {
  const before = new Map(standing.map((record) => [keyOf(kind, record), record]));
  const after = new Map(told.map((record) => [keyOf(kind, record), record]));
  const added: ListRecord[] = [];
  const changed: { before: ListRecord; after: ListRecord }[] = [];
  for (const [key, record] of after) {
    const known = before.get(key);
    if (known === undefined) added.push(record);
    else if (!sameRecord(known, record)) changed.push({ before: known, after: record });
  }
  const removed = [...before].flatMap(([key, record]) => (after.has(key) ? [] : [record]));
  return { added, changed, removed, same: after.size - added.length - changed.length };
}
