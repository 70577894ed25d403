import type { Store } from "./connect.ts";

type Pool = Pick<Store["pool"], "query">;

interface Run<Result> {
  readonly now: Promise<Result>;
  next: Promise<Result> | null;
}

/** An answer, and what of the database was to be seen while it was read. */
interface Kept<Result> {
  readonly seen: string;
  readonly answer: Result;
}

interface Memory<Result> {
  readonly runs: Map<string, Run<Result>>;
  /** The one used last stands last. */
  readonly kept: Map<string, Kept<Result>>;
}

/** Answers that one question keeps, of different arguments. */
const MOST_KEPT = 50;

/**
 * Readers of a question with the same arguments share its answer, and no answer is older than its question. Whoever asks while a run is under way gets the next: a
 * hundred at once cost two runs. An answer is kept, and given again as long as nothing at all has been written since. It belongs to all of them: nobody changes it.
 */
export function sharedRead<Source extends { readonly pool: Pool }, Args extends readonly unknown[], Result>(
  read: (source: Source, ...args: Args) => Promise<Result>,
): (source: Source, ...args: Args) => Promise<Result> {
  const bySource = new WeakMap<Pool, Memory<Result>>();
  return (source, ...args) => {
    const { pool } = source;
    const { runs, kept } = bySource.get(pool) ?? { runs: new Map(), kept: new Map() };
    bySource.set(pool, { runs, kept });
    const key = JSON.stringify(args);
    const answer = async (): Promise<Result> => {
      const seen = await visibleNow(pool);
      const known = kept.get(key);
      kept.delete(key);
      if (known?.seen === seen) {
        kept.set(key, known);
        return known.answer;
      }
      const fresh = await read(source, ...args);
      // What was read in several looks is of one moment only where nothing came between them.
      if ((await visibleNow(pool)) === seen) kept.set(key, { seen, answer: fresh });
      for (const oldest of kept.keys()) {
        if (kept.size <= MOST_KEPT) break;
        kept.delete(oldest);
      }
      return fresh;
    };
    const start = (): Promise<Result> => {
      const run: Run<Result> = { now: answer(), next: null };
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

/** Which transactions a reader sees: the same text, the same data (PostgreSQL, `pg_current_snapshot`). */
async function visibleNow(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ seen: string }>("SELECT pg_current_snapshot()::text AS seen");
  return rows[0]?.seen ?? "";
}
