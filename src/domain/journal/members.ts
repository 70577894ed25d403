/** A pupil who came into a class or left it. */
export interface Move {
  readonly pupilExternalId: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** Who was in the class before the moves, which are given newest first, were made. Pure. */
export function membersBefore(
  classExternalId: string,
  now: readonly string[],
  moves: readonly Move[],
): ReadonlySet<string> {
  const members = new Set(now);
  for (const { pupilExternalId, from, to } of moves) {
    if (to === classExternalId) members.delete(pupilExternalId);
    if (from === classExternalId) members.add(pupilExternalId);
  }
  return members;
}
