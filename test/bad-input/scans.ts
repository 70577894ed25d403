import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { createDeflate, deflateSync } from "node:zlib";
import sharp from "sharp";
import { pdf } from "../support/scans/copier-files.ts";

// What comes when people scan «the slips»: files made here byte by byte.

/** A file as it lies in the copier's folder, and the exact sentence about it. */
export interface BadScan {
  readonly what: string;
  readonly name: string;
  content(): Buffer | Promise<Buffer>;
  readonly sentence: string;
}

const A4 = [595, 842] as const;
const blankPage = { size: A4, content: Buffer.from("") };
const NOTHING =
  "страница 1: код не читается или корешка здесь нет. Наберите код, напечатанный под квадратом: «sverka slips enter», а если корешка нет – «sverka slips clear».";
const KIND = "Это не скан: сохраните скан на копире как PDF, JPEG, PNG или TIFF.";
const BROKEN = "Файл испорчен или не дописан до конца: отсканируйте ещё раз.";
const BOMB =
  "Файл распаковывается во много раз больше, чем бывает у скана, и не прочитан: отсканируйте ещё раз с 200 точками на дюйм.";

/** A cat, sitting on the copier's glass as cats do. */
const CAT = `<svg xmlns="http://www.w3.org/2000/svg" width="1240" height="1754" viewBox="0 0 620 877">
  <rect width="620" height="877" fill="#f2f0ea"/>
  <g fill="#5b534c" stroke="#3a342f" stroke-width="6">
    <ellipse cx="310" cy="560" rx="190" ry="230"/><circle cx="310" cy="280" r="140"/>
    <path d="M190 210 L200 90 L290 155 Z M430 210 L420 90 L330 155 Z"/><path d="M480 690 C620 640 600 470 540 450" fill="none" stroke-width="34"/>
  </g>
  <g fill="#d9c86a"><ellipse cx="255" cy="265" rx="30" ry="22"/><ellipse cx="365" cy="265" rx="30" ry="22"/></g>
  <g fill="#111"><ellipse cx="255" cy="265" rx="8" ry="20"/><ellipse cx="365" cy="265" rx="8" ry="20"/><path d="M295 315 h30 l-15 18 z"/></g>
  <g stroke="#eee" stroke-width="3">${[-20, 0, 20].map((y) => `<path d="M240 ${330 + y / 2} L110 ${320 + y} M380 ${330 + y / 2} L510 ${320 + y}"/>`).join("")}</g>
  <g stroke="#463f39" stroke-width="9">${Array.from({ length: 9 }, (_, i) => `<path d="M${160 + i * 37} ${470 + (i % 3) * 12} l10 70"/>`).join("")}</g>
</svg>`;

/** 900 MB of zeros in a few kilobytes: packed twice, and never whole in memory. */
let packedZeros: Promise<Buffer> | null = null;
function zeros(): Promise<Buffer> {
  const chunks = Readable.from(Array<Buffer>(100).fill(Buffer.alloc(9_000_000)));
  packedZeros ??= buffer(chunks.pipe(createDeflate({ level: 1 }))).then((once) => deflateSync(once, { level: 9 }));
  return packedZeros;
}
const TWICE = "/Filter [/FlateDecode /FlateDecode]";

/** A TIFF whose only picture has so many pixels and no content: its header alone. */
function lyingTiff(side: number): Buffer {
  const entries = [
    [256, 4, side],
    [257, 4, side],
    [258, 3, 8],
    [259, 3, 1],
    [262, 3, 1],
    [273, 4, 8],
    [277, 3, 1],
    [278, 4, side],
    [279, 4, 100],
  ] as const;
  const file = Buffer.alloc(8 + 2 + entries.length * 12 + 4);
  file.write("II*\0", 0, "latin1");
  file.writeUInt32LE(8, 4);
  file.writeUInt16LE(entries.length, 8);
  for (const [index, [tag, type, value]] of entries.entries()) {
    const at = 10 + index * 12;
    file.writeUInt16LE(tag, at);
    file.writeUInt16LE(type, at + 2);
    file.writeUInt32LE(1, at + 4);
    file.writeUInt32LE(value, at + 8);
  }
  return file;
}

const hex = `<${"5a".repeat(32)}>`;
const photo = () => sharp({ create: { width: 400, height: 500, channels: 3, background: "#ccc" } });

export const BAD_SCANS: readonly BadScan[] = [
  { what: "a cat", name: "кот.jpg", content: () => sharp(Buffer.from(CAT)).jpeg().toBuffer(), sentence: NOTHING },
  {
    what: "an empty file",
    name: "скан.pdf",
    content: () => Buffer.alloc(0),
    sentence: "Файл пуст: в нём 0 байт. Отсканируйте ещё раз.",
  },
  {
    what: "a PDF of 2,000 pages",
    name: "архив.pdf",
    content: () => pdf(Array.from({ length: 2_000 }, () => blankPage)),
    sentence: "В файле больше 200 страниц, и он не прочитан: разделите его.",
  },
  {
    what: "an encrypted PDF",
    name: "скан.pdf",
    content: () =>
      pdf(
        [blankPage],
        `/ID [${hex} ${hex}] /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O ${hex} /U ${hex} >>`,
      ),
    sentence: "Файл защищён паролем: отключите пароль в настройках копира и отсканируйте ещё раз.",
  },
  {
    what: "a picture of a PDF that unpacks to 900 MB",
    name: "бомба.pdf",
    content: async () => {
      const head = `/Width 30000 /Height 30000 /ColorSpace /DeviceGray /BitsPerComponent 8 ${TWICE}`;
      const content = Buffer.from("q 595 0 0 842 0 0 cm /Im Do Q");
      return pdf([{ size: A4, content, image: { head, data: await zeros() } }]);
    },
    sentence: BOMB,
  },
  {
    what: "a page of a PDF that is drawn by 900 MB of words",
    name: "бомба.pdf",
    content: async () => pdf([{ size: A4, content: await zeros(), contentHead: TWICE }]),
    sentence: BOMB,
  },
  {
    what: "a PNG of 81 million pixels",
    name: "бомба.png",
    content: () =>
      sharp({ create: { width: 9_000, height: 9_000, channels: 3, background: "#fff" } })
        .toColourspace("b-w")
        .png({ compressionLevel: 9 })
        .toBuffer(),
    sentence: BOMB,
  },
  { what: "a TIFF that says it is huge", name: "скан.tiff", content: () => lyingTiff(60_000), sentence: BOMB },
  { what: "a text that was renamed", name: "скан.pdf", content: () => Buffer.from("5 А: все сдали\n"), sentence: KIND },
  {
    what: "a web page of the copier",
    name: "скан.pdf",
    content: () => Buffer.from("<!DOCTYPE html><html><body>Login</body></html>"),
    sentence: KIND,
  },
  { what: "a picture of another kind", name: "скан.jpg", content: () => photo().webp().toBuffer(), sentence: KIND },
  {
    what: "a drawing that asks for other files",
    name: "скан.png",
    content: () =>
      Buffer.from(
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd" width="9" height="9"/></svg>',
      ),
    sentence: KIND,
  },
  {
    what: "a JPEG that breaks off",
    name: "скан.jpg",
    content: async () => (await photo().jpeg().toBuffer()).subarray(0, 700),
    sentence: BROKEN,
  },
  {
    what: "a PDF of which only the beginning came",
    name: "скан.pdf",
    content: () => Buffer.from("%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\n"),
    sentence: BROKEN,
  },
  { what: "a PDF without pages", name: "скан.pdf", content: () => pdf([]), sentence: BROKEN },
];

/** What people type from the paper, for the code 4821 0937 5567. */
export const BAD_CODES = [
  [
    "one digit wrong",
    "4821 0937 5566",
    "В коде корешка ошибка в одной из цифр: сравните его с напечатанным под квадратом.",
  ],
  [
    "two neighbours changed",
    "4821 0973 5567",
    "В коде корешка ошибка в одной из цифр: сравните его с напечатанным под квадратом.",
  ],
  ["a letter for a digit", "4821 O937 5567", "Код корешка – 12 цифр, они напечатаны под квадратом: «4821 0937 5561»."],
  ["too few", "4821 0937", "Код корешка – 12 цифр, они напечатаны под квадратом: «4821 0937 5561»."],
  ["nothing", "", "Код корешка – 12 цифр, они напечатаны под квадратом: «4821 0937 5561»."],
] as const;
