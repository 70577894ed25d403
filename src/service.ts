import { randomUUID } from "node:crypto";
import { startClock, type TickNeeds, tickId } from "../jobs/clock.ts";
import { deliverMail } from "../jobs/deliver-mail.ts";
import { JOBS } from "../jobs/index.ts";
import { type JobQueue, openQueue } from "../jobs/queue.ts";
import type { Services } from "../jobs/services.ts";
import { syncSchool } from "../jobs/sync-school.ts";
import { watchQueue } from "../jobs/watch-queue.ts";
import { type Seat, seatTrainees, type Trainee } from "./access/training.ts";
import { presentOf } from "./cli/latest-known.ts";
import { sendNeeds, teachersNow, weekNow } from "./cli/letters.ts";
import {
  accessNeeds,
  batchPrintNeeds,
  composeNeeds,
  controlNeeds,
  dailyNeeds,
  publishNeeds,
  raiser,
  scanNeeds,
  siteOf,
  syncNeeds,
} from "./cli/needs.ts";
import { printNow } from "./cli/print-now.ts";
import { checkNeeds, schoolNow } from "./cli/school.ts";
import { verbsOf } from "./cli/verbs.ts";
import { checkSchool } from "./control/check-school.ts";
import { makeControl } from "./control/monthly-control.ts";
import { controlLetters, controlPapers, publishControl } from "./control/publish-control.ts";
import { unknownValues } from "./control/unknown-values.ts";
import { composeDaily } from "./delivery/compose-daily.ts";
import { deliverDue } from "./delivery/deliver.ts";
import { sendLetters } from "./delivery/send-letters.ts";
import type { AlertKind, Look } from "./domain/alerts/alert.ts";
import { monthDue } from "./domain/control/due.ts";
import { dayOf } from "./domain/days.ts";
import { rememberTicks } from "./domain/next-ticks.ts";
import { plainError } from "./domain/plain-error.ts";
import { nextTick } from "./domain/schedule.ts";
import type { House } from "./main.ts";
import { composeDue } from "./notices/compose-due.ts";
import { readArrived } from "./scans/read-arrived.ts";
import { lastTicks, recordTick } from "./store/ticks.ts";
import { lookAfterFailure } from "./sync/pass-look.ts";
import { scheduledPass } from "./sync/watched-pass.ts";
import { VERSION } from "./version.ts";
import type { DeclaredRoute } from "./web/doors/guard.ts";
import { createWeb, listen } from "./web/server.ts";

export interface Service {
  /** Where the page is; null without one. */
  readonly address: string | null;
  /** The ways into a training school, without password and phone. */
  readonly training: readonly { readonly name: string; readonly link: string }[];
  /** The page's routes as they were declared, once it is ready. */
  readonly routes: readonly DeclaredRoute[];
  readonly queue: JobQueue;
  readonly ticks: TickNeeds;
  /** Lets what is in hand come to its end, within ten seconds. */
  stop(): Promise<void>;
}

const STOP_WITHIN_MS = 8_000;

/** A job may wait for one pass before it, and no longer. */
const stuckAfter = ({ settings }: House) => (settings.school.journal.passMinutes + 30) * 60_000;

/** Workers, and where wanted the clock and the page, in one process. Throws what its parts refuse, and then leaves nothing running. */
export async function startService(
  house: House,
  parts: { clock: boolean; web: boolean; trainees?: readonly Trainee[] },
): Promise<Service> {
  const { log, clock, school, environment, store } = house;
  const { calendar } = await checkNeeds(house);
  const queue = openQueue({ redisUrl: environment.redisUrl, databaseUrl: house.databaseUrl, log });
  const settings = { ...house.settings, calendar };
  const ticks: TickNeeds = {
    queue,
    settings,
    schoolId: school.id,
    book: { last: (id) => lastTicks(store, id), record: (id, job, at) => recordTick(store, id, job, at) },
  };
  const undo: (() => Promise<unknown>)[] = [() => queue.close()];
  const stop = async () => {
    const late = new Promise<void>((resolve) => setTimeout(resolve, STOP_WITHIN_MS).unref());
    for (const step of undo.splice(0).reverse())
      await Promise.race([step().catch((error: unknown) => log.error({ err: error }, "остановка")), late]);
  };
  try {
    await queue.ready();
    let address: string | null = null;
    let seats: readonly Seat[] = [];
    let routes: readonly DeclaredRoute[] = [];
    if (parts.web) {
      const site = siteOf(house);
      const access = accessNeeds(house);
      seats = parts.trainees === undefined ? [] : await seatTrainees(access, parts.trainees);
      const web = await createWeb({
        store,
        schoolId: school.id,
        clock,
        zone: school.zone,
        version: VERSION,
        schoolName: house.settings.school.name,
        simulation: house.simulation,
        mailPlace: { kind: environment.smtpUrl === null ? "folder" : "server", name: house.mailer.place },
        nextTicks: rememberTicks((now) =>
          JOBS.flatMap(({ name, schedule }) =>
            schedule === null ? [] : [{ job: name, at: nextTick(schedule.when(settings), calendar, now) }],
          ),
        ),
        queues: queue.queues,
        queueCounts: () => queue.counts(),
        access,
        verbs: verbsOf(house, {
          // Of several presses within a minute one counts.
          startPass: () => {
            const scheduledAt = Math.floor(clock.now() / 60_000) * 60_000;
            return queue.enqueue(
              syncSchool,
              { schoolId: school.id, scheduledAt },
              tickId(syncSchool.name, scheduledAt),
            );
          },
          address: () => address ?? undefined,
        }),
        site,
        seats,
        log,
      });
      undo.push(() => web.app.close());
      address = await listen(web.app, environment, site);
      routes = web.routes;
    }
    // Sending may last; the job that found the trouble is not to wait for it.
    const deliver = () => queue.enqueue(deliverMail, { schoolId: school.id }, `alert-${randomUUID()}`);
    const workers = queue.work(servicesOf(house, raiser(house, deliver)));
    undo.push(() => workers.stop());
    await workers.ready();
    if (parts.clock) {
      const running = startClock({ ...ticks, clock, onError: (error) => log.error({ err: error }, "часы") });
      undo.push(() => running.stop());
      const watch = watchQueue({ queue, limitMs: stuckAfter(house), raise: raiser(house) });
      undo.push(() => watch.stop());
    }
    const training = seats.map(({ name, code }) => ({ name, link: `${address}/training/${code}` }));
    return { address, training, routes, queue, ticks, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Throws what is missing in the configuration, and tells of it: a journal that is not named is no smaller trouble than one that is away. */
async function needsOf(house: House, raise: (look: Look) => Promise<void>) {
  try {
    return syncNeeds(house);
  } catch (error) {
    await raise(lookAfterFailure(error));
    throw error;
  }
}

/** Tells of a work that failed, and that it is over when the work is done again. */
async function watched(
  kind: AlertKind,
  raise: (look: Look) => Promise<void>,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    await raise({ [kind]: [{ subject: "", detail: plainError(error).message }] });
    throw error;
  }
  await raise({ [kind]: [] });
}

/** The verbs of the product as the jobs call them. */
function servicesOf(house: House, raise: (look: Look) => Promise<void>): Services {
  const { store, clock, log, mailer } = house;
  // One for the whole life of the service: it remembers what lay in the folder at the last look.
  const scans = scanNeeds(house);
  let reading: Promise<void> | null = null;
  const readScans = (signal: AbortSignal) =>
    watched("scans-failed", raise, async () => {
      try {
        const { outcomes, destroyed, look } = await readArrived(scans, signal);
        for (const { fileId, state, slips } of outcomes)
          log.info({ fileId, state, slips: slips.length }, "скан прочитан");
        if (destroyed > 0) log.info({ destroyed }, "сканы, срок хранения которых вышел, уничтожены");
        await raise(look);
      } finally {
        await scans.scanner.close();
      }
    });
  const today = () => dayOf(clock.now(), house.school.zone);
  return {
    async syncSchool({ schoolId, signal }) {
      const result = await scheduledPass({ sync: await needsOf(house, raise), raise }, schoolId, signal);
      if (result.state === "held") {
        log.warn({ refusedAt: result.refusedAt }, "проход пропущен: эти логин и пароль журнал не принял");
        return;
      }
      const { state, passId, pagesDone, pagesFailed } = result;
      log.info({ passId, state, pagesDone, pagesFailed }, "проход закончен");
    },
    // The tick says that a check was due; by now the pass may have brought more.
    checkRules: () =>
      watched("check-failed", raise, async () => {
        const school = await schoolNow(house);
        const { findings } = await checkSchool(await checkNeeds(house), school, await presentOf(house));
        log.info({ findings: findings.length }, "правила проверены");
        await raise(await unknownValues(store, school, house.settings.mapping));
      }),
    composeDailyMail: ({ day: wanted }) =>
      watched("mail-failed", raise, async () => {
        // A letter of an earlier day, made up late, would take the place of today's; that one tells all since the last.
        if (wanted !== today()) return;
        const { day, enqueued } = await composeDaily(await dailyNeeds(house));
        log.info({ day, enqueued }, "письмо составлено");
      }),
    composeTeacherMail: ({ day }) =>
      watched("teacher-mail-failed", raise, async () => {
        if (day !== today()) return;
        const { orders, unreached } = await teachersNow(house);
        const written = await sendLetters(sendNeeds(house), orders);
        log.info({ letters: written, unreached: unreached.length }, "письма учителям составлены");
      }),
    composeWeekMail: ({ day }) =>
      watched("week-mail-failed", raise, async () => {
        if (day !== today()) return;
        const written = await sendLetters(sendNeeds(house), await weekNow(house));
        log.info({ letters: written }, "письма за неделю составлены");
      }),
    makeMonthlyControl: () =>
      watched("control-failed", raise, async () => {
        const needs = await controlNeeds(house);
        const month = monthDue(needs.calendar, dayOf(needs.now, needs.calendar.zone), needs.policy.control.workingDay);
        if (month === null) return;
        const control = await makeControl(needs, month);
        const publish = publishNeeds(house, needs.policy);
        const { letters } = controlLetters(control, await controlPapers(control), publish);
        const written = await publishControl(publish, control, letters);
        log.info({ month, made: control.made, letters: written }, "ежемесячный контроль");
      }),
    composeNotices: () =>
      watched("notices-failed", raise, async () => {
        if (!house.settings.policy.noticeCycle.byItself) return;
        const { batches, withdrawn, sent } = await composeDue(await composeNeeds(house), await batchPrintNeeds(house));
        log.info({ batches: batches.map(({ number }) => number), withdrawn, sent }, "распечатки составлены");
      }),
    async readScans({ signal }) {
      // A thick file may take longer than it is until the next look.
      reading ??= readScans(signal).finally(() => {
        reading = null;
      });
      await reading;
    },
    async followPrints({ signal }) {
      await printNow(house, signal, raise);
    },
    async deliverMail({ signal }) {
      await deliverDue({ store, mailer, clock, log, signal });
    },
  };
}
