import type { Account } from "../domain/access/accounts.ts";
import type { Role } from "../domain/access/roles.ts";
import { SverkaError } from "../domain/error.ts";
import { accountById, accountByLogin, addAccount, changeAccount } from "../store/access/accounts.ts";
import { writeAudit } from "../store/access/audit.ts";
import { isSimulation } from "../store/origin.ts";
import { inTransaction } from "../store/transaction.ts";
import type { AccessNeeds, Origin } from "./needs.ts";
import { newCode } from "./secrets.ts";
import { beginSession } from "./sessions.ts";

/** Somebody whom a training school lets in without password and phone. */
export interface Trainee {
  readonly login: string;
  readonly name: string;
  readonly staffName: string | null;
  readonly roles: readonly Role[];
}

export interface Seat {
  readonly code: string;
  readonly accountId: number;
  readonly name: string;
}

/** Seats for trainees, by codes that live as long as the process. Throws `training-real` (configuration) in a real school's store. */
export async function seatTrainees(needs: AccessNeeds, trainees: readonly Trainee[]): Promise<readonly Seat[]> {
  const { store, schoolId, clock } = needs;
  if ((await isSimulation(store)) !== true)
    throw new SverkaError("configuration", "training-real", "Учебный вход возможен только в учебном хранилище.");
  const seats: Seat[] = [];
  for (const trainee of trainees) {
    const account = await accountByLogin(store.pool, schoolId, trainee.login);
    const made =
      account?.id ?? (await addAccount(store.pool, { ...trainee, schoolId, mail: null, at: clock.now(), by: null }));
    if (made === null) continue;
    if (account?.state !== "active")
      await changeAccount(store.pool, schoolId, made, { state: "active", lastSignInAt: clock.now() });
    seats.push({ code: newCode(), accountId: made, name: trainee.name });
  }
  return seats;
}

/** A session for whoever has the seat's code. */
export async function takeSeat(needs: AccessNeeds, seat: Seat, origin: Origin): Promise<string> {
  const { store, schoolId, clock } = needs;
  return inTransaction(store, async (client) => {
    const account = (await accountById(client, schoolId, seat.accountId)) as Account;
    await writeAudit(client, {
      schoolId,
      at: clock.now(),
      accountId: account.id,
      action: "sign-in.training",
      object: "",
      address: origin.address,
    });
    return beginSession(client, needs, { account, stage: "full", origin, before: null });
  });
}
