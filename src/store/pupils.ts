import { rowTypes, type Store } from "./connect.ts";

export interface ListedPupil {
  readonly externalId: string;
  readonly fullName: string;
  readonly className: string;
  /** Number in the class list, from 1, by surname. */
  readonly number: number;
}

/** The pupils who are in a class now, by class and surname. */
export async function listPupils(store: Store, schoolId: number): Promise<ListedPupil[]> {
  const { rows } = await store.pool.query<Omit<ListedPupil, "number">>({
    text: `SELECT p.external_id AS "externalId", p.full_name AS "fullName", c.name AS "className"
           FROM pupil p JOIN class_group c ON c.school_id = p.school_id AND c.external_id = p.class_external_id
           WHERE p.school_id = $1 AND p.gone_at IS NULL AND c.gone_at IS NULL`,
    values: [schoolId],
    types: rowTypes,
  });
  const collate = new Intl.Collator("ru").compare;
  return [...Map.groupBy(rows, (row) => row.className).values()].flatMap((ofClass) =>
    ofClass
      .toSorted((a, b) => collate(a.fullName, b.fullName) || Number(a.externalId > b.externalId) - 0.5)
      .map((pupil, i) => ({ ...pupil, number: i + 1 })),
  );
}
