/** A school's list is a few hundred kilobytes: what is far beyond is refused before it is opened. */
export const LIMITS = {
  /** Bytes of the file. */
  file: 20 * 1024 * 1024,
  /** Bytes of an XLSX unpacked, all its parts together. */
  unpacked: 200 * 1024 * 1024,
  /** Parts of an XLSX. */
  parts: 2_000,
  rows: 100_000,
  /** Columns to the right of these are not read. */
  columns: 256,
  /** Merged ranges, and the cells that they fill. */
  merges: 50_000,
  filled: 1_000_000,
} as const;
