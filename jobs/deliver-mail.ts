import { z } from "zod";
import { defineJob } from "./define-job.ts";

/** Sends what waits in the outbox and is due. */
export const deliverMail = defineJob({
  name: "deliver-mail",
  payload: z.object({ schoolId: z.int() }),
  schedule: { when: () => ({ kind: "every", minutes: 5 }), catchUp: "none", payload: ({ schoolId }) => ({ schoolId }) },
  attempts: 1,
  backoffMs: 30_000,
  run: (_payload, { services, signal }) => services.deliverMail({ signal }),
});
