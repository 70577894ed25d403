/** Modules of a side of what is printed: version 2 (`src/documents/notice/square.ts`). */
export const SIDE = 25;

/** A module whose shade is the same in every code: −1 dark, 1 light. */
export interface KnownModule {
  /** From the middle of the square. */
  readonly i: number;
  readonly j: number;
  readonly shade: 1 | -1;
}

const MIDDLE = (SIDE - 1) / 2;

/** The finder with the light line around it, its middle at the origin: eye, ring, eye's white and rim. */
export const FINDER: readonly KnownModule[] = grid(-4, 4).map(({ i, j }) => {
  const ring = Math.max(Math.abs(i), Math.abs(j));
  return { i, j, shade: ring === 2 || ring === 4 ? 1 : -1 };
});

/** Finders stand at three corners, this far from the middle. */
export const FINDER_AT = MIDDLE - 3;

/** Beyond the finders: the timing lines, the little square at the lower right, and the light rim around it all. */
export const FURTHER: readonly KnownModule[] = [
  ...Array.from({ length: SIDE - 16 }, (_, n) => n + 8).flatMap((n): KnownModule[] => {
    const shade = n % 2 === 0 ? -1 : 1;
    return [
      { i: n - MIDDLE, j: 6 - MIDDLE, shade },
      { i: 6 - MIDDLE, j: n - MIDDLE, shade },
    ];
  }),
  ...grid(-2, 2).map(({ i, j }): KnownModule => {
    const ring = Math.max(Math.abs(i), Math.abs(j));
    return { i: i + SIDE - 7 - MIDDLE, j: j + SIDE - 7 - MIDDLE, shade: ring === 1 ? 1 : -1 };
  }),
  ...Array.from({ length: SIDE }, (_, n) => n - MIDDLE).flatMap((n): KnownModule[] => [
    { i: n, j: MIDDLE + 1, shade: 1 },
    { i: MIDDLE + 1, j: n, shade: 1 },
  ]),
];

/** All of them, as the square stands upright. */
export const KNOWN: readonly KnownModule[] = [
  ...[
    [-1, -1],
    [1, -1],
    [-1, 1],
  ].flatMap(([right = 0, down = 0]) =>
    FINDER.map(({ i, j, shade }): KnownModule => ({ i: i + right * FINDER_AT, j: j + down * FINDER_AT, shade })),
  ),
  ...FURTHER,
];

function grid(from: number, to: number): { i: number; j: number }[] {
  const range = Array.from({ length: to - from + 1 }, (_, n) => from + n);
  return range.flatMap((j) => range.map((i) => ({ i, j })));
}
