import { z } from "zod";
import { defineJob } from "./define-job.ts";

/** «Порядок», п. 8: makes the control of the month that has ended, from the policy's working day on; on other days it finds nothing due. */
export const monthlyControl = defineJob({
  name: "monthly-control",
  payload: z.object({ schoolId: z.int() }),
  schedule: {
    when: () => ({ kind: "days", times: ["08:15"] }),
    catchUp: "latest",
    payload: ({ schoolId }) => ({ schoolId }),
  },
  attempts: 3,
  backoffMs: 60_000,
  run: (_payload, { services }) => services.makeMonthlyControl(),
});
