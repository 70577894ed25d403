import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkRules } from "../../jobs/check-rules.ts";
import { syncSchool } from "../../jobs/sync-school.ts";
import type { House } from "../../src/main.ts";
import { startService } from "../../src/service.ts";
import { openAlerts } from "../../src/store/alerts.ts";
import { type LivingHouse, openLivingHouse } from "../support/living-house.ts";
import { idle, order } from "../support/service.ts";

let living: LivingHouse;
beforeAll(async () => {
  living = await openLivingHouse({
    files: {
      "school.yaml": "mail: { administrator: admin@school.example }\n",
      "avers.yaml": "letters: { absences: { ill: [БОЛ] } }\nworkTypes: { oral: [Пересказ] }\n",
    },
  });
});
afterAll(() => living.close());

/** A pass and its check, or a check alone, by a service of this house. */
async function run(house: House, what: "pass" | "check") {
  const service = await startService(house, { clock: false, web: false });
  const at = house.clock.now();
  const { id: schoolId } = house.school;
  if (what === "pass") await order(service.queue, syncSchool, { schoolId, scheduledAt: at }, at);
  else await order(service.queue, checkRules, { schoolId, asOf: at }, at);
  await idle(service.queue);
  await service.stop();
}

const unknown = async () =>
  (await openAlerts(living.house.store, living.house.school.id))
    .filter(({ kind }) => kind === "letter-unknown" || kind === "work-type-unknown")
    .map(({ kind, subject }) => `${kind} ${subject}`)
    .sort();
const letters = () => living.house.store.prisma.delivery.findMany({ where: { kind: "alert" }, orderBy: { id: "asc" } });

describe("letters and work types that the mapping does not know", () => {
  it("are told to the administrator after the check, each kind in one letter", async () => {
    await run(living.house, "pass");
    expect(await unknown()).toEqual(expect.arrayContaining(["letter-unknown б", "work-type-unknown ответ на уроке"]));
    const subjects = (await letters()).map(({ subject }) => subject);
    expect(subjects.filter((subject) => subject.includes("незнакомые буквы"))).toHaveLength(1);
    expect(subjects.filter((subject) => subject.includes("незнакомые виды работ"))).toHaveLength(1);
    const before = subjects.length;
    await run(living.house, "pass");
    expect(await letters()).toHaveLength(before);
  });

  it("are over when the school has written them into avers.yaml and restarted", async () => {
    writeFileSync(join(living.environment.config, "avers.yaml"), "");
    const mended = await living.again();
    await run(mended, "check");
    await mended.close();
    // What the generated school really writes, and the shipped files do not know.
    expect(await unknown()).toEqual([
      "letter-unknown ж",
      "work-type-unknown наблюдение",
      "work-type-unknown проект «мой край»",
    ]);
  });
});
