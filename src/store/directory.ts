import { rosterChanges } from "../domain/roster.ts";
import type { EpochMs } from "../domain/time.ts";
import type { Directory } from "../ports/journal.ts";
import { rowTypes, type Store } from "./connect.ts";
import { areLeaversAccepted, holdLeavers } from "./held-leavers.ts";
import { knownPlaces, noteRosterChanges } from "./roster.ts";
import { inTransaction } from "./transaction.ts";

/** What changed in the lists: a roster that did not change writes nothing. */
export interface DirectoryChanges {
  readonly written: number;
  /** Pupils and classes that left, or null when so many left at once that the list was not believed. */
  readonly left: number | null;
}

/**
 * Takes over classes, pupils, subjects, staff, terms and letters, set-wise. Nobody is deleted: who is no longer listed gets `gone_at`,
 * unless more than `massShare` and `massCount` of the pupils would leave at once – then the list itself is doubted and nobody goes until a person says that they have.
 * Who joined, left or moved is noted for people («Порядок», п. 3.2.1).
 */
export async function applyDirectory(
  store: Store,
  schoolId: number,
  directory: Directory,
  options: { at: EpochMs; massShare: number; massCount: number },
): Promise<DirectoryChanges> {
  const at = new Date(options.at);
  const column = <Row, Value>(rows: readonly Row[], of: (row: Row) => Value) => rows.map(of);
  return inTransaction(store, async (client) => {
    let written = 0;
    const run = async (sql: string, values: unknown[]) => {
      written += (await client.query(sql, [schoolId, ...values])).rowCount ?? 0;
    };
    const subjects = once(directory.subjects);
    const staff = once(directory.staff);
    const terms = once(directory.terms);
    const letters = once(directory.letters);
    const classes = once(directory.classes);
    const pupils = once(directory.pupils);
    await run(upsert("subject", ["name text"]), [
      column(subjects, (s) => s.externalId),
      column(subjects, (s) => s.name),
    ]);
    await run(upsert("staff", ["name text"]), [column(staff, (s) => s.externalId), column(staff, (s) => s.name)]);
    await run(upsert("term", ["name text", "starts_on date", "ends_on date"]), [
      column(terms, (t) => t.externalId),
      column(terms, (t) => t.name),
      column(terms, (t) => t.from),
      column(terms, (t) => t.to),
    ]);
    await run(upsert("letter", ["letter text", "meaning text"]), [
      column(letters, (l) => l.externalId),
      column(letters, (l) => l.letter),
      column(letters, (l) => l.meaning),
    ]);
    await run(
      upsert("class_group", ["name text", "grade int", "class_teacher text", "term_ids json", "gone_at timestamptz"], {
        // A class whose pupils could not be placed this time keeps the grade that is known.
        grade:
          "coalesce(i.grade, (SELECT c.grade FROM class_group c WHERE c.school_id = $1 AND c.external_id = i.external_id))",
        term_ids: "ARRAY(SELECT json_array_elements_text(i.term_ids))",
      }),
      [
        column(classes, (c) => c.externalId),
        column(classes, (c) => c.name),
        column(classes, (c) => gradeOf(c.externalId, pupils)),
        column(classes, (c) => c.classTeacher),
        column(classes, (c) => JSON.stringify(c.termIds)),
        column(classes, () => null),
      ],
    );
    const places = await knownPlaces(client, schoolId);
    // A pupil whose class could not be asked this time stays in the class that is known.
    const known = (name: string) =>
      `coalesce(i.${name}, (SELECT p.${name} FROM pupil p WHERE p.school_id = $1 AND p.external_id = i.external_id))`;
    const keep = { class_external_id: known("class_external_id"), grade: known("grade") };
    await run(upsert("pupil", ["full_name text", "class_external_id text", "grade int", "gone_at timestamptz"], keep), [
      column(pupils, (p) => p.externalId),
      column(pupils, (p) => p.fullName),
      column(pupils, (p) => p.classExternalId),
      column(pupils, (p) => p.grade),
      column(pupils, () => null),
    ]);

    const { rows } = await client.query<{ id: string; leaving: boolean }>(
      "SELECT external_id AS id, NOT external_id = ANY($2) AS leaving FROM pupil WHERE school_id = $1 AND gone_at IS NULL ORDER BY 1",
      [schoolId, column(pupils, (p) => p.externalId)],
    );
    const leavers = rows.filter((row) => row.leaving).map(({ id }) => id);
    const leaving = leavers.length;
    const mass = leaving > options.massCount && leaving > options.massShare * rows.length;
    const doubted = mass && !(await areLeaversAccepted(client, schoolId, leavers));
    await holdLeavers(client, schoolId, doubted ? leavers : [], options.at);
    if (!doubted) {
      const goes = (table: string) =>
        `UPDATE ${table} SET gone_at = $3 WHERE school_id = $1 AND gone_at IS NULL AND NOT external_id = ANY($2)`;
      await run(goes("pupil"), [column(pupils, (p) => p.externalId), at]);
      await run(goes("class_group"), [column(classes, (c) => c.externalId), at]);
    }
    const limits = { share: options.massShare, count: options.massCount };
    const changes = rosterChanges(places, pupils, { leavingBelieved: !doubted, mass: limits });
    await noteRosterChanges(client, schoolId, changes, options.at);
    return { written, left: doubted ? null : leaving };
  });
}

/** The grade of most of its pupils: one garbled row must not make a class of marks one where none are given. */
function gradeOf(classExternalId: string, pupils: Directory["pupils"]): number | null {
  const grades = pupils.flatMap((pupil) => (pupil.classExternalId === classExternalId ? (pupil.grade ?? []) : []));
  const counted = [...Map.groupBy(grades, (grade) => grade).values()];
  return counted.toSorted((one, other) => other.length - one.length)[0]?.[0] ?? null;
}

/** How many pupils are known, and how many of them the list names by the same number and name. */
export async function recognise(
  store: Store,
  schoolId: number,
  { pupils }: Pick<Directory, "pupils">,
): Promise<{ readonly known: number; readonly same: number }> {
  const { rows } = await store.pool.query<{ known: number; same: number }>({
    text: `SELECT count(*) AS known, count(i.id) AS same
           FROM pupil p LEFT JOIN unnest($2::text[], $3::text[]) AS i(id, name) ON i.id = p.external_id AND i.name = p.full_name
           WHERE p.school_id = $1 AND p.gone_at IS NULL`,
    values: [schoolId, pupils.map((pupil) => pupil.externalId), pupils.map((pupil) => pupil.fullName)],
    types: rowTypes,
  });
  return rows[0] ?? { known: 0, same: 0 };
}

/** A list may name the same id twice (a person with two posts); one statement may not write a row twice. The last one is taken. */
const once = <Row extends { readonly externalId: string }>(rows: readonly Row[]): Row[] => [
  ...new Map(rows.map((row) => [row.externalId, row])).values(),
];

/** Columns as `name type`; `compute` replaces a column's value where an array cannot carry its type. */
function upsert(table: string, columns: readonly string[], compute: Readonly<Record<string, string>> = {}): string {
  const names = columns.map((column) => column.split(" ")[0] ?? column);
  const arrays = ["$2::text[]", ...columns.map((column, i) => `$${i + 3}::${column.split(" ")[1]}[]`)];
  return `INSERT INTO ${table} AS t (school_id, external_id, ${names.join(", ")})
    SELECT $1, i.external_id, ${names.map((name) => compute[name] ?? `i.${name}`).join(", ")} FROM unnest(${arrays.join(", ")}) AS i(external_id, ${names.join(", ")})
    ON CONFLICT (school_id, external_id) DO UPDATE SET ${names.map((name) => `${name} = excluded.${name}`).join(", ")}
    WHERE (${names.map((name) => `t.${name}`).join(", ")}) IS DISTINCT FROM (${names.map((name) => `excluded.${name}`).join(", ")})`;
}
