import type { EpochMs } from "../domain/time.ts";
import type { Store } from "./connect.ts";

/** A sign-in that the journal refused, known by the fingerprint of its credentials. */
export interface Refusal {
  readonly fingerprint: string;
  readonly salt: string;
  readonly at: EpochMs;
}

export async function listRefusals(store: Store, schoolId: number): Promise<Refusal[]> {
  const rows = await store.prisma.refusal.findMany({ where: { schoolId }, orderBy: { at: "desc" } });
  return rows.map(({ fingerprint, salt, at }) => ({ fingerprint, salt, at: at.getTime() }));
}

export async function saveRefusal(store: Store, schoolId: number, refusal: Refusal): Promise<void> {
  await store.prisma.refusal.createMany({
    data: [{ schoolId, ...refusal, at: new Date(refusal.at) }],
    skipDuplicates: true,
  });
}

export async function deleteRefusal(store: Store, schoolId: number, fingerprint: string): Promise<void> {
  await store.prisma.refusal.deleteMany({ where: { schoolId, fingerprint } });
}
