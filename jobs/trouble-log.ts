const QUIET_MS = 60_000;

/** Tells of a trouble that many parts report at once and again and again: at most one line a minute. */
export function troubleLog(
  log: { error(object: object, message: string): void },
  sentence: string,
): (error: Error & { code?: unknown }) => void {
  let told = Number.NEGATIVE_INFINITY;
  return ({ name, code }) => {
    const now = performance.now();
    if (now - told < QUIET_MS) return;
    told = now;
    log.error({ code: typeof code === "string" ? code : name }, sentence);
  };
}
