import { createHash } from "node:crypto";
import type { StoredFinding } from "../domain/finding.ts";
import { createReaderFinder, type Reader } from "../domain/people.ts";
import type { PlainLetter } from "../domain/report/plain-letter.ts";
import type { PupilLabels } from "../domain/report/pupil-labels.ts";
import { composeTeacherLetter, openOf } from "../domain/report/teacher-letter.ts";
import type { EpochMs } from "../domain/time.ts";
import type { LetterOrder } from "./letter-order.ts";

export interface TeacherLettersInput {
  readonly school: { readonly id: number; readonly name: string; readonly zone: string };
  readonly at: EpochMs;
  readonly simulation: boolean;
  readonly findings: readonly StoredFinding[];
  readonly people: readonly Reader[];
  readonly labels: PupilLabels;
  /** Whoever reads weekly is written to today. */
  readonly weekly: boolean;
  /** 0: the same list is never told again. */
  readonly remindDays: number;
}

export interface TeacherLetters {
  readonly orders: readonly LetterOrder[];
  /** Whoever has something to do and no address, or wants no letters: for a printed sheet. */
  readonly unreached: readonly { readonly teacher: string; readonly letter: PlainLetter }[];
}

const DAY = 86_400_000;

/** The letters to teachers as they would be now: own findings only, and the same list never twice unless reminders are wanted. */
export function teacherLetters(input: TeacherLettersInput): TeacherLetters {
  const { school, at, simulation, people, labels, weekly } = input;
  const readerOf = createReaderFinder(people);
  const orders: LetterOrder[] = [];
  const unreached: { teacher: string; letter: PlainLetter }[] = [];
  const byTeacher = Map.groupBy(openOf(input.findings), ({ accountable }) => accountable?.name ?? "");
  for (const [teacher, findings] of [...byTeacher].toSorted(([one], [other]) => one.localeCompare(other, "ru"))) {
    if (teacher === "") continue;
    const letter = composeTeacherLetter({ teacher, findings, school, at, labels, simulation });
    if (letter === null) continue;
    const reader = readerOf(teacher);
    if (reader === null || reader.mail === "none") unreached.push({ teacher, letter });
    else if (reader.mail === "daily" || weekly)
      orders.push({ key: keyOf(input, teacher, findings), kind: "teacher", to: reader.address, letter });
  }
  return { orders, unreached };
}

/** Made from the list itself: the same findings are the same letter, whenever they are composed. */
function keyOf(
  { school, at, remindDays }: TeacherLettersInput,
  teacher: string,
  findings: readonly StoredFinding[],
): string {
  const list = findings.map(({ id }) => id).sort();
  const again = remindDays === 0 ? "" : `/${Math.floor(at / (remindDays * DAY))}`;
  const digest = createHash("sha256")
    .update(JSON.stringify([teacher, list]))
    .digest("hex")
    .slice(0, 24);
  return `teacher/${school.id}/${digest}${again}`;
}
