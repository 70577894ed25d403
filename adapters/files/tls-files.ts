import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { SverkaError } from "../../src/domain/error.ts";
import type { Environment } from "./environment.ts";

/** The server's own certificate and key; null: it has none. Throws `tls-files` (configuration). */
export function tlsFiles({
  tlsCert,
  tlsKey,
}: Pick<Environment, "tlsCert" | "tlsKey">): { readonly cert: Buffer; readonly key: Buffer } | null {
  if (tlsCert === null && tlsKey === null) return null;
  if (tlsCert === null || tlsKey === null)
    throw refusal("SVERKA_TLS_CERT и SVERKA_TLS_KEY задают вместе: файл сертификата и файл ключа.");
  const [cert, key] = [read(tlsCert, "сертификата"), read(tlsKey, "ключа")];
  try {
    if (!new X509Certificate(cert).checkPrivateKey(createPrivateKey(key)))
      throw refusal(`Ключ «${tlsKey}» – не от сертификата «${tlsCert}»: проверьте, те ли это файлы.`);
  } catch (cause) {
    if (cause instanceof SverkaError) throw cause;
    throw refusal(`«${tlsCert}» и «${tlsKey}» – не сертификат и ключ в виде PEM: проверьте, те ли это файлы.`, cause);
  }
  return { cert, key };
}

function read(path: string, what: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw refusal(`Файл ${what} «${path}» не читается: проверьте путь и права.`, cause);
  }
}

const refusal = (sentence: string, cause?: unknown) =>
  new SverkaError("configuration", "tls-files", sentence, { cause });
