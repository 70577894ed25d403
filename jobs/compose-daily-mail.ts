import { z } from "zod";
import { dayOf } from "../src/domain/days.ts";
import { defineJob } from "./define-job.ts";

/** The deputy director's letter of the school day, in the morning. */
export const composeDailyMail = defineJob({
  name: "compose-daily-mail",
  payload: z.object({ schoolId: z.int(), day: z.iso.date() }),
  schedule: {
    when: () => ({ kind: "school-days", times: ["07:00"] }),
    catchUp: "latest",
    payload: ({ schoolId, at, zone }) => ({ schoolId, day: dayOf(at, zone) }),
  },
  attempts: 3,
  backoffMs: 30_000,
  run: (payload, { services }) => services.composeDailyMail(payload),
});
