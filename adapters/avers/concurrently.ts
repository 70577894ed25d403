/**
 * Works through the items, at most `width` at a time counting results that nobody has taken yet: a slow reader slows the work down, and
 * memory stays flat. Results come as they are ready. What `work` throws ends the whole.
 */
export async function* concurrently<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const ready: (() => Result)[] = [];
  let begun = 0;
  let working = 0;
  let wake = () => {};
  const settle = (result: () => Result) => {
    working -= 1;
    ready.push(result);
    wake();
  };
  for (;;) {
    while (begun < items.length && working + ready.length < width) {
      const item = items[begun] as Item;
      begun += 1;
      working += 1;
      work(item).then(
        (result) => settle(() => result),
        (error: unknown) =>
          settle(() => {
            throw error;
          }),
      );
    }
    const result = ready.shift();
    if (result !== undefined) yield result();
    else if (working === 0) return;
    else {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
}

/** What `begin` promises, but no longer waited for than the signal allows: then rejects with its reason. */
export async function abortable<Result>(begin: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([begin(), aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
