import { z } from "zod";
import { dayOf } from "../src/domain/days.ts";
import { defineJob } from "./define-job.ts";

/** Each teacher's own list, in the morning of a school day, only where there is something new to do (rules.md § 5). */
export const composeTeacherMail = defineJob({
  name: "compose-teacher-mail",
  payload: z.object({ schoolId: z.int(), day: z.iso.date() }),
  schedule: {
    when: () => ({ kind: "school-days", times: ["07:05"] }),
    catchUp: "latest",
    payload: ({ schoolId, at, zone }) => ({ schoolId, day: dayOf(at, zone) }),
  },
  attempts: 3,
  backoffMs: 30_000,
  run: (payload, { services }) => services.composeTeacherMail(payload),
});
