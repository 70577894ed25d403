import { sameClass } from "../calendar.ts";
import { folded } from "../fold.ts";
import { nearest } from "../nearest.ts";
import { remember } from "../remember.ts";
import { nameFits, sameName } from "./names.ts";
import type { ImportSettings } from "./settings.ts";

/** Whom and what the journal knows: what an imported row may speak of. */
export interface ImportDirectory {
  readonly classes: readonly Named[];
  readonly subjects: readonly Named[];
  readonly staff: readonly Named[];
  readonly pupils: readonly ListedPupil[];
}

export interface Named {
  readonly externalId: string;
  readonly name: string;
}

export interface ListedPupil {
  readonly externalId: string;
  readonly fullName: string;
  readonly classExternalId: string | null;
  /** No longer in the journal's lists. */
  readonly gone: boolean;
}

/** Found, or why not in the words of a sentence's end. */
export type Found<Value> = { readonly value: Value } | { readonly reason: string };

export interface Lookup {
  class(written: string): Found<Named>;
  subject(written: string): Found<Named>;
  /** By the journal's number. */
  pupilByNumber(number: string): Found<ListedPupil>;
  /** Within the class, or in the whole school when it is null. */
  pupilByName(written: string, classExternalId: string | null): Found<ListedPupil>;
  /** Null when nobody, or more than one, is called so; `several` tells which. */
  person(written: string): { readonly person: Named | null; readonly several: boolean };
}

/** Finds what rows name. Two who fit are never guessed between. Reasons hold numbers, never names of children. */
export function createLookup(directory: ImportDirectory, settings: ImportSettings): Lookup {
  const bySubject = Map.groupBy(directory.subjects, ({ name }) => folded(name));
  const short = new Map(Object.entries(settings.subjects).map(([word, names]) => [folded(word), names]));
  const pupils = new Map(directory.pupils.map((pupil) => [pupil.externalId, pupil]));
  const ofClass = Map.groupBy(directory.pupils, (pupil) => pupil.classExternalId);

  const classOf = remember((written: string): Found<Named> => {
    const bare = written.replace(/\s*кл(асс)?\.?$/i, "");
    const fit = directory.classes.filter(({ name }) => sameClass(name, bare));
    if (fit.length > 1) return { reason: `классов «${written}» в журнале несколько` };
    return one(fit, () => {
      const grade = Number.parseInt(bare, 10);
      const beside = directory.classes
        .filter(({ name }) => Number.parseInt(name, 10) === grade)
        .map(({ name }) => name);
      return `класса «${written}» в журнале нет${beside.length === 0 ? "" : ` (есть ${beside.join(", ")})`}`;
    });
  });

  const subjectOf = remember((written: string): Found<Named> => {
    const key = folded(written);
    for (const name of [written, ...(short.get(key) ?? [])]) {
      const fit = bySubject.get(folded(name)) ?? [];
      if (fit.length > 1) return { reason: `предметов «${written}» в журнале несколько` };
      if (fit[0] !== undefined) return { value: fit[0] };
    }
    const meant = nearest(
      written,
      directory.subjects.map(({ name }) => name),
    );
    const hint = meant === null ? "" : ` (возможно, это «${meant}»)`;
    return { reason: `предмета «${written}» в журнале нет${hint}; сокращения – в import.yaml, subjects` };
  });

  return {
    class: classOf,
    subject: subjectOf,
    pupilByNumber(number) {
      const pupil = pupils.get(number);
      return pupil === undefined ? { reason: `ученика с номером ${number} в журнале нет` } : { value: pupil };
    },
    pupilByName(written, classExternalId) {
      const among = classExternalId === null ? directory.pupils : (ofClass.get(classExternalId) ?? []);
      const where = classExternalId === null ? "в школе" : "в этом классе";
      const full = among.filter(({ fullName }) => sameName(written, fullName));
      const fit = full.length > 0 ? full : among.filter(({ fullName }) => nameFits(written, fullName));
      const here = fit.filter(({ gone }) => !gone);
      const candidates = here.length > 0 ? here : fit;
      if (!/\s/.test(written.trim())) return { reason: "одной фамилии мало: нужны фамилия и имя или номер ученика" };
      if (candidates.length > 1) {
        const numbers = candidates.map(({ externalId }) => externalId).join(", ");
        return { reason: `учеников с таким именем ${where} несколько (номера ${numbers}): впишите номер ученика` };
      }
      return one(candidates, () => `ученика с таким именем ${where} нет`);
    },
    person: remember((written: string) => {
      const full = directory.staff.filter(({ name }) => sameName(written, name));
      const fit = full.length > 0 ? full : directory.staff.filter(({ name }) => nameFits(written, name));
      return { person: fit.length === 1 ? (fit[0] ?? null) : null, several: fit.length > 1 };
    }),
  };
}

function one<Value>(fit: readonly Value[], reason: () => string): Found<Value> {
  const [value] = fit;
  return value === undefined ? { reason: reason() } : { value };
}
