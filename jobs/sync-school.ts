import { z } from "zod";
import { checkRules } from "./check-rules.ts";
import { defineJob } from "./define-job.ts";

/** One pass (design.md § 3.1), at the times that the school sets; a pass that was missed is made up once, because it reads the journal as it is now. */
export const syncSchool = defineJob({
  name: "sync-school",
  payload: z.object({ schoolId: z.int(), scheduledAt: z.int() }),
  schedule: {
    when: ({ school }) => ({ kind: "school-days", times: school.passes }),
    catchUp: "latest",
    payload: ({ schoolId, at }) => ({ schoolId, scheduledAt: at }),
  },
  attempts: 3,
  backoffMs: 120_000,
  async run({ schoolId, scheduledAt }, { services, signal, enqueue, id }) {
    await services.syncSchool({ schoolId, signal });
    await enqueue(checkRules, { schoolId, asOf: scheduledAt }, `after-${id}`);
  },
});
