import { z } from "zod";
import { dayOf } from "../src/domain/days.ts";
import { defineJob } from "./define-job.ts";

/** The week's letters, on its first school day; on the others it finds them written (rules.md § 5). */
export const composeWeekMail = defineJob({
  name: "compose-week-mail",
  payload: z.object({ schoolId: z.int(), day: z.iso.date() }),
  schedule: {
    when: () => ({ kind: "school-days", times: ["07:10"] }),
    catchUp: "latest",
    payload: ({ schoolId, at, zone }) => ({ schoolId, day: dayOf(at, zone) }),
  },
  attempts: 3,
  backoffMs: 30_000,
  run: (payload, { services }) => services.composeWeekMail(payload),
});
