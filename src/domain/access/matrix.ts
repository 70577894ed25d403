import type { Role } from "./roles.ts";

/**
 * How far a right reaches. `own-class` and `own-pages` are those of the journal: the class that the account's person leads, the subject pages that they hold.
 * `entitled`: everything, once the director's list of people entitled to personal data («Порядок», п. 2.4) names the account.
 */
export type Scope = "all" | "own-class" | "own-pages" | "own-account" | "entitled";

type Row = Readonly<Partial<Record<Role, readonly Scope[]>>>;

const ALL: readonly Scope[] = ["all"];
const leaders: Row = { director: ALL, deputy: ALL };
const machinery: Row = { administrator: ALL, director: ALL };
const everybody: Row = {
  administrator: ["own-account"],
  director: ["own-account"],
  deputy: ["own-account"],
  "class-teacher": ["own-account"],
  "subject-teacher": ["own-account"],
};
const marks: Row = {
  ...leaders,
  administrator: ["entitled"],
  "class-teacher": ["own-class", "own-pages"],
  "subject-teacher": ["own-pages"],
};

/** The one place that says who may do what: role × action × object. Everything asks it through `may` and `reachOf`; nothing asks for a role. */
export const MATRIX = {
  /** Own tasks, own sessions, own second factor. */
  "own.see": everybody,
  "overview.see": leaders,
  "findings.see": marks,
  "findings.export": marks,
  "findings.waive": { deputy: ALL },
  "journal.see": marks,
  "control.see": leaders,
  "control.work": { deputy: ALL },
  "notices.see": { ...leaders, administrator: ["entitled"], "class-teacher": ["own-class"] },
  "notices.work": { deputy: ALL, administrator: ["entitled"], "class-teacher": ["own-class"] },
  "slips.clear": { deputy: ALL, administrator: ["entitled"] },
  "passes.see": { ...machinery, deputy: ALL },
  "passes.work": { administrator: ALL },
  "queues.work": { administrator: ALL },
  "import.work": { administrator: ALL },
  "policy.see": { ...machinery, deputy: ALL },
  "policy.accept": { director: ALL },
  "people.see": machinery,
  "people.work": machinery,
  /** To make a director, a deputy director or an administrator. */
  "people.promote": { director: ALL },
  "entitlements.see": machinery,
  "entitlements.work": { director: ALL },
  "audit.see": machinery,
  "audit.export": { director: ALL },
  /** Tokens by which programs read `/api/v1`. */
  "tokens.see": machinery,
  "tokens.work": machinery,
  "settings.see": machinery,
  "settings.test": { administrator: ALL },
  "health.see": machinery,
} as const satisfies Record<string, Row>;

export type Action = keyof typeof MATRIX;

export const ACTIONS = Object.keys(MATRIX) as readonly Action[];

export const rowOf = (action: Action): Row => MATRIX[action];

/**
 * What a program's token may carry, and the action that stands behind each. A token has an owner and reaches no further than they do at that very moment: who may
 * not see findings can give no token for them.
 */
export const TOKEN_SCOPES = {
  findings: "findings.see",
  passes: "passes.see",
  controls: "control.see",
  notices: "notices.see",
} as const satisfies Record<string, Action>;

export type TokenScope = keyof typeof TOKEN_SCOPES;

export const SCOPES = Object.keys(TOKEN_SCOPES) as readonly TokenScope[];
