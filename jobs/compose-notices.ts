import { z } from "zod";
import { hoursOf } from "../src/domain/notice-cycle/rhythm.ts";
import { defineJob } from "./define-job.ts";

/** The notices that are due, at the hour of each rhythm; a computer that was off then makes them up as soon as it is on («Регламент», пп. 2 and 4). */
export const composeNotices = defineJob({
  name: "compose-notices",
  payload: z.object({ schoolId: z.int() }),
  schedule: {
    when: ({ policy }) => ({ kind: "school-days", times: hoursOf(policy.noticeCycle) }),
    catchUp: "latest",
    payload: ({ schoolId }) => ({ schoolId }),
  },
  attempts: 5,
  backoffMs: 60_000,
  run: (_, { services }) => services.composeNotices(),
});
