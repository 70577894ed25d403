import { compareClasses } from "../notice/class-order.ts";
import { longSpan } from "../notice/words.ts";
import type { Coverage, ListRecord } from "./list-kind.ts";
import type { ImportDirectory } from "./lookup.ts";

/** A file about some classes says everything about those and nothing about others. */
export function coversClasses(
  records: readonly ListRecord[],
  directory: ImportDirectory,
  classOf: (record: ListRecord) => unknown = (record) => record.classExternalId,
): Coverage {
  const told = new Set(records.map(classOf));
  const names = directory.classes.flatMap(({ externalId, name }) => (told.has(externalId) ? [name] : []));
  return {
    said: `${names.length === 1 ? "класс" : "классы"} ${names.toSorted(compareClasses).join(", ")}`,
    holds: (record) => told.has(classOf(record)),
  };
}

/** A file about some days says everything about the time from its first to its last day. */
export function coversDays(records: readonly ListRecord[], field: string): Coverage {
  const days = records.map((record) => String(record[field])).sort();
  const [from, to] = [days[0] ?? "", days.at(-1) ?? ""];
  return {
    said: from === "" ? "ни одного дня" : longSpan(from, to),
    holds: (record) => from <= String(record[field]) && String(record[field]) <= to,
  };
}
