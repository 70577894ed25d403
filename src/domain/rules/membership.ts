import { dayOf } from "../days.ts";
import type { ClassSnapshot } from "../facts.ts";
import type { IsoDate } from "../time.ts";

/** Whether a pupil was in the class on a day, as far as anybody knows: somebody of whom no coming is known has always been there. */
export type Membership = (pupilExternalId: string, date: IsoDate) => boolean;

/**
 * A page shows the class's lessons from the year's beginning, also those before its pupil came; marks that the pupil brought along are often written into
 * them. They are no late ones.
 */
export function membershipOf({
  pupils,
  lists,
  school,
}: Pick<ClassSnapshot, "pupils" | "lists" | "school">): Membership {
  const moves = Map.groupBy(
    lists.moves.map((move) => ({ ...move, day: dayOf(move.at, school.zone) })),
    ({ pupilExternalId }) => pupilExternalId,
  );
  const joined = new Map(pupils.flatMap(({ externalId, joinedOn }) => (joinedOn ? [[externalId, joinedOn]] : [])));
  return (pupilExternalId, date) => {
    const own = moves.get(pupilExternalId);
    if (own === undefined) return date >= (joined.get(pupilExternalId) ?? date);
    let isThere = own[0]?.kind === "went";
    for (const { kind, day } of own) {
      if (kind === "came" ? day > date : day >= date) break;
      isThere = kind === "came";
    }
    return isThere;
  };
}
