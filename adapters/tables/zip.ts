import { type Entry, fromBufferPromise, type ZipFile } from "yauzl";
import { LIMITS } from "./limits.ts";
import { refusal } from "./refusal.ts";

/** The parts of a package, by name; what is read of them is counted, whatever their sizes claim. */
export interface Package {
  readonly names: readonly string[];
  /** Chunks of one part's text, as they are unpacked; null when there is no such part. */
  part(name: string): AsyncIterable<string> | null;
}

/** Opens a ZIP whose central directory promises a bearable size. Throws `table-broken`, `table-too-big`, `table-locked`. */
export async function openPackage(bytes: Buffer, fileName: string): Promise<Package> {
  const broken = (cause: unknown) =>
    refusal("table-broken", fileName, "испорчен или не дописан: откройте его в Excel и сохраните заново.", cause);
  const bomb = () =>
    refusal("table-too-big", fileName, "распаковывается больше чем в 200 МБ и не открыт: оставьте в нём один лист.");
  const unreadable = (cause: unknown) =>
    cause instanceof Error && cause.message.startsWith("too many bytes")
      ? refusal(
          "table-too-big",
          fileName,
          "распаковывается в большее, чем обещает, и не открыт: сохраните его заново.",
          cause,
        )
      : broken(cause);
  const entries = new Map<string, Entry>();
  let promised = 0;
  let zip: ZipFile;
  try {
    zip = await fromBufferPromise(bytes, { lazyEntries: true, validateEntrySizes: true, autoClose: false });
    if (zip.entryCount > LIMITS.parts)
      throw refusal(
        "table-too-big",
        fileName,
        "состоит из слишком многих частей и не открыт: оставьте в нём один лист.",
      );
    for await (const entry of zip.eachEntry()) {
      promised += entry.uncompressedSize;
      if (promised > LIMITS.unpacked) throw bomb();
      if (entry.isEncrypted())
        throw refusal("table-locked", fileName, "защищён паролем: откройте его, снимите пароль и сохраните.");
      entries.set(entry.fileName.replace(/^\//, "").toLowerCase(), entry);
    }
  } catch (error) {
    throw isOurs(error) ? error : broken(error);
  }

  let unpacked = 0;
  async function* chunksOf(entry: Entry): AsyncIterable<string> {
    const decoder = new TextDecoder("utf-8");
    try {
      for await (const chunk of await zip.openReadStreamPromise(entry)) {
        unpacked += (chunk as Buffer).length;
        if (unpacked > LIMITS.unpacked) throw bomb();
        yield decoder.decode(chunk as Buffer, { stream: true });
      }
      yield decoder.decode();
    } catch (error) {
      throw isOurs(error) ? error : unreadable(error);
    }
  }
  return {
    names: [...entries.keys()],
    part(name) {
      const entry = entries.get(name.toLowerCase());
      return entry === undefined ? null : chunksOf(entry);
    },
  };
}

function isOurs(error: unknown): boolean {
  return error instanceof Error && error.name === "SverkaError";
}
