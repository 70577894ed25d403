/**
 * Shares proofs. One that had begun before an answer came says nothing about that answer, so everybody who asks gets one that begins now
 * or later; those who ask while one runs share the next.
 */
export function createProver(prove: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const begin = (): Promise<void> => {
    const proof = prove().finally(() => {
      if (running === proof) running = null;
    });
    running = proof;
    return proof;
  };
  const afterRunning = async (before: Promise<void>): Promise<void> => {
    await before.catch(() => undefined);
    next = null;
    return begin();
  };
  return () => {
    if (running === null) return next ?? begin();
    next ??= afterRunning(running);
    return next;
  };
}
