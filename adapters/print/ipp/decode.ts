import {
  FIRST_VALUE_TAG,
  GROUP,
  type IppAttribute,
  type IppContent,
  type IppGroup,
  type IppMessage,
  type IppValue,
  isNothing,
  isNumber,
  isText,
  isWithLanguage,
  TAG,
} from "./message.ts";

/** The bytes are no message of the protocol. */
export class IppFault extends Error {
  override readonly name = "IppFault";
}

const DEEPEST = 16;
const text = new TextDecoder();

/** The message in these bytes (RFC 8010, 3.1). Throws `IppFault` and nothing else, whatever the bytes are. */
export function decodeMessage(content: Uint8Array): IppMessage {
  const reader = readerOf(content);
  const version = [reader.byte(), reader.byte()] as const;
  const code = reader.short();
  const requestId = reader.int();
  const groups: IppGroup[] = [];
  let tag = reader.byte();
  while (tag !== GROUP.end) {
    if (tag >= FIRST_VALUE_TAG) throw new IppFault("a value outside a group");
    const attributes = attributesOf(reader);
    groups.push({ tag, attributes });
    tag = reader.byte();
  }
  return { version, code, requestId, groups, data: reader.rest() };
}

function attributesOf(reader: Reader): IppAttribute[] {
  const attributes: { name: string; values: IppValue[] }[] = [];
  while (reader.peek() >= FIRST_VALUE_TAG) {
    const tag = reader.byte();
    const name = text.decode(reader.counted());
    const value = valueAt(reader, tag, 0);
    const last = attributes.at(-1);
    if (name !== "") attributes.push({ name, values: [value] });
    else if (last === undefined) throw new IppFault("a value without a name");
    else last.values.push(value);
  }
  return attributes;
}

function valueAt(reader: Reader, tag: number, depth: number): IppValue {
  const content = reader.counted();
  return { tag, value: tag === TAG.beginCollection ? membersOf(reader, depth + 1) : contentOf(tag, content) };
}

function membersOf(reader: Reader, depth: number): IppAttribute[] {
  if (depth > DEEPEST) throw new IppFault("collections too deep");
  const members: { name: string; values: IppValue[] }[] = [];
  for (;;) {
    const tag = reader.byte();
    reader.counted();
    if (tag === TAG.endCollection) {
      reader.counted();
      return members;
    }
    if (tag === TAG.memberName) {
      members.push({ name: text.decode(reader.counted()), values: [] });
      continue;
    }
    const member = members.at(-1);
    if (member === undefined || tag < FIRST_VALUE_TAG) throw new IppFault("a collection without names");
    member.values.push(valueAt(reader, tag, depth));
  }
}

function contentOf(tag: number, content: Uint8Array): IppContent {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  if (isNothing(tag)) return null;
  if (isNumber(tag) && content.length === 4) return view.getInt32(0);
  if (tag === TAG.boolean && content.length === 1) return content[0] === 1;
  if (tag === TAG.range && content.length === 8) return { from: view.getInt32(0), to: view.getInt32(4) };
  if (isText(tag)) return text.decode(content);
  if (isWithLanguage(tag)) {
    const reader = readerOf(content);
    return { language: text.decode(reader.counted()), text: text.decode(reader.counted()) };
  }
  return content;
}

type Reader = ReturnType<typeof readerOf>;

function readerOf(content: Uint8Array) {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  let at = 0;
  const step = (length: number) => {
    if (at + length > content.length) throw new IppFault("it ends too early");
    at += length;
    return at - length;
  };
  return {
    byte: () => view.getUint8(step(1)),
    short: () => view.getUint16(step(2)),
    int: () => view.getInt32(step(4)),
    counted() {
      const length = view.getUint16(step(2));
      const from = step(length);
      return content.subarray(from, from + length);
    },
    peek() {
      if (at >= content.length) throw new IppFault("it ends too early");
      return view.getUint8(at);
    },
    rest: () => content.subarray(at),
  };
}
