import { SverkaError } from "../domain/error.ts";

/**
 * What a person can do when a port does not open: `web-port` (configuration); any other cause comes back as it is. `other` shows how another one is asked
 * for.
 */
export function portError(port: number, cause: unknown, other: string): unknown {
  const sentence = sentenceOf((cause as { code?: unknown }).code, port, other);
  return sentence === null ? cause : new SverkaError("configuration", "web-port", sentence, { cause });
}

function sentenceOf(code: unknown, port: number, other: string): string | null {
  switch (code) {
    case "EADDRINUSE":
      return `Порт ${port} на этом компьютере занят: возможно, программа уже запущена. Закройте её или задайте другой порт, например ${other}.`;
    case "EACCES":
      return `Порт ${port} система открыть не даёт: задайте другой, например ${other}.`;
    default:
      return null;
  }
}
