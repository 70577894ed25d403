import sharp from "sharp";
import type { Grey } from "./grey.ts";

// Files as a copier writes them.

/** A PDF whose pages are these grey JPEGs, each at its dots per inch. */
export async function pdfOfJpegs(pages: readonly { readonly jpeg: Buffer; readonly dpi: number }[]): Promise<Buffer> {
  const drawn = await Promise.all(
    pages.map(async ({ jpeg, dpi }) => {
      const { width, height, channels } = await sharp(jpeg).metadata();
      if (channels !== 1) throw new Error("only grey pages are written");
      return { jpeg, width, height, right: (width / dpi) * 72, up: (height / dpi) * 72 };
    }),
  );
  return pdf(
    drawn.map(({ jpeg, width, height, right, up }) => ({
      size: [right, up],
      content: Buffer.from(`q ${right} 0 0 ${up} 0 0 cm /Im Do Q`),
      image: {
        head: `/Width ${width} /Height ${height} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode`,
        data: jpeg,
      },
    })),
  );
}

export interface PdfPage {
  readonly size: readonly [number, number];
  readonly content: Buffer;
  /** What its content stream says of itself beside its length. */
  readonly contentHead?: string;
  readonly image?: { readonly head: string; readonly data: Buffer };
}

/** A PDF of these pages; `trailer` is added to its own. */
export function pdf(pages: readonly PdfPage[], trailer = ""): Buffer {
  const parts: Buffer[] = [Buffer.from("%PDF-1.5\n%\xff\xff\xff\xff\n", "latin1")];
  const offsets: number[] = [];
  let length = parts[0]?.length ?? 0;
  const add = (...chunks: (string | Buffer)[]) => {
    for (const chunk of chunks) {
      const bytes = Buffer.from(chunk as string);
      parts.push(bytes);
      length += bytes.length;
    }
  };
  const object = (number: number, ...chunks: (string | Buffer)[]) => {
    offsets[number] = length;
    add(`${number} 0 obj\n`, ...chunks, "\nendobj\n");
  };
  object(1, "<< /Type /Catalog /Pages 2 0 R >>");
  object(2, `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, i) => `${3 + i * 3} 0 R`).join(" ")}] >>`);
  for (const [index, { size, content, contentHead = "", image }] of pages.entries()) {
    const own = 3 + index * 3;
    object(
      own,
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${size.join(" ")}] /Contents ${own + 1} 0 R /Resources << /XObject << /Im ${own + 2} 0 R >> >> >>`,
    );
    object(own + 1, `<< /Length ${content.length} ${contentHead} >>\nstream\n`, content, "\nendstream");
    const { head, data } = image ?? {
      head: "/Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8",
      data: Buffer.from([255]),
    };
    object(
      own + 2,
      `<< /Type /XObject /Subtype /Image ${head} /Length ${data.length} >>\nstream\n`,
      data,
      "\nendstream",
    );
  }
  const count = 3 + pages.length * 3;
  const start = length;
  add(`xref\n0 ${count}\n0000000000 65535 f \n`);
  for (let number = 1; number < count; number += 1) add(`${String(offsets[number]).padStart(10, "0")} 00000 n \n`);
  add(`trailer\n<< /Size ${count} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`);
  return Buffer.concat(parts);
}

/** A TIFF of several pages of the same size, as a copier writes it: one strip a page, not packed, little-endian. */
export function tiffOf(pages: readonly Grey[], dpi: number): Buffer {
  const head = Buffer.from([0x49, 0x49, 0x2a, 0, 8, 0, 0, 0]);
  const parts = [head];
  let offset = head.length;
  for (const [index, { width, height, data }] of pages.entries()) {
    const entries: [tag: number, type: number, count: number, value: number][] = [
      [256, 4, 1, width],
      [257, 4, 1, height],
      [258, 3, 1, 8],
      [259, 3, 1, 1],
      [262, 3, 1, 1],
      [273, 4, 1, 0],
      [277, 3, 1, 1],
      [278, 4, 1, height],
      [279, 4, 1, data.length],
      [282, 5, 1, 0],
      [283, 5, 1, 0],
      [296, 3, 1, 2],
    ];
    const directory = Buffer.alloc(2 + entries.length * 12 + 4 + 8);
    const after = offset + directory.length;
    directory.writeUInt16LE(entries.length, 0);
    for (const [at, [tag, type, count, value]] of entries.entries()) {
      const resolution = offset + directory.length - 8;
      const told = tag === 273 ? after : type === 5 ? resolution : value;
      directory.writeUInt16LE(tag, 2 + at * 12);
      directory.writeUInt16LE(type, 4 + at * 12);
      directory.writeUInt32LE(count, 6 + at * 12);
      directory.writeUInt32LE(told, 10 + at * 12);
    }
    const padded = data.length + (data.length % 2);
    directory.writeUInt32LE(index + 1 < pages.length ? after + padded : 0, 2 + entries.length * 12);
    directory.writeUInt32LE(dpi, directory.length - 8);
    directory.writeUInt32LE(1, directory.length - 4);
    parts.push(directory, Buffer.from(data), Buffer.alloc(padded - data.length));
    offset = after + padded;
  }
  return Buffer.concat(parts);
}
