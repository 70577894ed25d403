import type { Span } from "../domain/calendar.ts";
import type { EpochMs, IsoDate } from "../domain/time.ts";
import type { Store } from "../store/connect.ts";
import { showedEntries, subjectsShown } from "../store/facts/before.ts";
import { passUnchangedPages } from "../store/page-passes.ts";
import type { PassTroubleRecord } from "../store/passes.ts";
import { applyHolders } from "./apply-holders.ts";
import { applyPage, factsOf, type PageDecision, seenLesson } from "./apply-page.ts";
import { type Doubts, doubtsOf, type NewAnswer } from "./doubts.ts";
import { askedBefore, type Harvest, isOfKind, type Reading } from "./harvest.ts";
import { type LookBack, lookBack } from "./look-back.ts";
import { mergeCells } from "./normalise.ts";
import { heldPages, type MassLimits } from "./quarantine.ts";
import { sideBySide } from "./side-by-side.ts";

export interface ClassResult {
  done: number;
  same: number;
  failed: number;
  quarantined: number;
  added: number;
  changed: number;
  vanished: number;
  readonly troubles: PassTroubleRecord[];
}

export interface ApplyContext {
  readonly store: Store;
  readonly schoolId: number;
  readonly passId: number;
  /** When the pass began: what was seen before was seen in an earlier one. */
  readonly startedAt: EpochMs;
  /** The school year that the journal shows. */
  readonly year: Span;
  readonly limits: MassLimits;
  readonly dayOf: (at: EpochMs) => IsoDate;
  readonly now: () => EpochMs;
}

/** Transactions of one pass at a time: the server works on one while the next is on its way to it. */
const WIDTH = 4;

/**
 * Takes over what one class answered: unchanged pages in one statement, each other page in one transaction of its own, doubtful ones not at all.
 * The class is judged as a whole, because a mass disappearance may show only there (design.md § 3.3).
 */
export async function applyClass(context: ApplyContext, harvest: Harvest): Promise<ClassResult> {
  const { store, schoolId, passId } = context;
  const holders = harvest.readings.filter((reading) => isOfKind(reading, "holders"));
  const fresh = harvest.readings.filter((reading) => !reading.same && !isOfKind(reading, "holders"));
  const unchanged = harvest.readings.filter((reading) => reading.same);
  const result: ClassResult = {
    done: 0,
    same: unchanged.length,
    failed: 0,
    quarantined: 0,
    added: 0,
    changed: 0,
    vanished: 0,
    troubles: [],
  };
  reportFailures(context, harvest, result);
  await passUnchangedPages(
    store,
    schoolId,
    passId,
    unchanged.map((reading) => reading.page),
  );
  result.done += unchanged.length;
  if (fresh.length > 0) await applyFresh(context, harvest, fresh, unchanged, result);

  const complete = !harvest.failures.some(({ request }) => request.kind === "holders");
  result.changed += await applyHolders(context, harvest.classExternalId, holders, complete);
  result.done += holders.length;
  result.same += holders.filter(({ page, stored }) => stored?.digest === page.digest).length;
  for (const reading of holders) {
    const refused = refusedOf(reading);
    if (refused > 0) result.troubles.push(doubt(context, reading, false, refused));
  }
  return result;
}

/** The pages that do not say what they said before. */
async function applyFresh(
  context: ApplyContext,
  harvest: Harvest,
  fresh: readonly Reading[],
  unchanged: readonly Reading[],
  result: ClassResult,
): Promise<void> {
  const looks = await Promise.all(
    fresh.map(async (reading) => ({ reading, before: await lookBack(context, reading) })),
  );
  const held = heldPages(
    [
      ...looks.map(({ reading, before }) => ({
        key: reading.key,
        kind: reading.page.kind,
        facts: reading.stored?.facts ?? 0,
        lost: before.lost.length,
        confirmed: isConfirmed(reading),
      })),
      ...unchanged.map(({ key, page, stored }) => ({
        key,
        kind: page.kind,
        facts: stored?.facts ?? 0,
        lost: 0,
        confirmed: false,
      })),
    ],
    context.limits,
    harvest.heldKinds,
  );

  const doubts = await doubtsAbout(
    context,
    harvest.classExternalId,
    looks.flatMap(({ reading, before }) => newAnswer(reading, before)),
  );
  const appliedLessons: PageDecision["appliedLessons"] = new Map();
  const teachers = teachersIn(fresh);
  const lostOf = new Map(looks.map(({ reading, before }) => [reading.key, before.lost]));
  const apply = async (reading: Reading) => {
    const isHeld = held.has(reading.key);
    const doubted = doubts.get(reading.key) ?? (() => false);
    return {
      reading,
      isHeld,
      changes: await applyPage(context, reading, {
        held: isHeld ? { lost: lostOf.get(reading.key) ?? [] } : null,
        doubted,
        appliedLessons,
        teachers,
      }),
    };
  };
  // Lessons stand on many pages, which are written in turn; what is the pupil's own stands on one, and is written beside them.
  const [shared, own] = partition(fresh, ({ page: { kind } }) => kind === "lessons" || kind === "diary");
  const inTurn = [
    ...freshestFirst(shared.filter((reading) => isOfKind(reading, "lessons"))),
    ...shared.filter((reading) => !isOfKind(reading, "lessons")),
  ];
  const applied = await sideBySide([inTurn, ...own.map((reading) => [reading])], WIDTH, async (lane) => {
    const done: Awaited<ReturnType<typeof apply>>[] = [];
    for (const reading of lane) done.push(await apply(reading));
    return done;
  });

  for (const { reading, isHeld, changes } of applied.flat()) {
    result.done += 1;
    result.added += changes.added;
    result.changed += changes.changed;
    result.vanished += changes.vanished;
    if (isHeld) result.quarantined += 1;
    if (isHeld || changes.refused > 0) result.troubles.push(doubt(context, reading, isHeld, changes.refused));
  }
}

async function doubtsAbout(
  { store, schoolId, startedAt, limits, dayOf }: ApplyContext,
  classExternalId: string,
  answers: readonly NewAnswer[],
): Promise<Doubts> {
  // Most passes bring diaries alone, and of those nothing has to be known.
  if (answers.length === 0) return new Map();
  const klass = { id: schoolId, classExternalId };
  const known = {
    subjects: await subjectsShown(store, klass, startedAt),
    entries: await showedEntries(store, klass, startedAt),
  };
  return doubtsOf(answers, known, limits, dayOf);
}

function teachersIn(readings: readonly Reading[]): PageDecision["teachers"] {
  const teachers = new Map<string, string>();
  for (const reading of readings) {
    if (reading.same || !isOfKind(reading, "diary")) continue;
    for (const { lessonExternalId, teacherExternalId } of reading.content.rows)
      if (teacherExternalId !== null) teachers.set(lessonExternalId, teacherExternalId);
  }
  return teachers;
}

function partition<Item>(items: readonly Item[], is: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(is), items.filter((item) => !is(item))];
}

/** The page that was looked at last proves most, so it speaks first. */
function freshestFirst(readings: readonly Reading[]): Reading[] {
  const before = (reading: Reading) => askedBefore(reading) ?? 0;
  return readings.toSorted((a, b) => before(b) - before(a));
}

/** Two passes may lie minutes apart, on both sides of midnight: a maintenance of the journal lasts longer than that. */
const CONFIRMED_AFTER_MS = 60 * 60_000;

/** The same answer was already held back, long enough ago, or a person believes it. */
function isConfirmed({ page, stored }: Reading): boolean {
  return (
    stored !== undefined &&
    stored.heldAt !== null &&
    stored.heldDigest === page.digest &&
    (stored.heldDecision === "accept" || page.askedAt - stored.heldAt >= CONFIRMED_AFTER_MS)
  );
}

function newAnswer(reading: Reading, before: LookBack): NewAnswer[] {
  if (reading.same) return [];
  const { key, page, stored } = reading;
  const answer = { key, page, before, factsBefore: stored?.facts ?? 0, askedBeforeAt: askedBefore(reading) };
  if (isOfKind(reading, "lessons")) return [{ ...answer, rows: reading.content.rows.map(seenLesson) }];
  if (isOfKind(reading, "entries"))
    return [{ ...answer, rows: mergeCells(reading.content.rows, page.pupilExternalId) }];
  return [];
}

const refusedOf = (reading: Reading) => (reading.same ? 0 : reading.content.refused);

function reportFailures(context: ApplyContext, harvest: Harvest, result: ClassResult): void {
  result.failed = harvest.failures.length;
  for (const { request, failure } of harvest.failures) {
    result.troubles.push({
      at: context.now(),
      code: "page-failed",
      kind: request.kind,
      classExternalId: request.classExternalId,
      pupilExternalId: request.pupilExternalId,
      sentence: failure.message,
    });
  }
}

function doubt(context: ApplyContext, reading: Reading, held: boolean, refused: number): PassTroubleRecord {
  const { kind, classExternalId, pupilExternalId } = reading.page;
  const sentence = held
    ? `Со страницы исчезло слишком много записей (было ${reading.stored?.facts ?? 0}, стало ${factsOf(reading)}): ничего не удалено. Если через час или позже то же покажет ещё один проход, исчезновение будет принято.`
    : `Не удалось прочесть строк: ${refused}. Остальные строки приняты, но отсутствие записей на этой странице ничего не доказывает.`;
  return {
    at: context.now(),
    code: held ? "page-quarantined" : "rows-refused",
    kind,
    classExternalId,
    pupilExternalId,
    sentence,
  };
}
