import type { Person } from "../facts.ts";
import { remember } from "../remember.ts";
import { samePerson } from "../same-person.ts";
import type { ClassLists, LoadLine } from "../school-lists.ts";

/** A group of one subject with everybody who has hours in it: exactly one where all is well. */
export interface LoadedGroup {
  /** As lists and journal may write it differently: «1», «1 группа», «гр. 1» are the same. */
  readonly key: string;
  readonly holders: readonly Person[];
  readonly weeklyHours: number;
}

/** The name of a group without what people write around it; «» is the whole class. */
export const groupKey = remember((group: string | null): string =>
  (group ?? "")
    .toLowerCase()
    .replace(/подгруппа|группа|подгр|п\/г|гр/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, ""),
);

/** The groups of one subject's load. Whoever stands in the list without hours holds nothing: so schools write who was replaced. */
export function loadedGroups(lines: readonly LoadLine[]): readonly LoadedGroup[] {
  const active = lines.filter(({ weeklyHours }) => weeklyHours > 0);
  return [...Map.groupBy(active, ({ group }) => groupKey(group))].map(([key, own]) => ({
    key,
    holders: distinct(own.map(({ holder }) => holder)),
    weeklyHours: own.reduce((sum, line) => sum + line.weeklyHours, 0),
  }));
}

/** Who holds the page by the load, else by the journal; null where neither names exactly one. */
export function holderOf({ load, held }: ClassLists, subjectExternalId: string, key: string): Person | null {
  const groups = loadedGroups((load ?? []).filter((line) => line.subjectExternalId === subjectExternalId));
  const group = groups.find((one) => one.key === key) ?? (groups.length === 1 ? groups[0] : undefined);
  if (group !== undefined) return group.holders.length === 1 ? (group.holders[0] ?? null) : null;
  const pages = held.filter((page) => page.subjectExternalId === subjectExternalId);
  const own = pages.filter((page) => groupKey(page.group) === key);
  const holders = distinct((own.length > 0 ? own : pages).map(({ holder }) => ({ externalId: null, name: holder })));
  return holders.length === 1 ? (holders[0] ?? null) : null;
}

export function isSame(one: Person, other: Person): boolean {
  if (one.externalId !== null && other.externalId !== null) return one.externalId === other.externalId;
  return samePerson(one.name, other.name);
}

function distinct(people: readonly Person[]): readonly Person[] {
  return people.filter((person, index) => people.findIndex((other) => isSame(person, other)) === index);
}
