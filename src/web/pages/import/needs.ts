import type { DraftNeeds } from "../../../import/drafts.ts";
import type { Seen } from "../../doors/pages.ts";
import type { WebNeeds } from "../../server.ts";

export const draftNeeds = async ({ verbs, schoolId, access }: WebNeeds, { actor }: Seen): Promise<DraftNeeds> => ({
  importing: await verbs.importing(),
  schoolId,
  accountId: actor.accountId,
  clock: access.clock,
});
