/** Where a pupil was before this list. */
export interface KnownPlace {
  readonly externalId: string;
  readonly classExternalId: string | null;
  readonly gone: boolean;
}

/** Where the new list has a pupil; a class that could not be asked is null. */
export interface ListedPlace {
  readonly externalId: string;
  readonly classExternalId: string | null;
}

/** `placed`: somebody who had joined when the class could not be asked is in that class. */
export interface PlaceChange {
  readonly kind: "joined" | "left" | "moved" | "placed";
  readonly pupilExternalId: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** Above `share` of the pupils and more than `count` at once it is no change of single pupils: a new school year, or a list that had been incomplete. */
export interface MassChange {
  readonly share: number;
  readonly count: number;
}

/**
 * What changed in the class lists («Порядок», п. 3.2.1). The very first list changes nothing; whose class could not be asked has not moved. `leavingBelieved` is
 * false when so many are missing that the list itself is doubted. Pure.
 */
export function rosterChanges(
  known: readonly KnownPlace[],
  listed: readonly ListedPlace[],
  { leavingBelieved, mass }: { readonly leavingBelieved: boolean; readonly mass: MassChange },
): readonly PlaceChange[] {
  if (known.length === 0) return [];
  const before = new Map(known.map((pupil) => [pupil.externalId, pupil]));
  const now = new Set(listed.map(({ externalId }) => externalId));
  const changes: PlaceChange[] = listed.flatMap(({ externalId, classExternalId: to }): PlaceChange[] => {
    const place = before.get(externalId);
    const from = place?.classExternalId ?? null;
    const change = (kind: PlaceChange["kind"]) => [{ kind, pupilExternalId: externalId, from, to }];
    if (place === undefined || place.gone) return [{ kind: "joined", pupilExternalId: externalId, from: null, to }];
    if (to === null || from === to) return [];
    return change(from === null ? "placed" : "moved");
  });
  if (leavingBelieved) {
    for (const { externalId, classExternalId, gone } of known) {
      if (!gone && !now.has(externalId))
        changes.push({ kind: "left", pupilExternalId: externalId, from: classExternalId, to: null });
    }
  }
  const here = known.filter(({ gone }) => !gone).length;
  const believed = (kind: PlaceChange["kind"]) => {
    const count = changes.filter((change) => change.kind === kind).length;
    return kind === "left" || kind === "placed" || count <= mass.count || count <= mass.share * here;
  };
  const kinds = new Set(changes.flatMap(({ kind }) => (believed(kind) ? [kind] : [])));
  return changes.filter(({ kind }) => kinds.has(kind));
}
