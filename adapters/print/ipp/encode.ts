import {
  GROUP,
  type IppAttribute,
  type IppMessage,
  type IppValue,
  isNothing,
  isNumber,
  isText,
  isWithLanguage,
  TAG,
} from "./message.ts";

const text = new TextEncoder();
const NOTHING = new Uint8Array(0);

/** The message as bytes (RFC 8010, 3.1). Throws `RangeError` where a name or value is longer than 65,535 octets, or does not fit its tag. */
export function encodeMessage({ version, code, requestId, groups, data }: IppMessage): Uint8Array {
  const parts: Uint8Array[] = [bytes(8, (view) => view.setUint16(2, code)), ...groups.flatMap(group)];
  const [head] = parts;
  head?.set(version, 0);
  if (head !== undefined) new DataView(head.buffer).setInt32(4, requestId);
  return joined([...parts, new Uint8Array([GROUP.end]), data]);
}

function group({ tag, attributes }: IppMessage["groups"][number]): Uint8Array[] {
  return [new Uint8Array([tag]), ...attributes.flatMap(attribute)];
}

function attribute({ name, values }: IppAttribute): Uint8Array[] {
  return values.flatMap((value, index) => item(index === 0 ? name : "", value));
}

function item(name: string, { tag, value }: IppValue): Uint8Array[] {
  const begin = [new Uint8Array([tag]), counted(text.encode(name))];
  if (tag !== TAG.beginCollection) return [...begin, counted(contentOf({ tag, value }))];
  const members = Array.isArray(value) ? (value as readonly IppAttribute[]) : [];
  const inside = members.flatMap((member) => [
    new Uint8Array([TAG.memberName]),
    counted(NOTHING),
    counted(text.encode(member.name)),
    ...member.values.flatMap((one) => item("", one)),
  ]);
  return [
    ...begin,
    counted(NOTHING),
    ...inside,
    new Uint8Array([TAG.endCollection]),
    counted(NOTHING),
    counted(NOTHING),
  ];
}

function contentOf({ tag, value }: IppValue): Uint8Array {
  if (value === null && isNothing(tag)) return NOTHING;
  if (typeof value === "number" && isNumber(tag)) return bytes(4, (view) => view.setInt32(0, value));
  if (typeof value === "boolean" && tag === TAG.boolean) return new Uint8Array([value ? 1 : 0]);
  if (typeof value === "string" && isText(tag)) return text.encode(value);
  if (value instanceof Uint8Array) return value;
  if (value !== null && typeof value === "object" && "from" in value && tag === TAG.range) {
    return bytes(8, (view) => {
      view.setInt32(0, value.from);
      view.setInt32(4, value.to);
    });
  }
  if (value !== null && typeof value === "object" && "language" in value && isWithLanguage(tag))
    return joined([counted(text.encode(value.language)), counted(text.encode(value.text))]);
  throw new RangeError(`a value does not fit the tag 0x${tag.toString(16)}`);
}

function counted(content: Uint8Array): Uint8Array {
  if (content.length > 0xffff) throw new RangeError("longer than 65,535 octets");
  return joined([bytes(2, (view) => view.setUint16(0, content.length)), content]);
}

function bytes(length: number, fill: (view: DataView) => void): Uint8Array {
  const made = new Uint8Array(length);
  fill(new DataView(made.buffer));
  return made;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
