import type { Account, AccountState } from "../../domain/access/accounts.ts";
import type { Role } from "../../domain/access/roles.ts";
import type { EpochMs } from "../../domain/time.ts";
import { rowTypes } from "../connect.ts";
import type { Executor } from "../outbox.ts";

const COLUMNS = `id, school_id AS "schoolId", login, name, staff_name AS "staffName", roles, mail, state, totp_since IS NOT NULL AS "hasTotp",
  rights, created_at AS "createdAt", last_sign_in_at AS "lastSignInAt"`;

/** What signing in compares with; it never leaves the use cases. */
export interface Secrets {
  readonly passwordHash: string | null;
  /** Encrypted. */
  readonly totpSecret: Buffer | null;
  readonly totpStep: number | null;
}

export interface NewAccount {
  readonly schoolId: number;
  readonly login: string;
  readonly name: string;
  readonly staffName: string | null;
  readonly roles: readonly Role[];
  readonly mail: string | null;
  readonly at: EpochMs;
  readonly by: number | null;
}

async function rows(executor: Executor, where: string, values: readonly unknown[]): Promise<Account[]> {
  const text = `SELECT ${COLUMNS} FROM account WHERE ${where}`;
  return (await executor.query<Account>({ text, values: [...values], types: rowTypes })).rows;
}

export const listAccounts = (executor: Executor, schoolId: number): Promise<Account[]> =>
  rows(executor, "school_id = $1 ORDER BY name, id", [schoolId]);

export async function accountById(executor: Executor, schoolId: number, id: number): Promise<Account | null> {
  return (await rows(executor, "school_id = $1 AND id = $2", [schoolId, id]))[0] ?? null;
}

export async function accountByLogin(executor: Executor, schoolId: number, login: string): Promise<Account | null> {
  return (await rows(executor, "school_id = $1 AND login = $2", [schoolId, login]))[0] ?? null;
}

export async function secretsOf(executor: Executor, schoolId: number, id: number): Promise<Secrets> {
  const { rows: found } = await executor.query<Secrets>({
    text: `SELECT password_hash AS "passwordHash", totp_secret AS "totpSecret", totp_step AS "totpStep" FROM account WHERE school_id = $1 AND id = $2`,
    values: [schoolId, id],
    types: rowTypes,
  });
  return found[0] ?? { passwordHash: null, totpSecret: null, totpStep: null };
}

/** Null when the login is taken. */
export async function addAccount(executor: Executor, account: NewAccount): Promise<number | null> {
  const { schoolId, login, name, staffName, roles, mail, at, by } = account;
  const { rows: made } = await executor.query<{ id: number }>(
    `INSERT INTO account (school_id, login, name, staff_name, roles, mail, state, created_at, created_by)
     VALUES ($1, $2, $3, $4, $5, $6, 'invited', $7, $8) ON CONFLICT (school_id, login) DO NOTHING RETURNING id`,
    [schoolId, login, name, staffName, roles, mail, new Date(at), by],
  );
  return made[0]?.id ?? null;
}

/** Sets some columns of an account; every change of `roles` or `state` makes the rights a new number, which ends its sessions. */
export async function changeAccount(
  executor: Executor,
  schoolId: number,
  id: number,
  change: {
    readonly state?: AccountState;
    readonly roles?: readonly Role[];
    readonly login?: string;
    readonly name?: string;
    readonly passwordHash?: string | null;
    readonly totpSecret?: Uint8Array | null;
    readonly totpStep?: number | null;
    readonly totpSince?: EpochMs | null;
    readonly lastSignInAt?: EpochMs;
  },
): Promise<void> {
  const { totpSince, lastSignInAt, ...plain } = change;
  const columns: Record<string, unknown> = {
    state: plain.state,
    roles: plain.roles,
    login: plain.login,
    name: plain.name,
    password_hash: plain.passwordHash,
    totp_secret: plain.totpSecret,
    totp_step: plain.totpStep,
    totp_since: totpSince == null ? totpSince : new Date(totpSince),
    last_sign_in_at: lastSignInAt === undefined ? undefined : new Date(lastSignInAt),
  };
  const set = Object.entries(columns).filter(([, value]) => value !== undefined);
  const rights = plain.state !== undefined || plain.roles !== undefined ? ", rights = rights + 1" : "";
  await executor.query(
    `UPDATE account SET ${set.map(([name], i) => `${name} = $${i + 3}`).join(", ")}${rights} WHERE school_id = $1 AND id = $2`,
    [schoolId, id, ...set.map(([, value]) => value)],
  );
}

/** The number of an account's rights; nobody changes it until the transaction ends. Null: there is no such account. */
export async function lockRights(executor: Executor, schoolId: number, id: number): Promise<number | null> {
  const { rows: found } = await executor.query<{ rights: number }>(
    "SELECT rights FROM account WHERE school_id = $1 AND id = $2 FOR UPDATE",
    [schoolId, id],
  );
  return found[0]?.rights ?? null;
}

/** Takes the step of a code as used; false when that step, or a later one, has been used already: two requests with one code are one sign-in. */
export async function useStep(executor: Executor, schoolId: number, id: number, step: number): Promise<boolean> {
  const { rowCount } = await executor.query(
    "UPDATE account SET totp_step = $3 WHERE school_id = $1 AND id = $2 AND (totp_step IS NULL OR totp_step < $3)",
    [schoolId, id, step],
  );
  return rowCount === 1;
}

/** The classes that a person leads, by external id, as the journal has them now. */
export async function classesLedBy(executor: Executor, schoolId: number, staffName: string): Promise<string[]> {
  const { rows: found } = await executor.query<{ id: string }>(
    `SELECT external_id AS id FROM class_group WHERE school_id = $1 AND class_teacher = $2 AND gone_at IS NULL ORDER BY external_id`,
    [schoolId, staffName],
  );
  return found.map(({ id }) => id);
}

/** Everybody whom the journal names as staff. */
export async function staffNames(executor: Executor, schoolId: number): Promise<string[]> {
  const { rows: found } = await executor.query<{ name: string }>(
    "SELECT DISTINCT name FROM staff WHERE school_id = $1 ORDER BY name",
    [schoolId],
  );
  return found.map(({ name }) => name);
}
