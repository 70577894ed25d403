import { z } from "zod";
import { defineJob } from "./define-job.ts";

/** Reads the slips that the copier has written; a file is taken when two looks in a row find it unchanged. */
export const readScans = defineJob({
  name: "read-scans",
  payload: z.object({ schoolId: z.int() }),
  schedule: { when: () => ({ kind: "every", minutes: 2 }), catchUp: "none", payload: ({ schoolId }) => ({ schoolId }) },
  attempts: 1,
  backoffMs: 30_000,
  run: (_payload, { services, signal }) => services.readScans({ signal }),
});
