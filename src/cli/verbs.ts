import type { House } from "../main.ts";
import type { Verbs } from "../web/verbs.ts";
import { checkNeeds } from "./school.ts";

/** What the pages take from the house. */
export function verbsOf(house: House): Verbs {
  return {
    judging: () => checkNeeds(house),
  };
}
