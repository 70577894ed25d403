import { z } from "zod";
import { defineJob } from "./define-job.ts";

/** Sends the prints that wait and looks after those at the printer; where there are none it is over at once. */
export const followPrints = defineJob({
  name: "follow-prints",
  payload: z.object({ schoolId: z.int() }),
  schedule: { when: () => ({ kind: "every", minutes: 1 }), catchUp: "none", payload: ({ schoolId }) => ({ schoolId }) },
  attempts: 1,
  backoffMs: 30_000,
  run: (_payload, { services, signal }) => services.followPrints({ signal }),
});
