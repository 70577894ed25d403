/**
 * Whether two spellings may be the same person: «Иванова Мария Петровна», «Иванова М. П.», «М. П. Иванова», «Иванова». In doubt they are the same:
 * nobody is told of a difference that may be none.
 */
export function samePerson(one: string, other: string): boolean {
  const [left, right] = [partsOf(one), partsOf(other)];
  if (left.surname !== right.surname) return false;
  return left.given.every((name, index) => mayBe(name, right.given[index] ?? ""));
}

/** A name that is left out or stands as its first letter may be the other one. */
function mayBe(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  return short === long || (short.length <= 1 && long.startsWith(short));
}

function partsOf(name: string): { readonly surname: string; readonly given: readonly string[] } {
  const words =
    name
      .toLowerCase()
      .replaceAll("ё", "е")
      .match(/[\p{L}-]+/gu) ?? [];
  const surname = words[0] !== undefined && words[0].length > 1 ? words[0] : (words.findLast(isWhole) ?? "");
  return { surname, given: words.filter((word) => word !== surname) };
}

const isWhole = (word: string) => word.length > 1;
