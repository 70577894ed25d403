import type { Look, Trouble } from "../domain/alerts/alert.ts";
import { createMapping, type MappingSettings } from "../domain/mapping.ts";
import { line } from "../domain/notice/words.ts";
import type { Store } from "../store/connect.ts";
import type { SchoolRecord } from "../store/schools.ts";
import { writtenValues } from "../store/written-values.ts";

// A letter is short; what is longer is a remark in the wrong place, and no remark goes into a letter.
const LONGEST_LETTER = 8;
const LONGEST_WORK_TYPE = 60;

/** Letters and work types of this school year that the mapping does not know (rules.md § 3, `letter-known`, `work-type-known`). */
export async function unknownValues(
  store: Store,
  { id, year, maxMark }: SchoolRecord,
  settings: MappingSettings,
): Promise<Look> {
  const { cells, workTypes } = await writtenValues(store, id, `${year}-08-01`);
  const { readCell, workKind } = createMapping(settings, maxMark);
  const letters = cells.flatMap((text) => readCell(text).unknown);
  return {
    "letter-unknown": troubles(letters, LONGEST_LETTER),
    "work-type-unknown": troubles(
      workTypes.filter((type) => workKind(type) === "unknown"),
      LONGEST_WORK_TYPE,
    ),
  };
}

/** One trouble a value, however it is spelled; the detail is one of its spellings. */
function troubles(values: readonly string[], longest: number): Trouble[] {
  const folded = (value: string) => line(value, longest).toLowerCase().replaceAll("ё", "е");
  const spelled = Map.groupBy(values, folded);
  return [...spelled].map(([subject, of]) => ({ subject, detail: line(of.toSorted()[0] ?? subject, longest) }));
}
