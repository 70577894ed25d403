import type { JournalSession } from "../../src/ports/journal.ts";
import type { Http } from "./http.ts";
import type { Note } from "./rows.ts";

const KNOWN_BUILDS: readonly string[] = ["3.1", "4.1"];

/** The build stands in the title of the start page (avers-protocol.md § 7); not finding one, or an unknown one, is only odd. */
export async function readBuild(http: Http, note: Note, signal: AbortSignal): Promise<JournalSession["build"]> {
  const page = await http.call({ path: "", form: null, cookies: null, signal, upTo: "</title>", once: true }).then(
    ({ bytes }) => bytes.toString("utf8", 0, 65_536),
    () => "",
  );
  signal.throwIfAborted();
  const title = /<title[^>]{0,100}>([^<]{1,200})<\/title>/i
    .exec(page)?.[1]
    ?.replace(/[\s\0]+/g, " ")
    .trim();
  const version = title === undefined ? undefined : /\d{1,3}\.\d{1,3}/.exec(title)?.[0];
  if (title === undefined || version === undefined) {
    note("build-unknown", "Сборка журнала не указана на его первой странице.");
    return null;
  }
  const known = KNOWN_BUILDS.includes(version);
  if (!known) note("build-unknown", `Сборка журнала ${version} программе не знакома; данные читаются как обычно.`);
  return { title, version, known };
}
