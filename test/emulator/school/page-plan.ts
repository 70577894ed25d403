import type { EpochMs, IsoDate } from "../../../src/domain/time.ts";
import { addDays, moment, weekday } from "./days.ts";
import type { SubjectPage, Teacher, TrueEntry, TrueLesson } from "./model.ts";
import type { Random } from "./random.ts";

/** What becomes of a page for some weeks: nothing is entered until later (or ever), or its lessons are not held at all. */
export interface PagePlan {
  readonly kind: "still" | "never" | "no-lessons";
  readonly from: IsoDate;
  readonly to: IsoDate;
}

/** A page that a careless teacher leaves alone for some weeks, or one without lessons for a fortnight, which only looks like it; most have neither. */
export function planPage(
  random: Random,
  { weeklyHours }: SubjectPage,
  { habit }: Teacher,
  span: { from: IsoDate; to: IsoDate },
): PagePlan | null {
  const careless = habit === "forgetful" || habit === "away";
  const roll = random.next();
  const days = Math.max(1, Math.round((Date.parse(span.to) - Date.parse(span.from)) / 86_400_000) - 14);
  const start = addDays(span.from, random.between(0, days));
  const from = addDays(start, 1 - weekday(start));
  const to = addDays(from, random.between(13, 23));
  if (careless && weeklyHours >= 2 && roll < 0.35) return { kind: roll < 0.25 ? "still" : "never", from, to };
  return roll > 0.9 ? { kind: "no-lessons", from, to } : null;
}

/** The lesson and its cells as the plan leaves them; null when it is not held. */
export function underPlan(
  plan: PagePlan | null | undefined,
  lesson: TrueLesson,
  entries: readonly TrueEntry[],
  lessonRows: "ahead" | "on-entry",
): { readonly lesson: TrueLesson; readonly entries: readonly TrueEntry[] } | null {
  if (!plan || lesson.date < plan.from || plan.to < lesson.date) return { lesson, entries };
  if (plan.kind === "no-lessons") return null;
  const delay = moment(addDays(plan.to, 1), 0) - moment(plan.from, 0);
  const later = <Event extends { readonly at: EpochMs }>(events: readonly Event[]): Event[] =>
    plan.kind === "never" ? [] : events.map((event) => ({ ...event, at: event.at + delay }));
  const events = later(lesson.events);
  const shownFrom = lessonRows === "ahead" ? lesson.shownFrom : (events[0]?.at ?? Number.POSITIVE_INFINITY);
  return {
    lesson: { ...lesson, events, shownFrom },
    entries: entries
      .map((entry) => ({ ...entry, events: later(entry.events) }))
      .filter(({ events: e }) => e.length > 0),
  };
}
