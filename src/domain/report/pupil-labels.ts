import { line } from "../notice/words.ts";
import type { SchoolSettings } from "../settings.ts";

export type PupilNaming = SchoolSettings["mail"]["pupils"];

export interface NamedPupil {
  readonly externalId: string;
  readonly fullName: string;
  readonly className: string;
  /** In the class list, from 1. */
  readonly number: number;
}

/** How a letter calls the pupils it knows; null only in letters that know none. */
export interface PupilLabels {
  readonly by: PupilNaming;
  /** Pupil's external id → number in the class list, and the label to be printed. */
  readonly of: ReadonlyMap<string, { readonly number: number; readonly label: string }>;
}

/** Mail leaves the school: pupils are numbers in the class list, or surname and initial where the school allows it (rules.md § 5). Pure. */
export function pupilLabels(pupils: readonly NamedPupil[], by: PupilNaming): PupilLabels {
  const shared = new Map<string, number>();
  for (const pupil of pupils) shared.set(keyOf(pupil), (shared.get(keyOf(pupil)) ?? 0) + 1);
  const labelOf = (pupil: NamedPupil) => {
    const { fullName, number } = pupil;
    if (by === "number") return String(number);
    // Two of a class with the same surname and initial are told apart by their numbers, not by more of their names.
    return (shared.get(keyOf(pupil)) ?? 0) > 1
      ? `${surnameAndInitial(fullName)} (№\u00a0${number})`
      : surnameAndInitial(fullName);
  };
  return {
    by,
    of: new Map(pupils.map((pupil) => [pupil.externalId, { number: pupil.number, label: labelOf(pupil) }])),
  };
}

const keyOf = ({ className, fullName }: NamedPupil) => JSON.stringify([className, surnameAndInitial(fullName)]);

/** «Ручьёв Пётр Ильич» → «Ручьёв П.» */
function surnameAndInitial(fullName: string): string {
  const [surname = "", first = ""] = line(fullName, 200).split(" ");
  const initial = /^\p{L}/u.exec(first)?.[0];
  return initial === undefined ? surname : `${surname}\u00a0${initial.toUpperCase()}.`;
}
