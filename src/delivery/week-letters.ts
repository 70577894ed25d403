import type { Span } from "../domain/calendar.ts";
import type { Mapping } from "../domain/mapping.ts";
import { createReaderFinder, type Reader } from "../domain/people.ts";
import { missedBy } from "../domain/report/absences.ts";
import { composeClassLetter } from "../domain/report/class-letter.ts";
import type { PupilLabels } from "../domain/report/pupil-labels.ts";
import { composeWeekLetter, type WeekFigures, type WeekInput } from "../domain/report/week-letter.ts";
import type { EpochMs } from "../domain/time.ts";
import type { ClassWeekFacts } from "../store/class-weeks.ts";
import type { LetterOrder } from "./letter-order.ts";

export interface WeekLettersInput {
  readonly school: { readonly id: number; readonly name: string; readonly zone: string };
  readonly at: EpochMs;
  readonly simulation: boolean;
  /** The week that has ended. */
  readonly span: Span;
  readonly classes: readonly ClassWeekFacts[];
  readonly weeks: readonly WeekFigures[];
  readonly open: WeekInput["open"];
  readonly batches: WeekInput["batches"];
  readonly silent: WeekInput["silent"];
  readonly people: readonly Reader[];
  readonly deputyDirector: string | null;
  readonly labels: PupilLabels;
  readonly mapping: Mapping;
}

/** The letters of a week: each class teacher's, and the deputy director's summary; one a week for ever. */
export function weekLetters(input: WeekLettersInput): LetterOrder[] {
  const { school, at, simulation, span, classes, people, deputyDirector } = input;
  const readerOf = createReaderFinder(people);
  const place = { span, school, at, simulation };
  const ofClasses = classes.flatMap((facts): LetterOrder[] => {
    const reader = readerOf(facts.classTeacher);
    if (reader === null || reader.mail === "none") return [];
    const letter = composeClassLetter(weekOf(facts, input), place);
    return [
      {
        key: `class-week/${school.id}/${span.from}/${facts.className}`,
        kind: "class-week",
        to: reader.address,
        letter,
      },
    ];
  });
  const summary = composeWeekLetter({ ...input, school, at, simulation });
  if (summary === null || deputyDirector === null) return ofClasses;
  return [{ key: `week/${school.id}/${span.from}`, kind: "week", to: deputyDirector, letter: summary }, ...ofClasses];
}

function weekOf(facts: ClassWeekFacts, { labels, mapping, silent }: WeekLettersInput) {
  const cells = Map.groupBy(facts.cells, ({ pupil }) => pupil);
  const label = (pupil: string) => {
    const known = labels.of.get(pupil);
    return known === undefined
      ? `№ ${pupil} в журнале`
      : labels.by === "number"
        ? `№\u00a0${known.label}`
        : known.label;
  };
  const inOrder = facts.pupils.toSorted(
    (one, other) => (labels.of.get(one)?.number ?? 0) - (labels.of.get(other)?.number ?? 0),
  );
  const absent = inOrder.flatMap((pupil) => {
    const missed = missedBy(cells.get(pupil) ?? [], mapping);
    return missed.length === 0 ? [] : [{ label: label(pupil), missed }];
  });
  return {
    className: facts.className,
    classTeacher: facts.classTeacher,
    pupils: facts.pupils.length,
    absent,
    toHandOut: inOrder.filter((pupil) => facts.toHandOut.includes(pupil)).map(label),
    slipsAway: inOrder.filter((pupil) => silent.some(({ pupilExternalId }) => pupilExternalId === pupil)).map(label),
    rosterChanges: facts.rosterChanges,
  };
}
