import { ahead } from "../domain/ahead.ts";
import { daysOfYear } from "../domain/calendar.ts";
import { addDays, dayOf as dayIn } from "../domain/days.ts";
import { SverkaError } from "../domain/error.ts";
import type { EpochMs, IsoDate } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { Directory, Journal, JournalClass, JournalSession, Oddity } from "../ports/journal.ts";
import type { Store } from "../store/connect.ts";
import { applyDirectory, recognise } from "../store/directory.ts";
import { withSchoolLock } from "../store/lock.ts";
import { loadPagePasses, oldestLooks } from "../store/page-passes.ts";
import {
  beginPass,
  endPass,
  notePassProgress,
  noteTroubles,
  type PassCounts,
  type PassState,
  type PassTroubleRecord,
} from "../store/passes.ts";
import { describeSchool, schoolById } from "../store/schools.ts";
import { type ApplyContext, applyClass } from "./apply-class.ts";
import { type Harvest, harvestClass } from "./harvest.ts";
import type { MassLimits } from "./quarantine.ts";
import { signInOnce } from "./sign-in.ts";

export interface SyncNeeds {
  readonly store: Store;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly zone: string;
  readonly limits: MassLimits;
  readonly onProgress?: (progress: SyncProgress) => void;
}

export interface SyncProgress {
  readonly phase: "sign-in" | "directory" | "pages";
  readonly done: number;
  readonly total: number;
}

export interface SyncResult extends PassCounts {
  readonly passId: number;
  readonly state: PassState;
  readonly resumed: boolean;
  readonly startedAt: EpochMs;
  readonly finishedAt: EpochMs;
  readonly troubles: readonly PassTroubleRecord[];
  readonly oddities: readonly Oddity[];
  readonly build: JournalSession["build"];
}

/** A killed pass is gone on with for so long; later its first pages say too little about the last ones. */
const RESUME_WITHIN_MS = 60 * 60 * 1000;
const PROGRESS_EVERY_MS = 5_000;
const RECENT_DAYS = 14;

/**
 * One pass over one school's journal (design.md § 3.1–3.3): page by page, each in a transaction of its own, so that it may be killed
 * anywhere and gone on with. Throws what ended it (`journal-…`, `pass-running`, `database-lost`); what it had taken over by then stays.
 */
export function syncSchool(needs: SyncNeeds, schoolId: number, signal?: AbortSignal): Promise<SyncResult> {
  return withSchoolLock(needs.store, schoolId, (lost) =>
    runPass(needs, schoolId, signal === undefined ? lost : AbortSignal.any([signal, lost])),
  );
}

async function runPass(needs: SyncNeeds, schoolId: number, signal: AbortSignal): Promise<SyncResult> {
  const { store, clock } = needs;
  const pass = await beginPass(store, schoolId, clock.now(), RESUME_WITHIN_MS);
  const counts: PassCounts = {
    pages: 0,
    pagesDone: 0,
    pagesSame: 0,
    pagesFailed: 0,
    quarantined: 0,
    added: 0,
    changed: 0,
    vanished: 0,
    requests: 0,
  };
  const troubles: PassTroubleRecord[] = [];
  let session: JournalSession | null = null;

  const end = async (state: PassState, trouble: string | null): Promise<SyncResult> => {
    for (const oddity of session?.oddities ?? []) {
      troubles.push({ at: clock.now(), code: "oddity", sentence: `${oddity.sentence} (${oddity.where})` });
    }
    counts.requests = session?.requests ?? 0;
    const finishedAt = clock.now();
    await noteTroubles(store, pass.id, troubles);
    await endPass(store, pass.id, { at: finishedAt, state, counts, trouble });
    return {
      ...counts,
      passId: pass.id,
      state,
      resumed: pass.resumed,
      startedAt: pass.startedAt,
      finishedAt,
      troubles,
      oddities: session?.oddities ?? [],
      build: session?.build ?? null,
    };
  };

  try {
    needs.onProgress?.({ phase: "sign-in", done: 0, total: 1 });
    session = await signInOnce(needs, schoolId, signal);
    needs.onProgress?.({ phase: "directory", done: 0, total: 1 });
    const directory = await takeDirectory(needs, schoolId, session, troubles, signal);
    await passClasses(
      needs,
      { schoolId, passId: pass.id, startedAt: pass.startedAt, session, directory, counts, troubles },
      signal,
    );
    const clean =
      counts.pagesFailed === 0 && counts.quarantined === 0 && !troubles.some((trouble) => trouble.code !== "oddity");
    return await end(clean ? "done" : "trouble", clean ? null : summary(counts));
  } catch (error) {
    // A stop on request or a lost database is no failure of the pass: it stays open, and the next run goes on with it.
    if (signal.aborted) throw error;
    await end(
      "failed",
      error instanceof SverkaError
        ? error.message
        : "Проход прервала непредвиденная ошибка: подробности в журнале программы.",
    );
    throw error;
  }
}

async function takeDirectory(
  needs: SyncNeeds,
  schoolId: number,
  session: JournalSession,
  troubles: PassTroubleRecord[],
  signal?: AbortSignal,
): Promise<Directory> {
  const { store, clock, limits } = needs;
  const directory = await session.directory(signal);
  await refuseAnotherSchool(needs, schoolId, session, directory);
  await describeSchool(store, schoolId, {
    name: session.school.name,
    year: session.year,
    maxMark: session.school.maxMark,
    build: session.build?.title ?? null,
    account: session.account.kind,
  });
  const { left } = await applyDirectory(store, schoolId, directory, {
    at: clock.now(),
    massShare: limits.share,
    massCount: limits.count,
  });
  if (left === null) {
    troubles.push({
      at: clock.now(),
      code: "roster-quarantined",
      sentence:
        "Из списка журнала исчезло сразу много учеников: никто не отмечен выбывшим. Проверьте права учётной записи в журнале.",
    });
  }
  for (const pupilExternalId of directory.unplaced) {
    const sentence =
      "Класс ученика узнать не удалось: его страницы в этом проходе не прочитаны и ничего не доказывают.";
    troubles.push({ at: clock.now(), code: "pupil-unplaced", pupilExternalId, sentence });
  }
  return directory;
}

/** Numbers are the journal's own, so that the facts of two schools would be mixed for ever. Throws `another-school` (configuration). */
async function refuseAnotherSchool(
  { store, limits }: SyncNeeds,
  schoolId: number,
  { school }: JournalSession,
  directory: Directory,
): Promise<void> {
  if ((await schoolById(store, schoolId)).name === school.name) return;
  const { known, same } = await recognise(store, schoolId, directory);
  if (known <= limits.count || same > 0) return;
  throw new SverkaError(
    "configuration",
    "another-school",
    "Журнал показывает другую школу: ни одного из известных учеников в нём нет, поэтому ничего не принято. Проверьте AVERS_URL; для другой школы задайте другую папку в SVERKA_DATA или другую базу в DATABASE_URL.",
  );
}

interface PassWork {
  readonly schoolId: number;
  readonly passId: number;
  readonly startedAt: EpochMs;
  readonly session: JournalSession;
  readonly directory: Directory;
  readonly counts: PassCounts;
  readonly troubles: PassTroubleRecord[];
}

/** While one class is written to the store, the next is already being asked: at most two classes are in memory. */
async function passClasses(needs: SyncNeeds, work: PassWork, outer: AbortSignal): Promise<void> {
  const ended = new AbortController();
  try {
    await passEach(needs, work, AbortSignal.any([outer, ended.signal]));
  } finally {
    // Whatever ended the pass, nothing more is asked for it.
    ended.abort();
  }
}

async function passEach(needs: SyncNeeds, work: PassWork, signal: AbortSignal): Promise<void> {
  const { store, clock, limits, zone } = needs;
  const { schoolId, passId, startedAt, counts, troubles, directory } = work;
  const dayOf = (at: EpochMs): IsoDate => dayIn(at, zone);
  const year = daysOfYear(work.session.year);
  const context: ApplyContext = { store, schoolId, passId, startedAt, year, limits, dayOf, now: () => clock.now() };

  const pupilsOf = Map.groupBy(
    directory.pupils.filter((pupil) => pupil.classExternalId !== null),
    (pupil) => pupil.classExternalId,
  );
  // What was looked at longest ago comes first: a journal so slow that the time runs out must not leave out the same classes each time.
  const looks = await oldestLooks(store, schoolId);
  const lookedAt = (klass: JournalClass) => looks.get(klass.externalId) ?? 0;
  const classes = directory.classes
    .filter((klass) => pupilsOf.has(klass.externalId))
    .toSorted((one, other) => lookedAt(one) - lookedAt(other));
  const total = [...pupilsOf.values()].reduce((sum, pupils) => sum + pupils.length * 4, 0);
  let asked = 0;
  const harvest = (klass: JournalClass): Promise<Harvest> =>
    loadPagePasses(store, schoolId, klass.externalId).then((stored) =>
      harvestClass(
        work.session,
        {
          classExternalId: klass.externalId,
          pupilExternalIds: (pupilsOf.get(klass.externalId) ?? []).map((pupil) => pupil.externalId),
          stored,
          passId,
          diary: {
            from: (lastAskedAt) =>
              lastAskedAt === null ? `${work.session.year}-09-01` : addDays(dayOf(lastAskedAt), -RECENT_DAYS),
            to: dayOf(clock.now()),
          },
          onPage: () => {
            asked += 1;
            needs.onProgress?.({ phase: "pages", done: Math.min(asked, total), total });
          },
        },
        signal,
      ),
    );

  let noted = Date.now();
  for await (const current of ahead(classes, 1, harvest)) {
    const result = await applyClass(context, current);
    counts.pages += current.readings.length + current.failures.length;
    counts.pagesDone += result.done;
    counts.pagesSame += result.same;
    counts.pagesFailed += result.failed;
    counts.quarantined += result.quarantined;
    counts.added += result.added;
    counts.changed += result.changed;
    counts.vanished += result.vanished;
    counts.requests = work.session.requests;
    troubles.push(...result.troubles);
    if (Date.now() - noted > PROGRESS_EVERY_MS) {
      noted = Date.now();
      await notePassProgress(store, passId, { ...counts, pages: Math.max(total, counts.pages) });
    }
  }
  needs.onProgress?.({ phase: "pages", done: total, total });
}

function summary(counts: PassCounts): string {
  const parts = [
    counts.pagesFailed > 0 ? `не получено страниц: ${counts.pagesFailed}` : null,
    counts.quarantined > 0 ? `задержано страниц с массовым исчезновением: ${counts.quarantined}` : null,
  ].filter((part) => part !== null);
  return parts.length === 0
    ? "Проход закончен с оговорками: см. список."
    : `Проход закончен не полностью: ${parts.join(", ")}.`;
}
