/** A message of the Internet Printing Protocol, request or answer (RFC 8010, 3.1). */
export interface IppMessage {
  readonly version: readonly [number, number];
  /** An operation in a request, a status in an answer. */
  readonly code: number;
  readonly requestId: number;
  readonly groups: readonly IppGroup[];
  /** The document, if any. */
  readonly data: Uint8Array;
}

export interface IppGroup {
  readonly tag: number;
  readonly attributes: readonly IppAttribute[];
}

export interface IppAttribute {
  readonly name: string;
  /** At least one; a set of values may be of several types. */
  readonly values: readonly IppValue[];
}

export interface IppValue {
  readonly tag: number;
  readonly value: IppContent;
}

/** Numbers for integer and enum, null for «no-value» and its like, members for a collection, bytes for what is not understood here. */
export type IppContent =
  | number
  | boolean
  | string
  | null
  | { readonly from: number; readonly to: number }
  | { readonly language: string; readonly text: string }
  | readonly IppAttribute[]
  | Uint8Array;

export const GROUP = { operation: 0x01, job: 0x02, end: 0x03, printer: 0x04, unsupported: 0x05 } as const;

export const TAG = {
  unsupported: 0x10,
  unknown: 0x12,
  noValue: 0x13,
  integer: 0x21,
  boolean: 0x22,
  enum: 0x23,
  octets: 0x30,
  range: 0x33,
  beginCollection: 0x34,
  textWithLanguage: 0x35,
  nameWithLanguage: 0x36,
  endCollection: 0x37,
  text: 0x41,
  name: 0x42,
  keyword: 0x44,
  uri: 0x45,
  charset: 0x47,
  naturalLanguage: 0x48,
  mimeType: 0x49,
  memberName: 0x4a,
} as const;

/** Below it stand the tags that begin a group, from it on those of values (RFC 8010, 3.5). */
export const FIRST_VALUE_TAG = 0x10;

const WITH_LANGUAGE: ReadonlySet<number> = new Set([TAG.textWithLanguage, TAG.nameWithLanguage]);

export const isNothing = (tag: number) => tag >= 0x10 && tag <= 0x1f;
export const isNumber = (tag: number) => tag === TAG.integer || tag === TAG.enum;
/** Of characters: text, name, keyword, uri and their like. */
export const isText = (tag: number) => tag >= 0x40 && tag <= 0x5f && tag !== TAG.memberName;
export const isWithLanguage = (tag: number) => WITH_LANGUAGE.has(tag);
