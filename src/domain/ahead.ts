/** Fetches for each item in turn; while one result is being worked on, the next ones, `depth` of them, are already on their way. */
export async function* ahead<Item, Result>(
  items: readonly Item[],
  depth: number,
  fetch: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, undefined> {
  const coming: Promise<Result>[] = [];
  const start = (item: Item) => {
    const fetched = fetch(item);
    // Its failure is met when its turn comes; until then it must not count as unhandled.
    fetched.catch(() => undefined);
    coming.push(fetched);
  };
  const left = [...items];
  for (const item of left.splice(0, 1)) start(item);
  for (let next = coming.shift(); next !== undefined; next = coming.shift()) {
    const current = await next;
    for (const item of left.splice(0, depth - coming.length)) start(item);
    yield current;
  }
}
