/** One page of a file, looked at. */
export interface ScannedPage {
  /** From 1. */
  readonly page: number;
  /** Of the whole file. */
  readonly pages: number;
  /** Codes of slips of this service with a right check digit, each once; anything else that stands on the page is not told. */
  readonly codes: readonly { readonly code: string; readonly at: PagePoint }[];
  /** Squares of slips that are seen and cannot be read. */
  readonly unread: readonly PagePoint[];
  /** Nothing is printed or written on it: the back of a sheet. */
  readonly blank: boolean;
}

/** Shares of the page's width and height, from its upper left corner. */
export interface PagePoint {
  readonly x: number;
  readonly y: number;
}

/** Looks for slips in what a copier wrote. Its memory is that of a page or two, whatever the file. */
export interface Scanner {
  /** The pages in their order. Throws `SverkaError` `scan-…` (input) for a file that cannot be read; pages told before count for nothing then. */
  read(bytes: Uint8Array, options?: { signal?: AbortSignal }): AsyncIterable<ScannedPage>;
  /** Ends its threads; it may be used again. */
  close(): Promise<void>;
}
