/** One page of a class: how much stood on it, and how much of that the new answer lacks. */
export interface PageLoss {
  readonly key: string;
  readonly kind: string;
  readonly facts: number;
  readonly lost: number;
  /** The same answer was already held back in an earlier pass: now it is confirmed. */
  readonly confirmed: boolean;
}

export interface MassLimits {
  /** Share of the facts, 0–1, above which a loss is suspicious. */
  readonly share: number;
  /** … if it is also more than this many facts. */
  readonly count: number;
}

/**
 * Which pages to hold back (design.md § 3.3): those that lose too much by themselves, those that become wholly empty, and all losing
 * pages of a kind when the class as a whole loses too much, or when this pass has held some back before it was cut off (`heldKinds`).
 * Everything else is believed. Pure.
 */
export function heldPages(
  pages: readonly PageLoss[],
  limits: MassLimits,
  heldKinds: ReadonlySet<string> = new Set(),
): Set<string> {
  const mass = (lost: number, facts: number) => lost > limits.count && lost > limits.share * facts;
  const held = new Set<string>();
  for (const kind of new Set(pages.map((page) => page.kind))) {
    const ofKind = pages.filter((page) => page.kind === kind);
    const doubtful = ofKind.filter((page) => page.lost > 0 && !page.confirmed);
    const sum = (of: readonly PageLoss[], what: "facts" | "lost") => of.reduce((total, page) => total + page[what], 0);
    const classWide = heldKinds.has(kind) || mass(sum(doubtful, "lost"), sum(ofKind, "facts"));
    for (const page of doubtful) {
      if (classWide || mass(page.lost, page.facts) || page.lost === page.facts) held.add(page.key);
    }
  }
  return held;
}
