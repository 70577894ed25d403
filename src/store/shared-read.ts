import type { Store } from "./connect.ts";

/** Never a transaction, which sees what it wrote itself before anybody else does. */
type Pool = Store["pool"];

const PATIENCE_MS = 5_000;

interface Run<Result> {
  readonly now: Promise<Result>;
  next: Promise<Result> | null;
}

/** What a question does when it is asked. Whoever asks while a run is under way gets the next, so that no answer is older than its question. */
type Ask<Result> = (work: () => Promise<Result>) => Promise<Result>;

/**
 * A hundred at once cost two runs, and of these the second reads nothing when nothing was written meanwhile. For a run that hangs, on a connection that is dead
 * without knowing it, nobody else waits a quarter of an hour: after `patienceMs` one more begins beside it, and no third, lest they take all connections.
 */
function oneAtATime<Result>(patienceMs: number, whenOver: () => void): Ask<Result> {
  let run: Run<Result> | null = null;
  let running = 0;
  const start = (work: () => Promise<Result>): Promise<Result> => {
    const own: Run<Result> = { now: work(), next: null };
    run = own;
    running += 1;
    const over = () => {
      running -= 1;
      if (own.next !== null || run !== own) return;
      run = null;
      whenOver();
    };
    own.now.then(over, over);
    return own.now;
  };
  return (work) => {
    if (run === null) return start(work);
    run.next ??= settledWithin(running > 1 ? null : patienceMs, run.now).then(() => start(work));
    return run.next;
  };
}

/** Resolves when what is awaited has come to its end, good or bad, and at the latest after so many milliseconds, where there is a limit. */
function settledWithin(ms: number | null, awaited: Promise<unknown>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = ms === null ? undefined : setTimeout(resolve, ms);
  const settled = () => {
    clearTimeout(timer);
    resolve();
  };
  awaited.then(settled, settled);
  return promise;
}

interface Memory<Result> {
  /** Questions that are being asked, by their arguments. */
  readonly asks: Map<string, Ask<Result>>;
  /** Which transactions were to be seen while what is kept was read. */
  seen: string;
  /** The one used last stands last. */
  readonly kept: Map<string, Result>;
}

export interface SharedReadOptions {
  /** Answers that are kept, of different arguments. */
  readonly most?: number;
  /** How long a question waits for the same one before it, milliseconds. */
  readonly patienceMs?: number;
}

/**
 * Readers of a question with the same arguments share its answer, which is never older than the question: it is given again as long as nothing at all has been written
 * since it was read. It belongs to all of them: nobody changes it. `read` asks nothing but the store and its arguments – no clock, no setting that changes –, and
 * these are plain data that JSON keeps. Nothing found (null) is not kept: anybody could fill the memory with it.
 */
export function sharedRead<Source extends { readonly pool: Pool }, Args extends readonly unknown[], Result>(
  read: (source: Source, ...args: Args) => Promise<Result>,
  { most = 50, patienceMs = PATIENCE_MS }: SharedReadOptions = {},
): (source: Source, ...args: Args) => Promise<Result> {
  const bySource = new WeakMap<Pool, Memory<Result>>();
  const memoryOf = (pool: Pool): Memory<Result> => {
    const memory = bySource.get(pool) ?? { asks: new Map(), seen: "", kept: new Map() };
    bySource.set(pool, memory);
    return memory;
  };
  const keep = ({ kept }: Memory<Result>, key: string, answer: Result) => {
    kept.delete(key);
    kept.set(key, answer);
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break;
      kept.delete(oldest);
    }
  };
  return async (source, ...args) => {
    const memory = memoryOf(source.pool);
    const { asks, kept } = memory;
    const key = JSON.stringify(args);
    const ask = asks.get(key) ?? oneAtATime<Result>(patienceMs, () => asks.delete(key));
    asks.set(key, ask);
    return ask(async () => {
      const seen = await visibleNow(source.pool);
      // One write, and all that was kept is gone.
      if (memory.seen !== seen) kept.clear();
      memory.seen = seen;
      const answer = kept.get(key) ?? (await read(source, ...args));
      // Had anything been written since, what was to be seen then would never be seen again, and this answer never be given.
      if (answer != null && memory.seen === seen) keep(memory, key, answer);
      return answer;
    });
  };
}

const looks = new WeakMap<Pool, Ask<string>>();

/** Which transactions a reader sees: the same text, the same data (PostgreSQL, `pg_current_snapshot`). Another server, or one that started anew, counts otherwise. */
function visibleNow(pool: Pool): Promise<string> {
  const ask = looks.get(pool) ?? oneAtATime<string>(PATIENCE_MS, () => undefined);
  looks.set(pool, ask);
  return ask(async () => {
    const look = {
      text: "SELECT concat(pg_postmaster_start_time(), pg_current_snapshot()) AS seen",
      query_timeout: PATIENCE_MS,
    };
    const { rows } = await pool.query<{ seen: string }>(look);
    return rows[0]?.seen ?? "";
  });
}
