/** Fetches for each item in turn; while one result is being worked on, the next is already on its way. */
export async function* oneAhead<Item, Result>(
  items: readonly Item[],
  fetch: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, undefined> {
  const start = (item: Item | undefined): Promise<Result> | null => {
    if (item === undefined) return null;
    const fetched = fetch(item);
    // Its failure is met when its turn comes; until then it must not count as unhandled.
    fetched.catch(() => undefined);
    return fetched;
  };
  let next = start(items[0]);
  for (let index = 1; next !== null; index += 1) {
    const current: Result = await next;
    next = start(items[index]);
    yield current;
  }
}
