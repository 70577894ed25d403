// A process of its own, started by `pages.ts`: the service with its pages over a store that is there, and somebody signed in; tells where, and lasts until its input ends.
import { readEnvironment } from "../../adapters/files/environment.ts";
import { openHouse } from "../../src/main.ts";
import { startService } from "../../src/service.ts";
import { signedIn } from "../web/support.ts";

const [folder = "."] = process.argv.slice(2);
const house = await openHouse({
  environment: readEnvironment({
    DATABASE_URL: process.env.DATABASE_URL ?? "",
    SVERKA_DATA: folder,
    SVERKA_CONFIG: folder,
    SVERKA_PORT: "0",
    SVERKA_CLOCK: "2027-06-01T08:00:00+03:00",
    LOG_LEVEL: "error",
  }),
  as: "simulation",
});
const service = await startService(house, { clock: false, web: true });
const token = await signedIn(house, ["deputy"], { name: "Садова Е. Н." });
process.stdout.write(`${JSON.stringify({ address: service.address, token })}\n`);
for await (const _ of process.stdin);
await service.stop();
await house.close();
