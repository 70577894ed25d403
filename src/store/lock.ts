import type { PoolClient } from "pg";
import { SverkaError } from "../domain/error.ts";
import type { Store } from "./connect.ts";

/**
 * Runs a pass while no other process of the whole deployment runs one of this school. PostgreSQL frees the lock by itself when the process
 * dies – or when the connection is lost: then `lost` is aborted, for somebody else may begin.
 * Throws `pass-running` (trouble) at once when somebody else holds it, `database-lost` (trouble).
 */
export function withSchoolLock<Result>(
  store: Store,
  schoolId: number,
  work: (lost: AbortSignal) => Promise<Result>,
): Promise<Result> {
  return holding(store, async (client, lost) => {
    const { rows } = await client.query<{ locked: boolean }>(
      "SELECT pg_try_advisory_lock(hashtext('sverka:pass'), $1) AS locked",
      [schoolId],
    );
    if (!rows[0]?.locked) {
      throw new SverkaError(
        "trouble",
        "pass-running",
        "Проход этой школы уже идёт в другом окне или службе: дождитесь его конца и повторите.",
      );
    }
    try {
      return await work(lost);
    } finally {
      if (!lost.aborted) await client.query("SELECT pg_advisory_unlock(hashtext('sverka:pass'), $1)", [schoolId]);
    }
  });
}

/** Of this process, by school: the others of it wait here, so that they take no connection from the one that works. */
const turns = new Map<number, Promise<unknown>>();

/** Checks of one school go one after another, in the whole deployment: an old answer must not overwrite a newer one. */
export async function inTurn<Result>(store: Store, schoolId: number, work: () => Promise<Result>): Promise<Result> {
  const before = turns.get(schoolId);
  const turn = (async () => {
    await before?.catch(() => undefined);
    return holding(store, async (client) => {
      await client.query("SELECT pg_advisory_lock(hashtext('sverka:check'), $1)", [schoolId]);
      try {
        return await work();
      } finally {
        await client.query("SELECT pg_advisory_unlock(hashtext('sverka:check'), $1)", [schoolId]);
      }
    });
  })();
  turns.set(schoolId, turn);
  try {
    return await turn;
  } finally {
    if (turns.get(schoolId) === turn) turns.delete(schoolId);
  }
}

/** Whoever sends prints of a school, follows them or takes them off is alone in it, in the whole deployment; the others wait. */
export function inPrintTurn<Result>(store: Store, schoolId: number, work: () => Promise<Result>): Promise<Result> {
  return holding(store, async (client, lost) => {
    await client.query("SELECT pg_advisory_lock(hashtext('sverka:print'), $1)", [schoolId]);
    try {
      return await work();
    } finally {
      if (!lost.aborted) await client.query("SELECT pg_advisory_unlock(hashtext('sverka:print'), $1)", [schoolId]);
    }
  });
}

/** Keeps one connection for the whole of the work. When it is lost the work's own errors matter no longer. */
async function holding<Result>(
  store: Store,
  work: (client: PoolClient, lost: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const client = await store.pool.connect();
  const lost = new AbortController();
  const lose = (cause?: unknown) => lost.abort(lostError(cause));
  client.on("error", lose);
  client.on("end", lose);
  try {
    return await work(client, lost.signal);
  } catch (error) {
    throw lost.signal.aborted ? lost.signal.reason : error;
  } finally {
    client.off("error", lose);
    client.off("end", lose);
    client.release(lost.signal.aborted);
  }
}

const lostError = (cause: unknown) =>
  new SverkaError(
    "trouble",
    "database-lost",
    "Связь с базой данных прервалась: что было принято, сохранено, следующий запуск пойдёт дальше. Проверьте, работает ли база.",
    { cause },
  );
