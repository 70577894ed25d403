import type { EntryFact, History, LessonContent, LessonFact, Version } from "../facts.ts";
import type { EpochMs } from "../time.ts";
import type { ClassCase } from "./class-case.ts";

/** When something was entered, changed or taken away on one subject page: each time lies in `(from, seenAt]`. */
export interface Touches {
  /** Ascending. */
  readonly seenAt: readonly EpochMs[];
  /** For each of them the earliest instant at which it, or any later one, may have happened. */
  readonly earliest: readonly EpochMs[];
}

export interface ClassTouches {
  of(page: Pick<LessonFact, "subjectExternalId" | "group">): Touches;
  /** Instants at which pages of the class are known to have been looked at, ascending. */
  readonly looks: readonly EpochMs[];
}

/** By the instant of the sight, the earliest at which it may have happened. */
type PageTouches = Map<EpochMs, EpochMs>;

const none: Touches = { seenAt: [], earliest: [] };

/** The subject page to which a lesson belongs: its subject, and its group where the class is split. */
export function pageOf({ subjectExternalId, group }: Pick<LessonFact, "subjectExternalId" | "group">): string {
  return `${subjectExternalId}\0${group ?? ""}`;
}

/**
 * What happened on each page of the class, whenever it was seen: what came after `asOf` only makes its time uncertain. An empty row is the
 * timetable's work and no teacher's; a row with something in it is.
 */
export function touchesOf({ snapshot, lessons, cells }: ClassCase): ClassTouches {
  const pages = new Map<string, PageTouches>();
  const bySubject = new Map<string, PageTouches[]>();
  const looks = new Set<EpochMs>(snapshot.pupils.flatMap(({ entriesAskedAt }) => entriesAskedAt ?? []));

  const pageFor = (lesson: LessonFact): PageTouches => {
    const known = pages.get(pageOf(lesson));
    if (known !== undefined) return known;
    const page: PageTouches = new Map();
    pages.set(pageOf(lesson), page);
    bySubject.set(lesson.subjectExternalId, [...(bySubject.get(lesson.subjectExternalId) ?? []), page]);
    return page;
  };
  const addLesson = (lesson: LessonFact): PageTouches => {
    const page = pageFor(lesson);
    const [first, ...rest] = lesson.versions;
    looks.add(first.seenAt);
    touch(page, isEmpty(first.content) ? rest : lesson.versions);
    vanish(page, lesson);
    return page;
  };
  const addEntry = (page: PageTouches, entry: EntryFact) => {
    touch(page, entry.versions);
    vanish(page, entry);
  };

  for (const taken of lessons) {
    const page = addLesson(taken.lesson);
    for (const { entry } of taken.cells) addEntry(page, entry);
  }
  for (const lesson of unknownOf(snapshot.lessons, lessons, ({ lesson }) => lesson)) addLesson(lesson);
  // Where the lesson is not known, and with it the group, it may have been any page of the subject.
  const loose = cells.filter(({ lesson }) => lesson === null).map(({ entry }) => entry);
  for (const entry of [...loose, ...unknownOf(snapshot.entries, cells, ({ entry }) => entry)]) {
    for (const page of bySubject.get(entry.subjectExternalId) ?? []) addEntry(page, entry);
  }

  const ready = new Map([...pages].map(([page, touches]) => [page, inOrder(touches)]));
  for (const touches of pages.values()) {
    for (const [seenAt, from] of touches) {
      looks.add(seenAt);
      if (Number.isFinite(from)) looks.add(from);
    }
  }
  return { of: (page) => ready.get(pageOf(page)) ?? none, looks: [...looks].sort((one, other) => one - other) };
}

/** The facts that nobody had seen by `asOf`: none unless one looks back. */
function unknownOf<Fact, Case>(
  facts: readonly Fact[],
  cases: readonly Case[],
  factOf: (one: Case) => Fact,
): readonly Fact[] {
  if (facts.length === cases.length) return [];
  const seen = new Set(cases.map(factOf));
  return facts.filter((fact) => !seen.has(fact));
}

function touch(page: PageTouches, versions: readonly Version<unknown>[]): void {
  for (const { seenAt, absentAt } of versions) {
    const from = absentAt ?? Number.NEGATIVE_INFINITY;
    const before = page.get(seenAt);
    if (before === undefined || from < before) page.set(seenAt, from);
  }
}

/** It was taken away after it had last been seen. */
function vanish(page: PageTouches, { versions, vanishedAt }: History<unknown>): void {
  if (vanishedAt === null) return;
  const from = versions[versions.length - 1]?.seenAt ?? Number.NEGATIVE_INFINITY;
  const before = page.get(vanishedAt);
  if (before === undefined || from < before) page.set(vanishedAt, from);
}

function inOrder(touches: PageTouches): Touches {
  const seenAt = [...touches.keys()].sort((one, other) => one - other);
  const earliest = seenAt.map((at) => touches.get(at) ?? at);
  for (let index = earliest.length - 2; index >= 0; index--) {
    earliest[index] = Math.min(earliest[index] ?? 0, earliest[index + 1] ?? 0);
  }
  return { seenAt, earliest };
}

function isEmpty({ topic, homework, workType, weight }: LessonContent): boolean {
  const blank = (text: string | null) => text === null || text.trim() === "";
  return blank(topic) && blank(homework) && blank(workType) && weight === null;
}

/** The index of the first value greater than `at` in an ascending list. */
export function firstAfter(values: readonly EpochMs[], at: EpochMs): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
