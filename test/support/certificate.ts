import { generateKeyPairSync, sign } from "node:crypto";

export interface TestCertificate {
  readonly cert: string;
  readonly key: string;
}

/** A certificate that nobody but its key has signed, for a day: real TLS in tests, without a program of the system's. */
export function makeCertificate(names: readonly string[]): TestCertificate {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = sequence(set(sequence(oid(2, 5, 4, 3), utf8("sverka test"))));
  const algorithm = sequence(oid(1, 2, 840, 10045, 4, 3, 2));
  const tell = (at: number) => der(0x17, Buffer.from(new Date(at).toISOString().replace(/^20|[-:T]|\.\d+/g, "")));
  const [from, to] = [Date.now() - 3_600_000, Date.now() + 86_400_000];
  const alternatives = sequence(
    oid(2, 5, 29, 17),
    der(
      0x04,
      sequence(...names.map((one) => (isAddress(one) ? der(0x87, bytesOf(one)) : der(0x82, Buffer.from(one))))),
    ),
  );
  const body = sequence(
    der(0xa0, integer(2)),
    integer(1 + Math.floor(Math.random() * 1e9)),
    algorithm,
    name,
    sequence(tell(from), tell(to)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(alternatives)),
  );
  const signature = der(0x03, Buffer.of(0), sign("sha256", body, privateKey));
  const bytes = sequence(body, algorithm, signature);
  const lines = bytes.toString("base64").replace(/(.{64})/g, "$1\n");
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

const isAddress = (name: string) => /^[\d.]+$/.test(name);
const bytesOf = (address: string) => Buffer.from(address.split(".").map(Number));

function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const { length } = body;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}
const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts);
const set = (...parts: readonly Uint8Array[]) => der(0x31, ...parts);
const utf8 = (text: string) => der(0x0c, Buffer.from(text));

function integer(value: number): Buffer {
  const bytes = [];
  for (let rest = value; rest > 0 || bytes.length === 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return der(0x02, Buffer.from((bytes[0] ?? 0) > 127 ? [0, ...bytes] : bytes));
}

function oid(first: number, second: number, ...rest: readonly number[]): Buffer {
  const groups = rest.map((value) => {
    const bytes = [value % 128];
    for (let more = Math.floor(value / 128); more > 0; more = Math.floor(more / 128)) bytes.unshift(128 + (more % 128));
    return bytes;
  });
  return der(0x06, Buffer.from([first * 40 + second, ...groups.flat()]));
}
