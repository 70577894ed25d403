// A process of its own, started by `check.ts`: all rules over the schools of a store, one after another, each check as the first one.
import { checkSchool } from "../../src/control/check-school.ts";
import { defaultSettings } from "../../src/domain/settings.ts";
import { connectStore } from "../../src/store/connect.ts";
import { schoolById } from "../../src/store/schools.ts";
import { timed } from "./in-turns.ts";

const AS_OF = Date.parse("2027-05-31T21:00:00+03:00");
const [, schools = "1"] = process.argv.slice(2);
const { policy, calendar, mapping } = defaultSettings;

const store = connectStore(process.env.DATABASE_URL ?? "");
let [ms, findings] = [0, 0];
try {
  await store.pool.query('TRUNCATE finding, finding_event, "check" CASCADE');
  for (let schoolId = 1; schoolId <= Number(schools); schoolId++) {
    const school = await schoolById(store, schoolId);
    ms += await timed(async () => {
      findings += (await checkSchool({ store, policy, calendar, mapping }, school, AS_OF)).findings.length;
    });
  }
} finally {
  await store.close();
}
process.stdout.write(JSON.stringify({ ms, findings }));
