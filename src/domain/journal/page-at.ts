import type { Span } from "../calendar.ts";
import type { EpochMs, IsoDate } from "../time.ts";
import { type Move, membersBefore } from "./members.ts";
import { type SeenVersion, type StateAt, stateAt } from "./seen-versions.ts";

interface Facts<Lesson extends { readonly date: IsoDate }, Cell> {
  readonly pupils: readonly {
    readonly externalId: string;
    readonly fullName: string;
    readonly here: boolean;
    readonly onPage: boolean;
  }[];
  readonly moves: readonly Move[];
  readonly lessons: readonly {
    readonly externalId: string;
    readonly teacher: string | null;
    readonly versions: readonly SeenVersion<Lesson>[];
  }[];
  readonly cells: ReadonlyMap<string, readonly SeenVersion<Cell>[]>;
  readonly finals: ReadonlyMap<string, readonly SeenVersion<Cell>[]>;
}

export interface LessonAt<Lesson> extends StateAt<Lesson> {
  readonly externalId: string;
  readonly teacher: string | null;
  /** Of several lessons of one day the place, from 1; null of the only one. */
  readonly place: number | null;
}

export interface PupilAt<Cell> {
  readonly externalId: string;
  readonly fullName: string;
  /** Number in the class list of that moment; null: no longer, or not yet, in the class. */
  readonly number: number | null;
  /** One for each lesson; null: nothing had been seen there. */
  readonly cells: readonly (StateAt<Cell> | null)[];
  readonly final: StateAt<Cell> | null;
}

export interface PageAt<Lesson, Cell> {
  readonly lessons: readonly LessonAt<Lesson>[];
  readonly pupils: readonly PupilAt<Cell>[];
}

/** A page of the journal as it was known at a moment: who was in the class, which lessons stood in the span, what the cells said. Pure. */
export function pageAt<Lesson extends { readonly date: IsoDate }, Cell>(
  facts: Facts<Lesson, Cell>,
  { classExternalId, group, span, at }: { classExternalId: string; group: string; span: Span; at: EpochMs },
): PageAt<Lesson, Cell> {
  const lessons = facts.lessons
    .flatMap(({ externalId, teacher, versions }) => {
      const state = stateAt(versions, at);
      return state === null ? [] : [{ externalId, teacher, ...state }];
    })
    .filter(
      ({ content: { date }, gone, externalId }) =>
        date >= span.from && date <= span.to && (!gone || marked(facts, externalId, at)),
    )
    .toSorted(
      (one, other) => compare(one.content.date, other.content.date) || compare(one.externalId, other.externalId),
    );
  const days = Map.groupBy(lessons, ({ content }) => content.date);
  const here = facts.pupils.flatMap((pupil) => (pupil.here ? [pupil.externalId] : []));
  const members = membersBefore(classExternalId, here, facts.moves);
  const byName = new Intl.Collator("ru").compare;
  const sorted = facts.pupils.toSorted((a, b) => byName(a.fullName, b.fullName) || compare(a.externalId, b.externalId));
  const numbers = new Map(
    sorted.filter(({ externalId }) => members.has(externalId)).map(({ externalId }, i) => [externalId, i + 1]),
  );
  const someOnPage = facts.pupils.some(({ onPage }) => onPage);
  const pupils = sorted
    .map(({ externalId, fullName, onPage }) => ({
      externalId,
      fullName,
      onPage,
      number: numbers.get(externalId) ?? null,
      cells: lessons.map((lesson) => stateAt(facts.cells.get(`${externalId}/${lesson.externalId}`) ?? [], at)),
      final: stateAt(facts.finals.get(externalId) ?? [], at),
    }))
    .filter(({ number, onPage, cells, final }) => {
      const belongs = number !== null && (group === "" || onPage || !someOnPage);
      return belongs || final !== null || cells.some((cell) => cell !== null);
    })
    .map(({ onPage: _, ...pupil }) => pupil);
  return {
    lessons: lessons.map((lesson) => {
      const same = days.get(lesson.content.date) ?? [];
      return { ...lesson, place: same.length < 2 ? null : same.indexOf(lesson) + 1 };
    }),
    pupils,
  };
}

/** A lesson that was taken out of the journal stays a column while marks had been seen in it. */
function marked<Cell>({ cells }: Pick<Facts<{ date: IsoDate }, Cell>, "cells">, lesson: string, at: EpochMs): boolean {
  for (const [key, versions] of cells) if (key.endsWith(`/${lesson}`) && stateAt(versions, at) !== null) return true;
  return false;
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
