/**
 * Does the work for all items, at most `width` at a time, and answers in their order. When one fails nothing more is begun, and what is in hand
 * has ended before the failure is thrown.
 */
export async function sideBySide<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const left = items.entries();
  const results: Result[] = [];
  let failed = false;
  const hand = async () => {
    for (const [place, item] of left) {
      if (failed) return;
      try {
        results[place] = await work(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const hands = await Promise.allSettled(Array.from({ length: width }, hand));
  for (const ended of hands) if (ended.status === "rejected") throw ended.reason;
  return results;
}
