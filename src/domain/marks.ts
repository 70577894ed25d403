/** Why a pupil was not there, as the school's letters tell. `late` is a pupil who came late: present. */
export type AbsenceKind = "absent" | "unexcused" | "excused" | "ill" | "late";

export interface Absence {
  /** As the mapping writes it: «Н», «НП», … */
  readonly letter: string;
  readonly kind: AbsenceKind;
}

/** A cell of the journal, read. Marks and absences may share it; what the mapping does not know is kept and counts as nothing. */
export interface Cell {
  /** As seen, in their order: `5`, `4-`, `зач`. */
  readonly marks: readonly string[];
  /** The marks that are numbers, 1 to the school's highest. */
  readonly numbers: readonly number[];
  readonly absences: readonly Absence[];
  readonly unknown: readonly string[];
}

/** The school's letters (`config/avers.yaml`). */
export interface Letters {
  /** Values that are marks but no numbers: «зач», «н/а», … */
  readonly marks: readonly string[];
  /** Absence letters by kind. */
  readonly absences: Readonly<Record<AbsenceKind, readonly string[]>>;
}

type Token = { readonly mark: string } | { readonly absence: Absence };

const separators = /[\s/\\,;|]+/y;
const word = /[^\s/\\,;|]+/y;
const number = /^(\d{1,3})[+\-−–]?$/;

/**
 * A reader of cells by the school's letters (avers-protocol.md § 6), case and «ё» aside. A known value that holds a separator («н/а») is
 * recognised before the cell is split at `/`, spaces, commas and semicolons.
 */
export function createCellReader(letters: Letters, maxMark: number): (text: string) => Cell {
  const known = new Map<string, Token>();
  for (const mark of letters.marks) known.set(plain(mark), { mark });
  for (const [kind, absences] of Object.entries(letters.absences) as [AbsenceKind, readonly string[]][]) {
    for (const letter of absences) known.set(plain(letter), { absence: { letter, kind } });
  }
  const composed = [...known.keys()]
    .filter((value) => lengthAt(word, value, 0) < value.length)
    .sort((one, other) => other.length - one.length);

  return (text) => {
    const marks: string[] = [];
    const numbers: number[] = [];
    const absences: Absence[] = [];
    const unknown: string[] = [];
    const cell = text.trim().replace(/\s+/g, " ");
    const plainCell = plain(cell);

    for (let at = 0; at < cell.length; ) {
      at += lengthAt(separators, cell, at);
      const value = composed.find((candidate) => stands(plainCell, candidate, at));
      const length = value?.length ?? lengthAt(word, cell, at);
      if (length === 0) break;
      const piece = cell.slice(at, at + length);
      at += length;

      const token = known.get(plain(piece));
      const digits = number.exec(piece)?.[1];
      if (token !== undefined && "absence" in token) absences.push(token.absence);
      else if (token !== undefined) marks.push(piece);
      else if (digits !== undefined && Number(digits) >= 1 && Number(digits) <= maxMark) {
        marks.push(piece);
        numbers.push(Number(digits));
      } else unknown.push(piece);
    }
    return { marks, numbers, absences, unknown };
  };
}

/** Upper and lower case, «ё» and «е» are one; the length stays, so that positions fit. */
function plain(text: string): string {
  return text.trim().toLowerCase().replaceAll("ё", "е");
}

function lengthAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

function stands(text: string, value: string, at: number): boolean {
  if (!text.startsWith(value, at)) return false;
  const end = at + value.length;
  return end === text.length || lengthAt(separators, text, end) > 0;
}
