/**
 * A few pupils on whose pages together every lesson of the class stands: asking them alone tells who gave each lesson.
 * Greedy, deterministic. Pure.
 */
export function coveringPupils(lessonsOf: ReadonlyMap<string, readonly string[]>): string[] {
  const uncovered = new Set([...lessonsOf.values()].flat());
  const chosen: string[] = [];
  const pupils = [...lessonsOf.keys()].sort();
  while (uncovered.size > 0) {
    const gains = pupils.map((pupil) =>
      (lessonsOf.get(pupil) ?? []).reduce((n, lesson) => n + (uncovered.has(lesson) ? 1 : 0), 0),
    );
    const best = pupils[gains.indexOf(Math.max(...gains))];
    if (best === undefined) break;
    chosen.push(best);
    for (const lesson of lessonsOf.get(best) ?? []) uncovered.delete(lesson);
  }
  return chosen;
}
