export const LEAST_LENGTH = 12;
/** Nobody types more; a megabyte would only keep the processor busy. */
const MOST_LENGTH = 128;

/** One Russian sentence that says what is wrong with a new password; null: it will do. `common` holds lower-case passwords. */
export function passwordProblem(
  password: string,
  { common, own }: { readonly common: ReadonlySet<string>; readonly own: readonly string[] },
): string | null {
  const letters = [...password];
  if (letters.length < LEAST_LENGTH)
    return `Пароль короче ${LEAST_LENGTH} знаков: возьмите, например, четыре слова подряд.`;
  if (letters.length > MOST_LENGTH) return `Пароль длиннее ${MOST_LENGTH} знаков: возьмите короче.`;
  const plain = password.toLowerCase();
  if (common.has(plain) || common.has(plain.replace(/[^\p{L}\p{N}]+$/u, "")))
    return "Этот пароль – из самых распространённых, его подберут первым: придумайте другой.";
  if (isPattern(plain)) return "Пароль – повтор или ряд знаков по порядку: придумайте другой.";
  if (own.some((word) => word.length >= 4 && plain.includes(word.toLowerCase()) && plain.length - word.length < 8))
    return "Пароль составлен из вашего имени или логина: придумайте другой.";
  return null;
}

/** «aaaaaaaaaaaa», «abcabcabcabc», «123456789012», «абвгдежзиклм». */
function isPattern(text: string): boolean {
  for (let length = 1; length <= 4; length++)
    if (
      text ===
      text
        .slice(0, length)
        .repeat(Math.ceil(text.length / length))
        .slice(0, text.length)
    )
      return true;
  const steps = [...text].slice(1).map((letter, i) => letter.charCodeAt(0) - text.charCodeAt(i));
  return steps.filter((step) => step === 1).length >= text.length - 2;
}
