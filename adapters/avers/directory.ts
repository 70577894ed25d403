import { SverkaError } from "../../src/domain/error.ts";
import type { AccountKind, Directory, JournalClass, JournalPupil, JournalTerm } from "../../src/ports/journal.ts";
import type { Asker } from "./asker.ts";
import { concurrently } from "./concurrently.ts";
import { answerError } from "./errors.ts";
import type { Form } from "./exchange.ts";
import { createLists, type Lists } from "./lists.ts";
import { classes as classesShape } from "./wire/classes.ts";
import { periods, persons, subjects } from "./wire/dictionaries.ts";
import { gradeOfName } from "./wire/grade.ts";
import { classPeriods, periodSpans } from "./wire/periods.ts";
import { pupilClass, pupils as pupilsShape } from "./wire/pupils.ts";
import { type RequestContext, russianDay } from "./wire/requests.ts";
import { textMarks } from "./wire/text-marks.ts";

export interface DirectoryOrder {
  readonly asker: Asker;
  readonly context: RequestContext;
  readonly account: { readonly kind: AccountKind; readonly ownId: string | null; readonly ownName: string | null };
  readonly maxInFlight: number;
  readonly signal: AbortSignal;
}

/**
 * Reads the lists of the whole school (avers-protocol.md § 4, «A whole school»). A staff account must see classes and pupils; a parent's or
 * a pupil's gets as far as one pupil. Throws `journal-answer`, and what ends a pass.
 */
export async function readDirectory(order: DirectoryOrder): Promise<Directory> {
  const { context, account } = order;
  const lists = createLists(order.asker, order.signal);
  const currentDate = russianDay(context.today);
  const uchYear = String(context.year);
  const { uchId } = context;
  const family = account.kind === "parent" || account.kind === "pupil";

  const classForm = { currentDate, demo: "false", subsClassIds: "", uchId, uchYear };
  const [terms, subjectRows, staff, letters, classRows, pupilRows] = await Promise.all([
    readTerms(lists, uchYear),
    lists.some(subjects, null),
    lists.some(persons, null),
    lists.some(textMarks, null),
    lists.all(classesShape, classForm),
    lists.all(pupilsShape, { uchId, currentDate, uchYear }),
  ]);
  if (!family && classRows.length === 0) throw nothing("класса");
  if (!family && pupilRows.length === 0) throw nothing("ученика");
  const listed = byId(pupilRows.length > 0 ? pupilRows : ownPupil(account));
  if (listed.length === 0) throw nothing("ученика");

  const placeForm: Form = { currentDate, uchYear, uchId };
  const unplaced: string[] = [];
  const placed = await gather(order, listed, async (pupil): Promise<Placed> => {
    const place = await placeOf(order, lists, { ...placeForm, student: pupil.externalId });
    if (place === null) unplaced.push(pupil.externalId);
    return { ...pupil, ...(place ?? NOWHERE) };
  });
  const rows = byId(classRows.length > 0 ? classRows : classesOf(placed));
  const classes = await gather(order, rows, async (row): Promise<JournalClass> => {
    const terms = await lists.some(classPeriods, { cls: row.externalId });
    return { ...row, termIds: terms.map((term) => term.externalId) };
  });

  const grades = new Map(classes.map((row) => [row.externalId, gradeOfName(row.name)]));
  const pupils = placed.map(
    ({ letter: _, ...pupil }): JournalPupil => ({
      ...pupil,
      grade: pupil.grade ?? grades.get(pupil.classExternalId ?? "") ?? null,
    }),
  );
  return { terms, subjects: subjectRows, staff, letters, classes, pupils, unplaced };
}

async function readTerms(lists: Lists, uchYear: string): Promise<JournalTerm[]> {
  const named = await lists.some(periods, null);
  if (named.length === 0) return [];
  const spans = await lists.some(periodSpans, { ids: named.map((term) => term.externalId), uchYear });
  const byTerm = new Map(spans.map((span) => [span.externalId, span]));
  return named.map((term) => {
    const span = byTerm.get(term.externalId);
    return { ...term, from: span?.from ?? null, to: span?.to ?? null };
  });
}

type Placed = JournalPupil & { readonly letter: string | null };

const NOWHERE = { classExternalId: null, grade: null, letter: null };

/** One pupil whose class cannot be had does not end the pass: null. */
async function placeOf({ asker, signal }: DirectoryOrder, lists: Lists, form: Form) {
  try {
    return (await lists.some(pupilClass, form))[0] ?? NOWHERE;
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof SverkaError) || asker.isFatal(error)) throw error;
    asker.note(`${pupilClass.action}, ученик ${form.student}`)("class-unknown", "Класс ученика узнать не удалось.");
    return null;
  }
}

/** A parent's or a pupil's account sees one pupil only, and no list of names. */
function ownPupil({ kind, ownId, ownName }: DirectoryOrder["account"]): { externalId: string; fullName: string }[] {
  if (ownId === null || (kind !== "pupil" && kind !== "parent")) return [];
  const fullName = (kind === "pupil" ? ownName : null) ?? `Ученик ${ownId}`;
  return [{ externalId: ownId, fullName }];
}

/** Where the account may not see the list of classes, its pupils' own places tell of them. */
function classesOf(pupils: readonly Placed[]): Omit<JournalClass, "termIds">[] {
  return pupils.flatMap(({ classExternalId, grade, letter }) => {
    if (classExternalId === null) return [];
    const name = [grade, letter].filter((part) => part !== null).join(" ") || classExternalId;
    return [{ externalId: classExternalId, name, classTeacher: null }];
  });
}

const byId = <Row extends { readonly externalId: string }>(rows: readonly Row[]): Row[] => [
  ...new Map(rows.map((row) => [row.externalId, row])).values(),
];

async function gather<Item, Result>(
  { maxInFlight }: DirectoryOrder,
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const places = items.map((item, index) => ({ item, index }));
  const done = concurrently(places, maxInFlight * 2, async ({ item, index }) => ({ index, result: await work(item) }));
  for await (const { index, result } of done) results[index] = result;
  return results;
}

const nothing = (what: string) => answerError(`не показал ни одного ${what}: проверьте в журнале права учётной записи`);
