import { z } from "zod";
import { defineJob } from "./define-job.ts";

/** Evaluates the rules after each pass, and in the morning for the deadlines of the night. */
export const checkRules = defineJob({
  name: "check-rules",
  payload: z.object({ schoolId: z.int(), asOf: z.int() }),
  schedule: {
    when: () => ({ kind: "school-days", times: ["06:45"] }),
    catchUp: "latest",
    payload: ({ schoolId, at }) => ({ schoolId, asOf: at }),
  },
  attempts: 3,
  backoffMs: 30_000,
  run: (payload, { services }) => services.checkRules(payload),
});
