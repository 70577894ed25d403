/** A class's slips are a few pages of a few hundred kilobytes: what is far beyond is refused before it is opened whole. */
export const LIMITS = {
  /** Bytes of a file. */
  file: 100 * 1024 * 1024,
  pages: 200,
  /** Of one picture: A3 at 600 dots per inch is 70 million. */
  pixels: 75_000_000,
  /** Of a page as it is looked at: A3 at 200 dots per inch is 8 million. */
  looked: 12_000_000,
  /** Bytes that a PDF may take unpacked. */
  unpacked: 768 * 1024 * 1024,
  /** Milliseconds of real time for one page, or for opening a file. */
  page: 60_000,
} as const;
