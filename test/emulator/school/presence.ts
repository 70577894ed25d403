import type { IsoDate } from "../../../src/domain/time.ts";
import type { Pupil } from "./model.ts";
import type { Random } from "./random.ts";

/** Who is away for a part of a day: left for a doctor after some lesson, or came later. Nobody comes and goes twice on one day. */
export interface Presence {
  beginDay(day: IsoDate): void;
  /** Whether the pupil is not at the day's lesson of that number; `drawn` is a lesson missed for no reason. Lessons are asked in their order. */
  isAway(pupilId: string, number: number, drawn: boolean): boolean;
}

interface PartDay {
  readonly from: number;
  readonly to: number;
}

export function createPresence(random: Random, pupils: readonly Pupil[]): Presence {
  let plans = new Map<string, PartDay>();
  let wasAway = new Set<string>();
  let returned = new Set<string>();
  return {
    beginDay() {
      plans = new Map();
      wasAway = new Set();
      returned = new Set();
      for (const { id } of pupils) {
        if (!random.chance(0.012)) continue;
        const lesson = random.between(1, 4);
        plans.set(id, random.chance(0.5) ? { from: lesson, to: 99 } : { from: 0, to: lesson - 1 });
      }
    },
    isAway(pupilId, number, drawn) {
      const plan = plans.get(pupilId);
      const planned = plan !== undefined && plan.from <= number && number <= plan.to;
      const away = !returned.has(pupilId) && (planned || drawn);
      if (away) wasAway.add(pupilId);
      else if (wasAway.has(pupilId)) returned.add(pupilId);
      return away;
    },
  };
}
