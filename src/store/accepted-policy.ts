import { completePolicy, type Policy } from "../domain/policy.ts";
import type { EpochMs } from "../domain/time.ts";
import type { Store } from "./connect.ts";
import type { Executor } from "./outbox.ts";

/** A reading of the order that somebody accepted. */
export interface AcceptedPolicy {
  readonly policy: Policy;
  readonly acceptedAt: EpochMs;
  readonly author: string;
}

/** The policy that rules now; null before the first. */
export async function acceptedPolicy(store: Store, schoolId: number): Promise<AcceptedPolicy | null> {
  const row = await store.prisma.acceptedPolicy.findFirst({ where: { schoolId }, orderBy: { id: "desc" } });
  if (row === null) return null;
  const { content, acceptedAt, author } = row;
  return { policy: completePolicy(content as unknown as Partial<Policy>), acceptedAt: acceptedAt.getTime(), author };
}

export async function acceptPolicy(
  executor: Executor,
  schoolId: number,
  { policy, at, author }: { policy: Policy; at: EpochMs; author: string },
): Promise<void> {
  await executor.query(
    "INSERT INTO accepted_policy (school_id, version, content, accepted_at, author) VALUES ($1, $2, $3, $4, $5)",
    [schoolId, policy.version, JSON.stringify(policy), new Date(at), author],
  );
}
