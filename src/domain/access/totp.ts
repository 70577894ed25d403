/** RFC 6238 over RFC 4226: SHA-1, 30 seconds, 6 digits – the one form that every authenticator program knows. Pure: the HMAC is given. */
export type HmacSha1 = (key: Uint8Array, message: Uint8Array) => Uint8Array;

const STEP_SECONDS = 30;
const DIGITS = 6;

export const stepAt = (epochMs: number): number => Math.floor(epochMs / 1000 / STEP_SECONDS);

export function codeAt(hmac: HmacSha1, secret: Uint8Array, step: number, digits = DIGITS): string {
  const message = new Uint8Array(8);
  new DataView(message.buffer).setBigUint64(0, BigInt(step));
  const mac = hmac(secret, message);
  const offset = (mac[mac.length - 1] ?? 0) & 15;
  const number = new DataView(mac.buffer, mac.byteOffset + offset, 4).getUint32(0) & 0x7fffffff;
  return String(number % 10 ** digits).padStart(digits, "0");
}

/**
 * The step whose code was given, one before and one after now allowed for clocks that differ; null: none. A step that has been used, or one before it, never
 * counts again.
 */
export function matchingStep(
  hmac: HmacSha1,
  secret: Uint8Array,
  { code, now, usedStep }: { code: string; now: number; usedStep: number | null },
): number | null {
  const given = code.replace(/[\s-]/g, "");
  if (!/^\d{6}$/.test(given)) return null;
  const present = stepAt(now);
  const steps = [present, present - 1, present + 1].filter((step) => usedStep === null || step > usedStep);
  return steps.find((step) => sameText(codeAt(hmac, secret, step), given)) ?? null;
}

/** In a time that does not tell where they differ. */
function sameText(one: string, other: string): boolean {
  let difference = one.length ^ other.length;
  for (let i = 0; i < one.length; i++) difference |= one.charCodeAt(i) ^ other.charCodeAt(i);
  return difference === 0;
}

/** What the square on the screen holds. */
export function totpAddress({ secret, login, school }: { secret: string; login: string; school: string }): string {
  const issuer = encodeURIComponent(`Сверка, ${school}`.slice(0, 60));
  return `otpauth://totp/${issuer}:${encodeURIComponent(login)}?secret=${secret}&issuer=${issuer}&algorithm=SHA1&digits=${DIGITS}&period=${STEP_SECONDS}`;
}
