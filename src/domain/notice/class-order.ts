const collator = new Intl.Collator("ru", { numeric: true, sensitivity: "base" });

/** The school's own order of classes: подг., 1, 1 доп, 2 … 12, letters within. For `toSorted`. */
export function compareClasses(one: string, other: string): number {
  const [a, b] = [keyOf(one), keyOf(other)];
  return a.grade - b.grade || Number(a.extra) - Number(b.extra) || collator.compare(one, other);
}

function keyOf(name: string): { grade: number; extra: boolean } {
  const plain = name.trim().toLowerCase();
  const number = /^\d+/.exec(plain)?.[0];
  const grade = number === undefined ? (plain.startsWith("подг") ? 0 : Number.MAX_SAFE_INTEGER) : Number(number);
  return { grade, extra: /доп/.test(plain) };
}
