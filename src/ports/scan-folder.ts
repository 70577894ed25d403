/** A file with a scan. */
export interface ScanSource {
  /** Its full path. */
  readonly path: string;
  /** Its name alone. */
  readonly name: string;
}

/** Where scans come in and originals are kept. Paths of kept and refused files are told relative to the data folder. */
export interface ScanFolder {
  /** What lies in the watched folder and has not changed since this was last asked. */
  arrived(): Promise<readonly ScanSource[]>;
  /** Throws `SverkaError` `scan-unreadable` (input). The size is asked first. */
  measure(source: ScanSource): Promise<{ readonly digest: string; readonly bytes: number }>;
  /** Throws `SverkaError` `scan-unreadable`, `scan-too-big` or `scan-empty` (input). */
  read(source: ScanSource): Promise<Uint8Array>;
  /** Writes an original where originals are kept; the same bytes have the same place. */
  keep(
    bytes: Uint8Array,
    of: { readonly digest: string; readonly day: string; readonly name: string },
  ): Promise<string>;
  /** Where `setAside` will put it. */
  asidePath(source: ScanSource, digest: string): string;
  /** Takes a file out of the watched folder to those that were not accepted. */
  setAside(source: ScanSource, digest: string): Promise<void>;
  /** Takes a file out of the watched folder for good, unless it has changed since it was measured. */
  remove(source: ScanSource): Promise<void>;
  /** Destroys a kept or refused file; one that is gone already is none the worse. */
  destroy(path: string): Promise<void>;
  /** All originals that are kept. */
  kept(): Promise<readonly string[]>;
}
