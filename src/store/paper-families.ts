import type { Store } from "./connect.ts";

export interface PaperFamily {
  readonly pupilExternalId: string;
  readonly largePrint: boolean;
  readonly plain: boolean;
  /** Where it goes by post, and to whom; null: it is handed out. */
  readonly address: string | null;
  readonly guardian: string | null;
}

/**
 * The families that agreed to paper, as the imported list says: one guardian is enough, and the first with an address says where to. Null while no list stands.
 */
export async function paperFamilies(store: Store, schoolId: number): Promise<PaperFamily[] | null> {
  const imported = await store.prisma.import.count({ where: { schoolId, kind: "delivery", undoneAt: null } });
  if (imported === 0) return null;
  const { rows } = await store.pool.query<PaperFamily>(
    `SELECT pupil_external_id AS "pupilExternalId", bool_or(large_print) AS "largePrint", bool_or(plain) AS plain,
       (array_agg(address ORDER BY guardian) FILTER (WHERE address IS NOT NULL))[1] AS address,
       (array_agg(guardian ORDER BY guardian) FILTER (WHERE address IS NOT NULL))[1] AS guardian
     FROM delivery_agreement WHERE school_id = $1 AND way = 'paper' GROUP BY 1 ORDER BY 1`,
    [schoolId],
  );
  return rows;
}
