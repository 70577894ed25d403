import type { EpochMs } from "../time.ts";
import type { TokenScope } from "./matrix.ts";

/** A program's way into `/api/v1`, as the store keeps it. */
export interface ApiToken {
  readonly id: number;
  /** Its owner. */
  readonly accountId: number;
  readonly name: string;
  /** The first letters of the secret, by which people know it again. */
  readonly hint: string;
  readonly scopes: readonly TokenScope[];
  readonly madeAt: EpochMs;
  /** Null: the command line. */
  readonly madeBy: number | null;
  readonly expiresAt: EpochMs;
  readonly revokedAt: EpochMs | null;
  readonly usedAt: EpochMs | null;
  readonly usedFrom: string | null;
}

export const SCOPE_NAMES: Readonly<Record<TokenScope, string>> = {
  findings: "замечания",
  passes: "проходы",
  controls: "контроль",
  notices: "уведомления",
};

/** How long a token may be made to last, in days; longer is a key that everybody has forgotten. */
export const TOKEN_DAYS = [7, 30, 90, 180, 365] as const;
export const MOST_TOKEN_DAYS = 365;

/** Known by its beginning wherever it has leaked to: a file, a letter, a repository. */
export const TOKEN_START = "sverka_";

/** Why a token holds no longer; null: it holds. */
export function endOfToken(
  { expiresAt, revokedAt }: Pick<ApiToken, "expiresAt" | "revokedAt">,
  now: EpochMs,
): "revoked" | "expired" | null {
  if (revokedAt !== null) return "revoked";
  return now >= expiresAt ? "expired" : null;
}
