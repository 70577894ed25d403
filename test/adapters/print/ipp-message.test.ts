import fc from "fast-check";
import { expect, it } from "vitest";
import { decodeMessage, IppFault } from "../../../adapters/print/ipp/decode.ts";
import { encodeMessage } from "../../../adapters/print/ipp/encode.ts";
import { GROUP, type IppAttribute, type IppValue, TAG } from "../../../adapters/print/ipp/message.ts";

const number = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const word = fc.string({ unit: "grapheme", maxLength: 40 });
const name = word.filter((one) => one !== "");

const { attribute } = fc.letrec<{ value: IppValue; attribute: IppAttribute }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    fc.record({ tag: fc.constantFrom(TAG.integer, TAG.enum), value: number }),
    fc.record({ tag: fc.constant(TAG.boolean), value: fc.boolean() }),
    fc.record({ tag: fc.constantFrom(TAG.text, TAG.name, TAG.keyword, TAG.uri, TAG.mimeType), value: word }),
    fc.record({ tag: fc.constantFrom(TAG.noValue, TAG.unknown, TAG.unsupported), value: fc.constant(null) }),
    fc.record({ tag: fc.constant(TAG.range), value: fc.record({ from: number, to: number }) }),
    fc.record({
      tag: fc.constantFrom(TAG.textWithLanguage, TAG.nameWithLanguage),
      value: fc.record({ language: word, text: word }),
    }),
    fc.record({ tag: fc.constant(TAG.octets), value: fc.uint8Array({ maxLength: 20 }) }),
    fc.record({ tag: fc.constant(TAG.beginCollection), value: fc.array(tie("attribute"), { maxLength: 3 }) }),
  ),
  attribute: fc.record({ name, values: fc.array(tie("value"), { minLength: 1, maxLength: 3 }) }),
}));

const message = fc.record({
  version: fc.tuple(fc.nat({ max: 255 }), fc.nat({ max: 255 })),
  code: fc.nat({ max: 0xffff }),
  requestId: number,
  groups: fc.array(
    fc.record({
      tag: fc.constantFrom(GROUP.operation, GROUP.job, GROUP.printer, GROUP.unsupported),
      attributes: fc.array(attribute, { maxLength: 4 }),
    }),
    { maxLength: 4 },
  ),
  data: fc.uint8Array({ maxLength: 60 }),
});

it("reads what it has written, collections and documents too", () => {
  fc.assert(
    fc.property(message, (written) => {
      const read = decodeMessage(encodeMessage(written));
      expect({ ...read, version: [...read.version] }).toEqual(written);
    }),
  );
});

it("answers any bytes with a message or a fault, and never reads past their end", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => sound(bytes)));
});

it("answers a message with a bent byte or a lost end likewise", () => {
  fc.assert(
    fc.property(message, fc.nat(), fc.nat({ max: 255 }), fc.nat(), (whole, place, byte, length) => {
      const bytes = encodeMessage(whole);
      bytes[place % bytes.length] = byte;
      sound(bytes.subarray(0, length % (bytes.length + 1)));
    }),
  );
});

it("reads a request as the standard lays it out", () => {
  // RFC 8010, 3.1 and A.1: tag, length of the name, name, length of the value, value.
  const item = (tag: string, name: string, value: string) => {
    const counted = (content: string) =>
      content.length.toString(16).padStart(4, "0") + Buffer.from(content).toString("hex");
    return tag + counted(name) + counted(value);
  };
  const hex = [
    "0101 0002 00000001 01",
    item("47", "attributes-charset", "utf-8"),
    item("48", "attributes-natural-language", "en-us"),
    item("45", "printer-uri", "ipp://printer/ipp/print"),
    "02",
    item("44", "sides", "one-sided"),
    item("44", "", "two-sided-long-edge"),
    "21 0006 636f70696573 0004 00000014",
    "03 21",
  ].join("");
  const read = decodeMessage(Buffer.from(hex.replaceAll(" ", ""), "hex"));
  expect(read).toMatchObject({ version: [1, 1], code: 2, requestId: 1 });
  const said = read.groups.map(({ tag, attributes }) => [
    tag,
    Object.fromEntries(attributes.map(({ name, values }) => [name, values.map(({ value }) => value)])),
  ]);
  expect(said).toEqual([
    [
      GROUP.operation,
      {
        "attributes-charset": ["utf-8"],
        "attributes-natural-language": ["en-us"],
        "printer-uri": ["ipp://printer/ipp/print"],
      },
    ],
    [GROUP.job, { sides: ["one-sided", "two-sided-long-edge"], copies: [20] }],
  ]);
  expect(Buffer.from(read.data).toString()).toBe("!");
});

function sound(bytes: Uint8Array): void {
  try {
    decodeMessage(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(IppFault);
  }
}
