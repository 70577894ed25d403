import { SverkaError } from "../domain/error.ts";
import type { Policy } from "../domain/policy.ts";
import { sameData } from "../domain/same-data.ts";
import type { House } from "../main.ts";
import { acceptedPolicy, acceptPolicy } from "../store/accepted-policy.ts";
import { latestPasses } from "../store/passes.ts";
import { type Also, inTransaction } from "../store/transaction.ts";

export interface RulingPolicy {
  /** By which checks judge. */
  readonly policy: Policy;
  /** Whether the file says something else, which nobody has accepted yet. */
  readonly pending: boolean;
}

/**
 * The accepted reading of the order; a school's first one is accepted by itself, once there is something to judge by it. A changed file rules only when it has been accepted, so that nobody is
 * accused by a number that was changed in passing (rules.md § 4).
 */
export async function rulingPolicy({ store, school, settings, clock }: House): Promise<RulingPolicy> {
  const accepted = await acceptedPolicy(store, school.id);
  if (accepted === null) {
    const judges = (await latestPasses(store, school.id, 1)).length > 0;
    if (judges)
      await acceptPolicy(store.pool, school.id, { policy: settings.policy, at: clock.now(), author: "sverka" });
    return { policy: settings.policy, pending: false };
  }
  return { policy: accepted.policy, pending: !sameData(accepted.policy, settings.policy) };
}

/**
 * Makes the file's reading the ruling one. `version`: the one that whoever accepts has seen; null: whichever stands there. Throws `policy-same`, `policy-version`,
 * `policy-changed` (input).
 */
export async function acceptFile(
  house: House,
  { author, version, also }: { author: string; version: string | null; also?: Also },
): Promise<void> {
  const { policy: ruling, pending } = await rulingPolicy(house);
  const { policy } = house.settings;
  if (!pending)
    throw new SverkaError("input", "policy-same", `Порядок «${ruling.version}» уже действует, принимать нечего.`);
  if (ruling.version === policy.version) {
    throw new SverkaError(
      "input",
      "policy-version",
      `Числа в order-204.yaml другие, а версия прежняя («${policy.version}»): впишите новую, по ней видно, какой порядок действовал.`,
    );
  }
  if (version !== null && version !== policy.version)
    throw new SverkaError(
      "input",
      "policy-changed",
      `Порядок в файле уже другой («${policy.version}»): посмотрите, что он изменит, и примите его.`,
    );
  await inTransaction(house.store, async (client) => {
    await acceptPolicy(client, house.school.id, { policy, at: house.clock.now(), author });
    await also?.(client);
  });
}
