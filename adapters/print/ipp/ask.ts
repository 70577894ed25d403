import type { PrinterAddress } from "./address.ts";
import { encodeMessage } from "./encode.ts";
import { GROUP, type IppAttribute, type IppContent, type IppMessage, TAG } from "./message.ts";
import { type Patience, post } from "./post.ts";

export const OPERATION = {
  printJob: 0x0002,
  createJob: 0x0005,
  sendDocument: 0x0006,
  cancelJob: 0x0008,
  getJob: 0x0009,
  getJobs: 0x000a,
  getPrinter: 0x000b,
} as const;

export interface IppRequest {
  readonly operation: number;
  /** After charset, language, printer and user, which are always the same. */
  readonly about?: readonly IppAttribute[];
  readonly job?: readonly IppAttribute[];
  readonly document?: Uint8Array;
  readonly wanted?: readonly string[];
}

export interface IppAnswer {
  readonly status: number;
  readonly ok: boolean;
  readonly printer: Values;
  /** Of each job that the answer tells of. */
  readonly jobs: readonly Values[];
}

/** The values of attributes by their names. */
export type Values = ReadonlyMap<string, readonly IppContent[]>;

const HIGHEST_GOOD = 0x00ff;

export const one = (name: string, tag: number, value: IppContent): IppAttribute => ({ name, values: [{ tag, value }] });

export type Ask = (request: IppRequest) => Promise<IppAnswer>;

/** Asks one printer. Throws `NoAnswer`. Version 1.1 (RFC 8011), which newer printers must understand too. */
export function createAsk(address: PrinterAddress, patience: Patience): Ask {
  let requestId = 0;
  return async ({ operation, about = [], job = [], document, wanted = [] }) => {
    requestId += 1;
    const head = [
      one("attributes-charset", TAG.charset, "utf-8"),
      one("attributes-natural-language", TAG.naturalLanguage, "ru"),
      one("printer-uri", TAG.uri, address.uri),
    ];
    const rest = [
      one("requesting-user-name", TAG.name, address.user ?? "sverka"),
      ...about.slice(1),
      ...(wanted.length === 0
        ? []
        : [{ name: "requested-attributes", values: wanted.map((value) => ({ tag: TAG.keyword, value })) }]),
    ];
    // The job's number stands straight after the printer (RFC 8011, 4.1.5).
    const groups = [
      { tag: GROUP.operation, attributes: [...head, ...about.slice(0, 1), ...rest] },
      ...(job.length === 0 ? [] : [{ tag: GROUP.job, attributes: job }]),
    ];
    const message = encodeMessage({
      version: [1, 1],
      code: operation,
      requestId,
      groups,
      data: new Uint8Array(0),
    });
    return answerOf(await post(address, document === undefined ? [message] : [message, document], patience));
  };
}

function answerOf({ code, groups }: IppMessage): IppAnswer {
  const of = (tag: number) =>
    groups
      .filter((group) => group.tag === tag)
      .map(({ attributes }) => new Map(attributes.map(({ name, values }) => [name, values.map(({ value }) => value)])));
  return { status: code, ok: code <= HIGHEST_GOOD, printer: of(GROUP.printer)[0] ?? new Map(), jobs: of(GROUP.job) };
}

export const words = (values: Values, name: string): string[] =>
  (values.get(name) ?? []).filter((value) => typeof value === "string");

export function numberIn(values: Values, name: string): number | null {
  const [value] = values.get(name) ?? [];
  return typeof value === "number" ? value : null;
}

/** A text that may come with its language. */
export function textIn(values: Values, name: string): string | null {
  const [value] = values.get(name) ?? [];
  if (typeof value === "string") return value;
  return value !== null && typeof value === "object" && "text" in value ? value.text : null;
}
