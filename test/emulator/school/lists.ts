import type { ArchiveRecord, ClassLists, ControlRecord } from "../../../src/domain/school-lists.ts";
import type { EpochMs, IsoDate } from "../../../src/domain/time.ts";
import { moment } from "./days.ts";
import { type FamilyFate, makeFamilies } from "./families.ts";
import type { EmulatedSchool } from "./model.ts";
import { makeArchives, makeControls, type OfficeFate } from "./office.ts";
import { makePages, type PageFate } from "./page-lists.ts";
import { createRandom } from "./random.ts";

/** What a generated school tells beside its journal, with what it did wrong and what only looks so. */
export interface ToldLists {
  readonly byClass: ReadonlyMap<string, ClassLists>;
  readonly archives: readonly ArchiveRecord[];
  readonly controls: readonly ControlRecord[];
  readonly since: EpochMs;
  readonly pages: readonly PageFate[];
  readonly families: readonly FamilyFate[];
  readonly office: readonly OfficeFate[];
}

/** The lists of a generated school up to a day, by its first pass on 31 August: the same seed gives the same lists. */
export function tellLists(school: EmulatedSchool, { seed, to }: { seed: number; to: IsoDate }): ToldLists {
  const random = createRandom(seed).branch("lists");
  const since = moment("2026-08-31", 12 * 60);
  const pages: PageFate[] = [];
  const families: FamilyFate[] = [];
  const byClass = new Map(
    school.classes.map((klass): [string, ClassLists] => {
      const made = makePages(random.branch(`pages ${klass.id}`), school, klass);
      const told = makeFamilies(random.branch(`families ${klass.id}`), school, klass, to);
      pages.push(...made.fates);
      families.push(...told.fates);
      return [klass.id, { ...made.lists, ...told.lists, since, plan: null, moves: [] }];
    }),
  );
  const archives = makeArchives(random.branch("archives"), school, to);
  const controls = makeControls(random.branch("controls"), to);
  return {
    byClass,
    archives: archives.records,
    controls: controls.records,
    since,
    pages,
    families,
    office: [...archives.fates, ...controls.fates],
  };
}
