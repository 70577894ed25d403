import type { Account } from "../domain/access/accounts.ts";
import type { Who } from "../domain/access/may.ts";
import { endOfSession, type SessionStage } from "../domain/access/session.ts";
import { accountById, classesLedBy } from "../store/access/accounts.ts";
import { writeAudit } from "../store/access/audit.ts";
import { isEntitled } from "../store/access/entitlements.ts";
import {
  addSession,
  endSessions,
  noteSeen,
  type StoredSession,
  sessionByToken,
  sessionsOf,
} from "../store/access/sessions.ts";
import type { Store } from "../store/connect.ts";
import { sharedRead } from "../store/shared-read.ts";
import { inTransaction, type Transaction } from "../store/transaction.ts";
import type { AccessNeeds, Origin } from "./needs.ts";
import { digestOf, newToken } from "./secrets.ts";

/** Somebody whose session holds. */
export interface Visitor {
  readonly session: StoredSession;
  readonly account: Account;
  readonly who: Who;
}

/** `seenAt` is written once in so long: a page is not to cost a write. */
const SEEN_EVERY_MS = 60_000;
const LONGEST_AGENT = 200;
/** More than a large school's people who look at the same time. */
const KEPT_SESSIONS = 500;

/** Whose token it is, and that they are there, unless a page came `byItself`; null when it is nobody's, or holds no longer: limits, «выйти везде», changed rights, a disabled account. */
export async function visitorOf(needs: AccessNeeds, token: string, { byItself = false } = {}): Promise<Visitor | null> {
  const { store, schoolId, clock, limits } = needs;
  const visitor = await ownerOf(store, schoolId, digestOf(token));
  const now = clock.now();
  if (visitor === null || endOfSession(visitor.session, limits, now) !== null) return null;
  const { session, account } = visitor;
  if (account.state !== "active" || account.rights !== session.rights) return null;
  if (!byItself && now - session.seenAt > SEEN_EVERY_MS) await noteSeen(store.pool, session.id, now);
  return visitor;
}

const ownerOf = sharedRead(
  async (store: Pick<Store, "pool">, schoolId: number, tokenHash: string): Promise<Visitor | null> => {
    const session = await sessionByToken(store.pool, schoolId, tokenHash);
    const account = session === null ? null : await accountById(store.pool, schoolId, session.accountId);
    if (session === null || account === null) return null;
    return { session, account, who: await whoOf({ store, schoolId }, account) };
  },
  { most: KEPT_SESSIONS },
);

export async function whoOf(
  { store, schoolId }: { readonly store: Pick<Store, "pool">; readonly schoolId: number },
  account: Account,
): Promise<Who> {
  const { id, roles, staffName } = account;
  return {
    accountId: id,
    roles,
    staffName,
    ownClasses: staffName === null ? [] : await classesLedBy(store.pool, schoolId, staffName),
    entitled: await isEntitled(store.pool, schoolId, id),
  };
}

/** Begins a session and answers its token, which is told once; the one before it, if any, ends. */
export async function beginSession(
  client: Transaction,
  needs: AccessNeeds,
  of: {
    readonly account: Account;
    readonly stage: SessionStage;
    readonly origin: Origin;
    readonly before: StoredSession | null;
  },
): Promise<string> {
  const { account, stage, origin, before } = of;
  const token = newToken();
  const at = needs.clock.now();
  if (before !== null) await endSessions(client, { ...before, at });
  await addSession(client, {
    schoolId: needs.schoolId,
    accountId: account.id,
    tokenHash: digestOf(token),
    stage,
    rights: account.rights,
    // A second factor does not make the sign-in younger.
    createdAt: before?.createdAt ?? at,
    address: origin.address,
    agent: origin.agent.slice(0, LONGEST_AGENT),
  });
  return token;
}

/** The account's sessions that hold. */
export async function ownSessions(needs: AccessNeeds, visitor: Visitor): Promise<readonly StoredSession[]> {
  const { store, schoolId, clock, limits } = needs;
  const sessions = await sessionsOf(store.pool, schoolId, visitor.account.id);
  return sessions.filter(
    (one) => endOfSession(one, limits, clock.now()) === null && one.rights === visitor.account.rights,
  );
}

/** Ends one own session, or all of them; answers how many. */
export async function signOut(
  needs: AccessNeeds,
  visitor: Pick<Visitor, "account">,
  of: { readonly sessionId: number | "all"; readonly address: string },
): Promise<number> {
  const { store, schoolId, clock } = needs;
  const accountId = visitor.account.id;
  return inTransaction(store, async (client) => {
    const which = of.sessionId === "all" ? {} : { id: of.sessionId };
    const ended = await endSessions(client, { schoolId, accountId, at: clock.now(), ...which });
    const object = of.sessionId === "all" ? "session/all" : `session/${of.sessionId}`;
    await writeAudit(client, { schoolId, at: clock.now(), accountId, action: "sign-out", object, address: of.address });
    return ended;
  });
}
