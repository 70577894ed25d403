/** Where in a file a notice stands; pages from 1. */
export interface PrintPlace {
  readonly page: number;
  /** Its last page; unknown: it ends somewhere before the next one begins. */
  readonly last?: number | undefined;
  readonly noticeId: number;
}

export interface PrintedFile {
  readonly pages: number;
  /** simplex, duplex, two-up */
  readonly layout: string;
  readonly places: readonly PrintPlace[];
}

/** Where printing begins, on paper: in duplex a sheet begins with its front. */
export function frontOf(page: number, layout: string): number {
  return layout === "duplex" ? page - ((page + 1) % 2) : page;
}

/**
 * The pages from `fromPage` on without those of withdrawn notices, which must not reach anybody. In duplex whole sheets are left out, so that every
 * front stays a front; none when no notice is left. Null: a withdrawn notice cannot be parted from another one, or nobody knows where it ends. Pure.
 */
export function pagesToPrint(file: PrintedFile, fromPage: number, withdrawn: ReadonlySet<number>): number[] | null {
  const from = frontOf(fromPage, file.layout);
  const sheet = (page: number) => (file.layout === "duplex" ? Math.ceil(page / 2) : page);
  const gone = new Set<number>();
  for (const { noticeId, page, last } of file.places) {
    if (!withdrawn.has(noticeId) || (last ?? file.pages) < from) continue;
    if (last === undefined) return null;
    for (let at = sheet(page); at <= sheet(last); at++) gone.add(at);
  }
  const others = file.places.filter(({ noticeId }) => !withdrawn.has(noticeId));
  const torn = others.some(({ page, last }) => {
    for (let at = sheet(page); at <= sheet(last ?? page); at++) if (gone.has(at)) return true;
    return false;
  });
  if (torn) return null;
  // A list to hand out by, with nothing behind it that could be handed out, is no print.
  if (gone.size > 0 && !others.some(({ page, last }) => (last ?? page) >= from)) return [];
  return Array.from({ length: file.pages }, (_, index) => index + 1).filter(
    (page) => page >= from && !gone.has(sheet(page)),
  );
}

/**
 * The notices all of whose pages are among the first `done` of the printed pages. A notice whose end is unknown is taken to reach to the next one, so
 * that none is called printed too early. Pure.
 */
export function noticesPrinted(file: PrintedFile, printed: readonly number[], done: number): number[] {
  const out = new Set(printed.slice(0, done));
  const begins = [...new Set(file.places.map(({ page }) => page))].sort((one, other) => one - other);
  return file.places.flatMap(({ noticeId, page, last }) => {
    const end = last ?? (begins.find((begin) => begin > page) ?? file.pages + 1) - 1;
    for (let at = page; at <= end; at++) if (!out.has(at)) return [];
    return [noticeId];
  });
}
