import { setTimeout as wait } from "node:timers/promises";
import { tickUpTo } from "../../jobs/clock.ts";
import { JOBS } from "../../jobs/index.ts";
import type { JobQueue } from "../../jobs/queue.ts";
import { ticksBetween } from "../../src/domain/schedule.ts";
import type { EpochMs } from "../../src/domain/time.ts";
import type { House } from "../../src/main.ts";
import type { Service } from "../../src/service.ts";
import { listFindings } from "../../src/store/findings.ts";
import { latestPasses } from "../../src/store/passes.ts";

export interface LiveNeeds {
  readonly house: House;
  readonly service: Service;
  readonly begin: EpochMs;
  readonly end: EpochMs;
  readonly say: (text: string) => void;
  readonly signal: AbortSignal;
}

/** Moves the clock from tick to tick; each goes through the queue and its worker, as in a real school. Throws when it is told to end. */
export async function live({ house, service, begin, end, say, signal }: LiveNeeds): Promise<void> {
  const { zone } = house.school;
  const days = new Intl.DateTimeFormat("ru-RU", { weekday: "short", day: "numeric", month: "long", timeZone: zone });
  await tickUpTo(service.ticks, begin);
  let day = "";
  for (const at of instants(house, begin, end)) {
    if (days.format(at) !== day) {
      if (day !== "") say(await dayLine(house, day));
      day = days.format(at);
    }
    house.simulatedClock?.set(at);
    await tickUpTo(service.ticks, at);
    await idle(service.queue, signal);
  }
  say(await dayLine(house, day));
}

/** Every scheduled instant but those of the post, which comes five minutes after the letter is written. */
function instants({ settings }: House, begin: EpochMs, end: EpochMs): EpochMs[] {
  const scheduled = JOBS.flatMap(({ schedule }) => {
    const when = schedule?.when(settings);
    return when?.kind === "school-days" ? ticksBetween(when, settings.calendar, begin, end) : [];
  });
  const post = scheduled.map((at) => Math.ceil((at + 1) / 300_000) * 300_000);
  return [...new Set([...scheduled, ...post])].sort((a, b) => a - b);
}

/** Queues are counted one beside the other, and a job that ends may just have begun one in another queue: all must be empty twice in a row. */
async function idle(queue: JobQueue, signal: AbortSignal): Promise<void> {
  for (let empty = 0; empty < 2; ) {
    signal.throwIfAborted();
    empty = (await isEmpty(queue)) ? empty + 1 : 0;
    if (empty === 0) await wait(20, undefined, { signal });
  }
}

async function isEmpty(queue: JobQueue): Promise<boolean> {
  const busy = ["waiting", "active", "delayed", "prioritized"];
  const counts = Object.values(await queue.counts());
  return counts.every((count) => busy.every((state) => (count[state] ?? 0) === 0));
}

async function dayLine({ store, school }: House, day: string): Promise<string> {
  const [pass] = await latestPasses(store, school.id, 1);
  const violations = (await listFindings(store, school.id)).filter(({ severity }) => severity === "violation");
  const open = violations.filter(({ status }) => status === "open").length;
  const late = violations.filter(({ verdict }) => verdict === "late").length;
  const number = (count: number) => String(count).padStart(3);
  return `   ${day.padEnd(16)} проходов ${number(pass?.id ?? 0)} · открытых нарушений ${number(open)} · записано с опозданием ${number(late)}`;
}
