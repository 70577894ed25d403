const ALIKE: Readonly<Record<string, string>> = {
  a: "а",
  b: "в",
  c: "с",
  e: "е",
  h: "н",
  k: "к",
  m: "м",
  o: "о",
  p: "р",
  t: "т",
  x: "х",
  y: "у",
};

/** Words as people compare them: without case, «ё», spaces and signs; «№» stays. */
export function folded(text: string): string {
  return text
    .normalize("NFC")
    .toLowerCase()
    .replaceAll("ё", "е")
    .replace(/[^\p{L}\p{N}№]+/gu, "");
}

/** Latin letters that look like Russian ones are those: «5 A» typed on the wrong keyboard is «5 А». Takes lower case. */
export function withoutLatinLookalikes(text: string): string {
  return text.replace(/[abcehkmoptxy]/g, (letter) => ALIKE[letter] ?? letter);
}
