import { type Action, rowOf, type Scope } from "./matrix.ts";
import type { Role } from "./roles.ts";

/** Who asks. Names and classes are the journal's. */
export interface Who {
  readonly accountId: number;
  readonly roles: readonly Role[];
  /** As findings and pages name the person; null: the journal does not know them. */
  readonly staffName: string | null;
  /** The classes that this person leads, by external id. */
  readonly ownClasses: readonly string[];
  /** Named in the director's list («Порядок», п. 2.4). */
  readonly entitled: boolean;
}

/** What is asked about. What is left out belongs to nobody in particular: only `all` reaches it. */
export interface Thing {
  readonly classExternalId?: string | null;
  /** Who holds the page or answers for the case, as the journal names them. */
  readonly holders?: readonly string[];
  readonly accountId?: number;
}

/** The part of a kind of things that somebody reaches by an action; lists are cut to it. */
export interface Reach {
  readonly all: boolean;
  readonly classes: readonly string[];
  readonly staffName: string | null;
  readonly accountId: number | null;
}

/** Null: not at all. */
export function reachOf(who: Who, action: Action): Reach | null {
  const row = rowOf(action);
  const scopes = new Set<Scope>(who.roles.flatMap((role) => row[role] ?? []));
  const reach: Reach = {
    all: scopes.has("all") || (scopes.has("entitled") && who.entitled),
    classes: scopes.has("own-class") ? who.ownClasses : [],
    staffName: scopes.has("own-pages") ? who.staffName : null,
    accountId: scopes.has("own-account") ? who.accountId : null,
  };
  // A teacher whom the journal does not know yet may open the page and finds it empty.
  const teaches = scopes.has("own-class") || scopes.has("own-pages");
  return reach.all || teaches || reach.accountId !== null ? reach : null;
}

export function within(reach: Reach, thing: Thing): boolean {
  if (reach.all) return true;
  if (thing.classExternalId != null && reach.classes.includes(thing.classExternalId)) return true;
  if (reach.staffName !== null && (thing.holders ?? []).includes(reach.staffName)) return true;
  return reach.accountId !== null && thing.accountId === reach.accountId;
}

/** Whether somebody may do it; to this very thing, if one is given. Pure: the same question has the same answer. */
export function may(who: Who, action: Action, thing?: Thing): boolean {
  const reach = reachOf(who, action);
  return reach !== null && (thing === undefined || within(reach, thing));
}
