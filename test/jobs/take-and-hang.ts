// A worker that takes a job, says so, and gives no sign of life any more: the test kills it.
import { noServices, probeJob, probeQueue } from "./probe.ts";

const [redisUrl, databaseUrl, lockMs, stalledMs] = process.argv.slice(2) as [string, string, string, string];
const job = probeJob(async () => {
  process.stdout.write("taken");
  await new Promise(() => setInterval(() => undefined, 1000));
});
probeQueue({ redisUrl: redisUrl === "-" ? null : redisUrl, databaseUrl }, job, {
  lockMs: Number(lockMs),
  stalledMs: Number(stalledMs),
}).work(noServices);
