import type { Store } from "./connect.ts";

/** Never a transaction, which sees what it wrote itself before anybody else does. */
type Pool = Store["pool"];

interface Run<Result> {
  readonly now: Promise<Result>;
  next: Promise<Result> | null;
}

/** What a question does when it is asked. Whoever asks while a run is under way gets the next, so that no answer is older than its question. */
type Ask<Result> = (work: () => Promise<Result>) => Promise<Result>;

/** A hundred at once cost two runs. */
function oneAtATime<Result>(whenOver: () => void): Ask<Result> {
  let run: Run<Result> | null = null;
  const start = (work: () => Promise<Result>): Promise<Result> => {
    const own: Run<Result> = { now: work(), next: null };
    run = own;
    const over = () => {
      if (own.next !== null || run !== own) return;
      run = null;
      whenOver();
    };
    own.now.then(over, over);
    return own.now;
  };
  return (work) => {
    if (run === null) return start(work);
    const again = () => start(work);
    run.next ??= run.now.then(again, again);
    return run.next;
  };
}

/** An answer, and what of the database was to be seen while it was read. */
interface Kept<Result> {
  readonly seen: string;
  readonly answer: Result;
}

interface Memory<Result> {
  /** Questions that are being asked, by their arguments. */
  readonly asks: Map<string, Ask<Result>>;
  /** The one used last stands last. */
  readonly kept: Map<string, Kept<Result>>;
}

/** Answers that one question keeps, of different arguments. */
const MOST_KEPT = 50;

/**
 * Readers of a question with the same arguments share its answer, which is never older than the question: it is given again as long as nothing at all has been written
 * since it was read. It belongs to all of them: nobody changes it.
 */
export function sharedRead<Source extends { readonly pool: Pool }, Args extends readonly unknown[], Result>(
  read: (source: Source, ...args: Args) => Promise<Result>,
): (source: Source, ...args: Args) => Promise<Result> {
  const bySource = new WeakMap<Pool, Memory<Result>>();
  return async (source, ...args) => {
    const { pool } = source;
    const { asks, kept } = bySource.get(pool) ?? { asks: new Map(), kept: new Map() };
    bySource.set(pool, { asks, kept });
    const key = JSON.stringify(args);
    const known = kept.get(key);
    if (known !== undefined && known.seen === (await visibleNow(pool))) {
      kept.delete(key);
      kept.set(key, known);
      return known.answer;
    }
    const ask = asks.get(key) ?? oneAtATime<Result>(() => asks.delete(key));
    asks.set(key, ask);
    return ask(async () => {
      const seen = await visibleNow(pool);
      const answer = await read(source, ...args);
      kept.delete(key);
      // What was read in several looks is of one moment only where nothing came between them.
      if ((await visibleNow(pool)) === seen) kept.set(key, { seen, answer });
      for (const oldest of kept.keys()) {
        if (kept.size <= MOST_KEPT) break;
        kept.delete(oldest);
      }
      return answer;
    });
  };
}

const looks = new WeakMap<Pool, Ask<string>>();

/** Which transactions a reader sees: the same text, the same data (PostgreSQL, `pg_current_snapshot`). */
function visibleNow(pool: Pool): Promise<string> {
  const ask = looks.get(pool) ?? oneAtATime<string>(() => undefined);
  looks.set(pool, ask);
  return ask(async () => {
    const { rows } = await pool.query<{ seen: string }>("SELECT pg_current_snapshot()::text AS seen");
    return rows[0]?.seen ?? "";
  });
}
