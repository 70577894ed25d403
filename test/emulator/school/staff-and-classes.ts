import { CURRICULUM } from "./curriculum.ts";
import { HALF_YEARS, QUARTERS, WHOLE_YEAR } from "./days.ts";
import type { Habit, Pupil, SchoolClass, SubjectPage, Teacher } from "./model.ts";
import { fullName } from "./people.ts";
import type { Random } from "./random.ts";

const HABITS: readonly Habit[] = [
  "punctual",
  "punctual",
  "late",
  "punctual",
  "forgetful",
  "correcting",
  "punctual",
  "away",
  "punctual",
  "late",
];

export function makeStaff(random: Random, count: number): Teacher[] {
  const staff = Array.from({ length: count }, (_, i) => ({
    id: String(701 + i),
    name: fullName(random),
    habit: HABITS[i % HABITS.length] ?? "punctual",
  }));
  // Two teachers whose surname and initials are the same: a name alone does not tell them apart.
  const [first, , third] = staff;
  if (first && third) third.name = first.name.replace(/ (\S)\S* /, (_, letter: string) => ` ${letter}авва `);
  return staff;
}

const GRADES = 13;
const CLASS_LETTERS = "АБВГДЕЖЗИКЛМНПРСТУФХЦЧШЭЮЯ";

/** More have no letters left. */
export const MOST_CLASSES = GRADES * CLASS_LETTERS.length;

/** The spellings that journals have for the same kind of thing. */
const SPELLINGS = [
  (g: number, l: string) => `${g} ${l}`,
  (g: number, l: string) => `${g}${l.toLowerCase()}`,
  (g: number, l: string) => `${g}-${l}`,
];

export function makeClasses(
  random: Random,
  staff: readonly Teacher[],
  count: number,
  pupilCount: number,
): { classes: SchoolClass[]; pupils: Pupil[] } {
  const pupils: Pupil[] = [];
  const classes = Array.from({ length: count }, (_, i): SchoolClass => {
    const grade = Math.floor((i * GRADES) / count);
    const letter = CLASS_LETTERS[countBefore(count, i, grade)] ?? "";
    const id = String(4001 + i);
    const size = Math.floor(((i + 1) * pupilCount) / count) - Math.floor((i * pupilCount) / count);
    const own = Array.from(
      { length: size },
      (_, j): Pupil => ({
        id: String(20_001 + pupils.length + j),
        fullName: fullName(random),
        classId: id,
        group: 1 + (j % 2),
        paper: random.chance(40 / 300),
      }),
    );
    const [first, , third] = own;
    if (i === 2 && first && third) own[2] = { ...third, fullName: first.fullName };
    pupils.push(...own);
    return {
      id,
      name: nameOf(grade, letter, i),
      grade,
      letter,
      teacherName: staff[i % staff.length]?.name ?? "",
      pupilIds: own.map((pupil) => pupil.id),
      termIds: [...(grade >= 10 ? HALF_YEARS : QUARTERS).map((term) => term.id), WHOLE_YEAR.id],
    };
  });
  return { classes, pupils };
}

/** Which teacher holds which page: two for a split subject. */
export function makePages(random: Random, classes: readonly SchoolClass[], staff: readonly Teacher[]): SubjectPage[] {
  return classes.flatMap((klass) =>
    CURRICULUM.flatMap((row): SubjectPage[] => {
      const weeklyHours = row.hours(klass.grade);
      if (weeklyHours === 0) return [];
      const groups = row.split && klass.pupilIds.length >= 4 ? [1, 2] : [0];
      const holders = random.shuffled(staff);
      return groups.map((group, i) => ({
        classId: klass.id,
        subjectId: row.id,
        group,
        holderId: holders[i]?.id ?? "",
        weeklyHours,
      }));
    }),
  );
}

function nameOf(grade: number, letter: string, index: number): string {
  if (grade === 0) return index === 0 ? "подг." : `0 ${letter}`;
  if (grade === 1 && letter === "Б") return "1 доп";
  return SPELLINGS[index % SPELLINGS.length]?.(grade, letter) ?? `${grade} ${letter}`;
}

function countBefore(count: number, index: number, grade: number): number {
  let before = 0;
  for (let i = 0; i < index; i += 1) if (Math.floor((i * GRADES) / count) === grade) before += 1;
  return before;
}
