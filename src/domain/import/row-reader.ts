import { folded } from "../fold.ts";
import type { IsoDate } from "../time.ts";
import { dayOfCell, numberOf, textOf, yesNoOf } from "./cells.ts";
import type { Found, ListedPupil, Lookup, Named } from "./lookup.ts";
import { nameFits } from "./names.ts";
import type { ImportSettings } from "./settings.ts";
import type { Cell } from "./table.ts";

/** What a row says of a person: the journal's own name and id where exactly one fits, else the name as written. */
export interface ReadPerson {
  readonly externalId: string | null;
  readonly name: string;
}

/**
 * Reads the cells of one row by our columns' names. What cannot be read is refused and answered by a stand-in: whoever reads asks `refusals` at
 * the end and throws the record away.
 */
export interface RowReader {
  readonly refusals: readonly string[];
  readonly notes: readonly string[];
  /** Why the row is none of the list, harmlessly; null while it is one. */
  readonly leftOut: string | null;
  readonly words: ImportSettings["words"];
  readonly lookup: Lookup;
  text(column: string): string;
  needText(column: string, most: number): string;
  day(column: string): IsoDate | null;
  needDay(column: string): IsoDate;
  number(column: string, range: { above: number; most: number; whole?: boolean; otherwise?: number }): number;
  class(column: string): Named;
  subject(column: string): Named;
  pupil(): ListedPupil;
  person(column: string): ReadPerson;
  yes(column: string): boolean;
  choice<Value extends keyof ImportSettings["words"]>(
    column: string,
    values: readonly Value[],
    otherwise?: Value,
  ): Value;
  refuse(reason: string): void;
  leaveOut(reason: string): void;
}

export interface RowSource {
  /** Null: no such column. */
  cell(column: string): Cell;
  title(column: string): string;
  readonly lookup: Lookup;
  readonly settings: ImportSettings;
}

const NOBODY: Named = { externalId: "", name: "" };

export function createRowReader({ cell, title, lookup, settings }: RowSource): RowReader {
  const refusals: string[] = [];
  const notes: string[] = [];
  let leftOut: string | null = null;
  const refuse = (reason: string) => {
    refusals.push(reason);
  };
  const text = (column: string) => textOf(cell(column));
  const needed = (column: string) => {
    const value = text(column);
    if (value === "") refuse(`пусто в столбце «${title(column)}»`);
    return value;
  };
  const found = <Value>(result: Found<Value>, otherwise: Value): Value => {
    if ("value" in result) return result.value;
    refuse(result.reason);
    return otherwise;
  };
  const named = (column: string, by: (written: string) => Found<Named>) => {
    const written = needed(column);
    return written === "" ? NOBODY : found(by(written), NOBODY);
  };
  const day = (column: string) => {
    const written = text(column);
    const read = dayOfCell(cell(column));
    if (written !== "" && read === null)
      refuse(`«${written}» в столбце «${title(column)}» – не дата: напишите, например, 05.10.2026`);
    return read;
  };
  return {
    refusals,
    notes,
    get leftOut() {
      return leftOut;
    },
    words: settings.words,
    lookup,
    text,
    needText(column, most) {
      const value = needed(column);
      if (value.length > most) refuse(`в столбце «${title(column)}» больше ${most} знаков`);
      return value;
    },
    day,
    needDay(column) {
      const known = refusals.length;
      const value = day(column);
      if (value === null && refusals.length === known) refuse(`пусто в столбце «${title(column)}»`);
      return value ?? "";
    },
    number(column, { above, most, whole = false, otherwise }) {
      const written = text(column);
      if (written === "" && otherwise !== undefined) return otherwise;
      const value = numberOf(cell(column));
      if (written === "") refuse(`пусто в столбце «${title(column)}»`);
      else if (value === null || value <= above || value > most || (whole && !Number.isInteger(value))) {
        const kind = whole ? "целое число" : "число";
        refuse(
          `«${written}» в столбце «${title(column)}» не подходит: нужно ${kind} больше ${above} и не больше ${most}`,
        );
      }
      return value ?? 0;
    },
    class: (column) => named(column, lookup.class),
    subject: (column) => named(column, lookup.subject),
    pupil: () => pupilOf({ text, found, refuse, title, lookup, leaveOut: (reason) => (leftOut ??= reason) }),
    person(column) {
      const written = needed(column);
      const { person, several } = lookup.person(written);
      if (person !== null) return person;
      if (written !== "") notes.push(several ? SEVERAL(title(column)) : UNKNOWN(title(column)));
      return { externalId: null, name: written };
    },
    yes(column) {
      const value = yesNoOf(cell(column));
      if (value === null) refuse(`«${text(column)}» в столбце «${title(column)}» – не да и не нет`);
      return value ?? false;
    },
    choice(column, values, otherwise) {
      const written = text(column);
      const value = values.find((one) => settings.words[one].some((word) => folded(word) === folded(written)));
      const fallback = written === "" ? otherwise : undefined;
      if (value === undefined && fallback === undefined) {
        const known = values.map((one) => `«${settings.words[one][0]}»`).join(" или ");
        refuse(
          written === ""
            ? `пусто в столбце «${title(column)}»: нужно ${known}`
            : `«${written}» в столбце «${title(column)}» непонятно: нужно ${known}`,
        );
      }
      return value ?? fallback ?? (values[0] as (typeof values)[number]);
    },
    refuse,
    leaveOut(reason) {
      leftOut ??= reason;
    },
  };
}

const SEVERAL = (column: string) =>
  `в столбце «${column}» имя, которое подходит нескольким: взято без номера в журнале`;
const UNKNOWN = (column: string) => `в столбце «${column}» имя, которого в журнале нет: взято, как написано`;

interface PupilSource {
  text(column: string): string;
  found<Value>(result: Found<Value>, otherwise: Value): Value;
  refuse(reason: string): void;
  leaveOut(reason: string): void;
  title(column: string): string;
  readonly lookup: Lookup;
}

/** By number, else by name within the class; who has left is no row of the list any longer. */
function pupilOf({ text, found, refuse, leaveOut, title, lookup }: PupilSource): ListedPupil {
  const nobody: ListedPupil = { externalId: "", fullName: "", classExternalId: null, gone: false };
  const name = text("pupil");
  const number = text("pupilNumber") || (/^\d+$/.test(name) ? name : "");
  const klass = text("class") === "" ? null : found<Named | null>(lookup.class(text("class")), null);
  if (text("class") !== "" && klass === null) return nobody;
  if (number === "" && name === "") {
    refuse(`пусто в столбце «${title("pupil")}»`);
    return nobody;
  }
  const pupil = found(
    number === "" ? lookup.pupilByName(name, klass?.externalId ?? null) : lookup.pupilByNumber(number),
    nobody,
  );
  if (pupil === nobody) return nobody;
  if (pupil.gone) leaveOut("ученик выбыл");
  else if (klass !== null && pupil.classExternalId !== klass.externalId)
    refuse(`ученик с номером ${pupil.externalId} – не в классе «${klass.name}»`);
  else if (number !== "" && name !== "" && name !== number && !nameFits(name, pupil.fullName))
    refuse(`номер ${number} и имя – разных учеников`);
  return pupil;
}
