import { counted } from "../notice/words.ts";
import { includes } from "../policy.ts";
import type { ClassCase } from "../rules/class-case.ts";
import type { EpochMs } from "../time.ts";
import { absencesOf } from "./absences.ts";
import { betweenMarks } from "./between.ts";
import type { PupilFigures, PupilSubject, SubjectFigures, TermFigures } from "./figures.ts";
import { counts } from "./result.ts";
import { type TermResults, termResults } from "./results.ts";
import { classShares, meanMark, subjectShares } from "./shares.ts";
import { standingOf } from "./standing.ts";
import { type TermRow, termRows } from "./term-rows.ts";
import type { ClassTerm } from "./terms.ts";

const SCALE = 5;

/** The end of a term of one class (Порядок, п. 3.2.1). Pure. Where a class has no marks (п. 2.7), or not those of the scale of five, only its attendance. */
export function analyseTerm(whole: ClassCase, term: ClassTerm, { maxMark }: { maxMark: number }): TermFigures {
  const markless = includes(whole.policy.noMarks.grades, whole.snapshot.grade);
  const { of, unread } = readPupils(whole, markless);
  const rows = termRows(of, term);
  const results = markless || maxMark !== SCALE ? null : termResults(of, rows);
  const byPupil = Map.groupBy(rows, (row) => row.pupilExternalId);
  const pupils = [...of.pupils.values()].map((pupil): PupilFigures => {
    const own = (byPupil.get(pupil.externalId) ?? []).toSorted(bySubject);
    const subjects = own.map((row) => subjectOf(of, row, results));
    const told = subjects.flatMap(({ result }) => result ?? []);
    const standing = standingOf(subjects.map(({ result }) => result ?? NOTHING));
    const { externalId, number, fullName } = pupil;
    return {
      externalId,
      number,
      name: fullName,
      mean: meanMark(told),
      standing,
      subjects,
      absences: absencesOf(own),
    };
  });
  return {
    term,
    basis: results?.basis ?? "attendance",
    ended: of.today > term.to,
    knownAt: earliest([...of.pupils.values()].map(({ entriesAskedAt }) => entriesAskedAt)),
    total: { ...classShares(pupils), absences: absencesOf(rows) },
    subjects: subjectsOf(rows, results),
    pupils,
    gaps: [...gapOfScale(markless, maxMark), ...gapsOf(unread, results, pupils)],
  };
}

/** Stands for a subject without results: it counts for nothing, but keeps its place. */
const NOTHING = { kind: "exempt", value: null, text: "" } as const;

/** Whose pages were never read is left out: nobody knows of marks or of none. */
function readPupils(of: ClassCase, markless: boolean): { of: ClassCase; unread: number } {
  const read = [...of.pupils].filter(
    ([, { lessonsAskedAt, entriesAskedAt, finalsAskedAt }]) =>
      lessonsAskedAt !== null && entriesAskedAt !== null && (markless || finalsAskedAt !== null),
  );
  return { of: { ...of, pupils: new Map(read) }, unread: of.pupils.size - read.length };
}

function subjectOf({ policy }: ClassCase, row: TermRow, results: TermResults | null): PupilSubject {
  const { forecast, termAnalysis } = policy;
  const { subjectExternalId, subject, lessons, absences } = row;
  const result = results?.of(row) ?? null;
  const marks = row.marks.length;
  const assessed = result !== null && counts(result);
  return {
    subjectExternalId,
    subject,
    result,
    marks,
    lessons,
    missed: absences.filter(({ kind }) => kind !== "late").length,
    between: assessed ? betweenMarks(row.marks, forecast, termAnalysis.near) : null,
    few: assessed && lessons > 0 && marks < termAnalysis.leastMarks,
  };
}

function subjectsOf(rows: readonly TermRow[], results: TermResults | null): SubjectFigures[] {
  const subjects = Map.groupBy(rows.toSorted(bySubject), (row) => row.subjectExternalId);
  return [...subjects].map(([externalId, own]) => ({
    externalId,
    name: own[0]?.subject ?? externalId,
    ...subjectShares(own.flatMap((row) => results?.of(row) ?? [])),
    absences: absencesOf(own),
  }));
}

function gapOfScale(markless: boolean, maxMark: number): string[] {
  if (markless || maxMark === SCALE) return [];
  return [`Школа ставит отметки до ${maxMark}: качество и успеваемость по пятибалльной шкале не считаются.`];
}

function gapsOf(unread: number, results: TermResults | null, pupils: readonly PupilFigures[]): string[] {
  const gaps: string[] = [];
  if (unread > 0) {
    const them = counted(unread, "ученика", "учеников", "учеников");
    gaps.push(`Страницы ${them} программа ещё не прочитала: их здесь нет. Выполните «sverka sync».`);
  }
  if (results !== null && results.left.length > 0) {
    const none =
      results.basis === "finals"
        ? "Итоговых отметок нет или они есть меньше чем у половины учеников страницы"
        : "За период нет ни одной отметки";
    gaps.push(`${none}: ${results.left.join(", ")}. Эти страницы в доли и средние не вошли.`);
  }
  const unclear = pupils.flatMap(({ subjects }) =>
    subjects.flatMap(({ result }) => (result?.kind === "unclear" ? [result.text] : [])),
  );
  if (unclear.length > 0) {
    const texts = [...new Set(unclear)].map((text) => `«${text}»`).join(", ");
    const cells = counted(unclear.length, "клетка", "клетки", "клеток");
    gaps.push(
      `Итоговые отметки ${texts} программа не понимает, они не вошли (${cells}): впишите их в config/avers.yaml.`,
    );
  }
  return gaps;
}

function earliest(instants: readonly (EpochMs | null)[]): EpochMs | null {
  const known = instants.flatMap((at) => at ?? []);
  return known.length === 0 ? null : Math.min(...known);
}

function bySubject(one: TermRow, other: TermRow): number {
  return one.subject.localeCompare(other.subject, "ru") || (one.subjectExternalId < other.subjectExternalId ? -1 : 1);
}
