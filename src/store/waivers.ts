import type { RuleId } from "../domain/finding.ts";
import type { EpochMs, IsoDate } from "../domain/time.ts";
import type { Cover, Waiver } from "../domain/waiver.ts";
import { rowTypes, type Store } from "./connect.ts";
import type { Transaction } from "./transaction.ts";

interface Row extends Omit<Waiver, "covers"> {
  readonly findingId: string | null;
  readonly person: string | null;
  readonly rules: RuleId[];
  readonly from: IsoDate | null;
  readonly to: IsoDate | null;
}

/** Every waiver of a school, those that have ended too, in the order in which they were made. */
export async function listWaivers(executor: Pick<Store["pool"], "query">, schoolId: number): Promise<Waiver[]> {
  const { rows } = await executor.query<Row>({
    text: `SELECT id, finding_id AS "findingId", person, rules, starts_on AS "from", ends_on AS "to", reason, author, made_at AS "madeAt",
             expires_on AS "expiresOn", revoked_at AS "revokedAt", revoked_by AS "revokedBy"
           FROM waiver WHERE school_id = $1 ORDER BY id`,
    values: [schoolId],
    types: rowTypes,
  });
  return rows.map(({ findingId, person, rules, from, to, ...rest }) => ({
    ...rest,
    covers: coverOf({ findingId, person, rules, from, to }),
  }));
}

/** Adds a waiver and answers with its number. */
export async function addWaiver(
  client: Transaction,
  schoolId: number,
  waiver: Pick<Waiver, "covers" | "reason" | "author" | "madeAt" | "expiresOn">,
): Promise<number> {
  const { covers, reason, author, madeAt, expiresOn } = waiver;
  const span = covers.kind === "span" ? covers : null;
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO waiver (school_id, finding_id, person, rules, starts_on, ends_on, reason, author, made_at, expires_on)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id`,
    [
      schoolId,
      covers.kind === "finding" ? covers.findingId : null,
      span?.person ?? null,
      span?.rules ?? [],
      span?.span.from ?? null,
      span?.span.to ?? null,
      reason,
      author,
      new Date(madeAt),
      expiresOn,
    ],
  );
  return rows[0]?.id ?? 0;
}

/** Ends a waiver; false when there is none of that number that still stands. */
export async function revokeWaiver(
  client: Transaction,
  schoolId: number,
  end: { id: number; at: EpochMs; author: string },
): Promise<boolean> {
  const { rowCount } = await client.query(
    "UPDATE waiver SET revoked_at = $3, revoked_by = $4 WHERE school_id = $1 AND id = $2 AND revoked_at IS NULL",
    [schoolId, end.id, new Date(end.at), end.author],
  );
  return rowCount === 1;
}

function coverOf({
  findingId,
  person,
  rules,
  from,
  to,
}: Pick<Row, "findingId" | "person" | "rules" | "from" | "to">): Cover {
  if (findingId !== null) return { kind: "finding", findingId };
  return { kind: "span", person: person ?? "", span: { from: from ?? "", to: to ?? "" }, rules };
}
