export const LEAST_LENGTH = 12;
/** What stands near at hand here, as it is typed and on the other keyboard: with little more than such a word a password is no secret. */
export const CONTEXT_WORDS: readonly string[] = [
  ...["сверка", "аверс", "журнал", "школа", "интернат", "директор", "завуч", "учитель", "класс", "урок", "пароль"],
  ...["sverka", "avers", "zhurnal", "journal", "shkola", "school", "internat", "direktor", "director", "zavuch"],
  ...["uchitel", "teacher", "parol", "password", "admin", "cdthrf", "fdthc", "gfhjkm", ";ehyfk", "irjkf"],
];

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
  const rest = CONTEXT_WORDS.reduce((text, word) => text.replaceAll(word, ""), plain);
  if (rest.replace(/[^\p{L}]/gu, "").length < 4 && rest !== plain)
    return "Пароль составлен из слов «школа», «журнал» и подобных: его подберут первым, придумайте другой.";
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
