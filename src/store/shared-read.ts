interface Run<Result> {
  readonly now: Promise<Result>;
  next: Promise<Result> | null;
}

/**
 * Readers at the same time share one run of a question that has the same arguments. Whoever asks while one is under way gets the next, so that no answer is older
 * than its question; a hundred at once cost two runs. What is answered belongs to all of them: nobody changes it.
 */
export function sharedRead<Source extends { readonly pool: object }, Args extends readonly unknown[], Result>(
  read: (source: Source, ...args: Args) => Promise<Result>,
): (source: Source, ...args: Args) => Promise<Result> {
  const bySource = new WeakMap<object, Map<string, Run<Result>>>();
  return (source, ...args) => {
    const runs = bySource.get(source.pool) ?? new Map<string, Run<Result>>();
    bySource.set(source.pool, runs);
    const key = JSON.stringify(args);
    const start = (): Promise<Result> => {
      const run: Run<Result> = { now: read(source, ...args), next: null };
      runs.set(key, run);
      const over = () => {
        if (run.next === null && runs.get(key) === run) runs.delete(key);
      };
      run.now.then(over, over);
      return run.now;
    };
    const under = runs.get(key);
    if (under === undefined) return start();
    under.next ??= under.now.then(start, start);
    return under.next;
  };
}
