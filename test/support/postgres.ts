import { inject } from "vitest";
import { copyTemplate } from "./test-server.ts";

/** A database of its own for one test, already migrated: a copy of the template that the run has made. */
export const freshDatabase = () => copyTemplate(inject("postgres"));

/** One without a single table. */
export const emptyDatabase = () => copyTemplate({ ...inject("postgres"), template: "template0" });
