/**
 * Whether a name as a list writes it can be the full name: «Иванова М. П.», «М. П. Иванова», «Иванова Мария» and «ИВАНОВА МАРИЯ ПЕТРОВНА» all are
 * «Иванова Мария Петровна»; a bare surname is too. What is written may say less, never something else.
 */
export function nameFits(written: string, full: string): boolean {
  const names = words(full);
  const said = words(written);
  const initialsFirst = /^(\p{L}\.\s*){1,2}\p{L}{2,}/u.test(written.trim());
  const ordered = initialsFirst ? [...said.slice(-1), ...said.slice(0, -1)] : said;
  const [surname, ...rest] = ordered;
  if (surname === undefined || surname !== names[0]) return false;
  return rest.length < names.length && rest.every((part, index) => agrees(part, names[index + 1] ?? ""));
}

/** The same name in full, written otherwise: case, «ё» and spaces do not count. */
export function sameName(one: string, other: string): boolean {
  return words(one).join(" ") === words(other).join(" ");
}

function words(name: string): string[] {
  return name
    .normalize("NFC")
    .toLowerCase()
    .replaceAll("ё", "е")
    .replace(/\s*[-–—]\s*/g, "-")
    .split(/[\s.,]+/)
    .filter((word) => word !== "");
}

function agrees(part: string, name: string): boolean {
  return part.length === 1 ? name.startsWith(part) : part === name;
}
