/** How often a person wants letters (rules.md § 5). */
export type MailChoice = "daily" | "weekly" | "none";

/** Where a teacher is written to (`config/people.yaml`). */
export interface Reader {
  /** As the journal has it. */
  readonly name: string;
  readonly address: string;
  readonly mail: MailChoice;
}

/** A finder of readers by the journal's name; case, «ё» and spaces do not matter. */
export function createReaderFinder(people: readonly Reader[]): (name: string) => Reader | null {
  const plain = (name: string) => name.toLowerCase().replaceAll("ё", "е").replace(/\s+/g, " ").trim();
  const byName = new Map(people.map((reader) => [plain(reader.name), reader]));
  return (name) => byName.get(plain(name)) ?? null;
}
