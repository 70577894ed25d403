import type { Grey } from "./grey.ts";
import { pdfFile } from "./pdf-file.ts";
import { pictureFile } from "./picture-file.ts";
import { refusal } from "./refusal.ts";

/** An opened file: its pages one by one, as they are asked for. */
export interface PageFile {
  readonly pages: number;
  /** From 0. Throws `scan-broken`, `scan-bomb`. */
  page(index: number): Promise<Grey>;
  close(): void;
}

/** What a file is, its first bytes tell, whatever its name says. Throws `scan-kind`, `scan-locked`, `scan-broken`, `scan-bomb`. */
export function openPages(bytes: Uint8Array): Promise<PageFile> {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1024));
  if (head.includes("%PDF-")) return pdfFile(bytes);
  if (PICTURES.some((signature) => head.subarray(0, signature.length).equals(signature))) return pictureFile(bytes);
  throw refusal("scan-kind");
}

/** JPEG, PNG, TIFF of both byte orders. */
const PICTURES = [
  [0xff, 0xd8, 0xff],
  [0x89, 0x50, 0x4e, 0x47],
  [0x49, 0x49, 0x2a, 0x00],
  [0x4d, 0x4d, 0x00, 0x2a],
].map((signature) => Buffer.from(signature));
