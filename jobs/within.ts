/** Whether what is awaited came within so many milliseconds; throws what it throws. */
export async function within(ms: number, awaited: Promise<unknown>): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), ms);
  try {
    return await Promise.race([awaited.then(() => true), promise]);
  } finally {
    clearTimeout(timer);
  }
}
