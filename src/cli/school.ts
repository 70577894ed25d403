import type { CheckNeeds } from "../control/check-school.ts";
import { withJournalTerms } from "../domain/journal-terms.ts";
import type { House } from "../main.ts";
import { schoolById } from "../store/schools.ts";
import { listTerms } from "../store/terms.ts";
import { rulingPolicy } from "./policy.ts";

/** The school as the last pass described it: its name and its highest mark come from the journal, unless the settings name it. */
export async function schoolNow({ store, school, settings }: House): Promise<House["school"]> {
  const known = await schoolById(store, school.id);
  return { ...known, name: settings.school.name ?? known.name, zone: school.zone };
}

/** The calendar is completed by the journal's own terms for years that no file describes. */
export async function checkNeeds(house: House): Promise<CheckNeeds> {
  const { store, settings, school } = house;
  const calendar = withJournalTerms(settings.calendar, await listTerms(store, school.id));
  const { policy } = await rulingPolicy(house);
  return { store, policy, mapping: settings.mapping, calendar };
}
