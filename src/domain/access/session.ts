import type { EpochMs } from "../time.ts";

export interface SessionLimits {
  /** Without a request for so long it ends. */
  readonly idleMs: number;
  /** It ends so long after the sign-in, whatever is done. */
  readonly absoluteMs: number;
}

/** How far a sign-in has come: the second factor is to be given, to be set up, or nothing is left. */
export type SessionStage = "code" | "setup" | "full";

/** Why a session holds no longer; null: it holds. */
export function endOfSession(
  session: { readonly createdAt: EpochMs; readonly seenAt: EpochMs; readonly endedAt: EpochMs | null },
  limits: SessionLimits,
  now: EpochMs,
): "ended" | "idle" | "absolute" | null {
  if (session.endedAt !== null) return "ended";
  if (now - session.createdAt >= limits.absoluteMs) return "absolute";
  if (now - session.seenAt >= limits.idleMs) return "idle";
  return null;
}

export function stageAfterPassword({
  hasTotp,
  mustHaveTotp,
}: {
  hasTotp: boolean;
  mustHaveTotp: boolean;
}): SessionStage {
  if (hasTotp) return "code";
  return mustHaveTotp ? "setup" : "full";
}
