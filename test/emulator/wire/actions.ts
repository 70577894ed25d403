import { JOURNAL_ACTIONS } from "./journal-actions.ts";
import { PEOPLE_ACTIONS } from "./people-actions.ts";
import type { Action } from "./question.ts";
import { WHEN_ACTIONS } from "./when-actions.ts";

/** All actions of avers-protocol.md § 4 by their upper-case names. */
export const ACTIONS: Readonly<Record<string, Action>> = { ...WHEN_ACTIONS, ...PEOPLE_ACTIONS, ...JOURNAL_ACTIONS };
