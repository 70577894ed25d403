import { SverkaError } from "../../../src/domain/error.ts";

export interface PrinterAddress {
  /** As the protocol names the printer, and as people see it: without name and password. */
  readonly uri: string;
  /** What the requests go to. */
  readonly http: URL;
  readonly user: string | null;
  readonly password: string | null;
  /** Null: this computer's usual certificates. */
  readonly trustAnyone: boolean;
}

const PORT = "631";
const SETTINGS: ReadonlySet<string> = new Set(["tls.rejectUnauthorized"]);

/**
 * Takes an address `ipp://имя:пароль@host:631/printers/name` or `ipps://…` apart (RFC 3510, RFC 7472: port 631 unless it is given). Throws `printer-url`
 * (configuration), which never shows the address: a password may stand in it.
 */
export function printerAddress(text: string): PrinterAddress {
  const url = URL.parse(text.trim());
  if (url === null || !["ipp:", "ipps:"].includes(url.protocol) || url.hostname === "")
    throw refused("не похож на адрес принтера");
  const strange = [...url.searchParams.keys()].find((name) => !SETTINGS.has(name));
  if (strange !== undefined) throw refused(`содержит непонятную настройку «${strange}»`);
  const trust = url.searchParams.get("tls.rejectUnauthorized");
  if (trust !== null && trust !== "true" && trust !== "false")
    throw refused("содержит tls.rejectUnauthorized, который не true и не false");
  const port = url.port === "" ? PORT : url.port;
  const path = url.pathname === "" ? "/" : url.pathname;
  const host = `${url.hostname}:${port}${path}`;
  return {
    uri: `${url.protocol}//${host}`,
    http: new URL(`${url.protocol === "ipps:" ? "https" : "http"}://${host}`),
    user: url.username === "" ? null : decodeURIComponent(url.username),
    password: url.password === "" ? null : decodeURIComponent(url.password),
    trustAnyone: trust === "false",
  };
}

function refused(what: string): SverkaError {
  return new SverkaError(
    "configuration",
    "printer-url",
    `SVERKA_PRINTER ${what}: нужен вид ipp://принтер:631/ipp/print или ipp://сервер:631/printers/имя; без этой переменной распечатки ложатся в папку.`,
  );
}
