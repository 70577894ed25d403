import { SverkaError } from "../src/domain/error.ts";
import { within } from "./within.ts";

/** Waits until all of them are connected. Throws `queue-unreachable` (configuration) when one cannot be, or not within the time. */
export async function reach(
  parts: readonly { waitUntilReady(): Promise<unknown> }[],
  { redisUrl, withinMs }: { redisUrl: string | null; withinMs: number },
): Promise<void> {
  const answers = Promise.all(parts.map((part) => part.waitUntilReady()));
  const ready = await within(withinMs, answers).catch((cause) => Promise.reject(unreachable(redisUrl, cause)));
  if (!ready) throw unreachable(redisUrl);
}

/** PostgreSQL's own code for it. */
const TOO_MANY_CONNECTIONS = "53300";

function unreachable(redisUrl: string | null, cause?: unknown): SverkaError {
  return new SverkaError("configuration", "queue-unreachable", sentenceOf(redisUrl, cause), { cause });
}

function sentenceOf(redisUrl: string | null, cause: unknown): string {
  if (redisUrl !== null)
    return "Redis из REDIS_URL не отвечает или не пускает: включите его, проверьте адрес и пароль или уберите REDIS_URL, тогда очередь будет в базе.";
  if ((cause as { code?: unknown } | undefined)?.code === TOO_MANY_CONNECTIONS)
    return "База данных не даёт столько соединений: увеличьте на её сервере max_connections, запустите меньше работников или задайте REDIS_URL.";
  return "Очередь в базе данных не открывается: нужен PostgreSQL 14 или новее и право создавать в базе схему.";
}
