import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import type { StoredFinding } from "../../src/domain/finding.ts";
import type { EpochMs } from "../../src/domain/time.ts";
import { type EmulatedSchool, type FaultOrder, generateSchool } from "../emulator/index.ts";
import { moment } from "../emulator/school/days.ts";
import { isJustOfFacts } from "./just-facts.ts";
import { type Lived, type Look, liveThrough } from "./live.ts";
import { type Truth, truthOf } from "./oracle.ts";

// Random schools, pass times, gaps and faults; the generator knows what is true.
const RUNS = Number(process.env.TRUTH_RUNS ?? 50);
/** Said at the end, and on the way in a long run. */
const tally = { terms: 0, accusations: 0, false: 0, unfound: 0 };
const STEP = 50;

/** The seed of the first walk; the same in every ordinary run. */
const SEED = Number(process.env.TRUTH_SEED ?? 20260901);
/** Two walk side by side, because each spends half its time in waiting for the database. */
const WALKS = 2;
const DAY = 24 * 60;
const FIRST = "2026-10-12";

const faults: fc.Arbitrary<readonly FaultOrder[]> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<readonly FaultOrder[]>([]) },
  {
    weight: 4,
    arbitrary: fc.array(
      fc.record({
        kind: fc.constantFrom(
          "error-500",
          "too-many",
          "reset",
          "cut-off",
          "html",
          "empty",
          "extra-columns",
          "line-breaks",
          "unescaped-quotes",
          "missing-columns",
        ) as fc.Arbitrary<FaultOrder["kind"]>,
        probability: fc.constantFrom(0.02, 0.1, 0.4),
        seed: fc.integer({ min: 1, max: 1000 }),
        retryAfter: fc.constant("0"),
      }),
      { minLength: 1, maxLength: 2 },
    ),
  },
);

/** Minutes after the first day's midnight; the first look comes early, so that there is something to prove by. */
const looks: fc.Arbitrary<Look[]> = fc
  .array(
    fc.record({
      minute: fc.oneof(
        fc.integer({ min: 0, max: 12 * DAY }),
        fc.integer({ min: 0, max: 12 }).map((day) => day * DAY + 5),
      ),
      faults,
    }),
    { minLength: 3, maxLength: 12 },
  )
  .map((drawn) => [
    { at: moment(FIRST, 60), faults: [] },
    ...[...new Map(drawn.map((look) => [look.minute, look])).values()]
      .sort((a, b) => a.minute - b.minute)
      .map(({ minute, faults: struck }) => ({ at: moment(FIRST, minute + 120), faults: struck })),
  ]);

describe.concurrent("the whole way against the truth", () => {
  it.each(Array.from({ length: WALKS }, (_, walk) => ({ walk, terms: Math.ceil((RUNS - walk) / WALKS) })))(
    `accuses nobody wrongly and finds what the passes prove, in $terms random terms (walk $walk of ${RUNS} terms)`,
    {
      timeout: 24 * 60 * 60_000,
    },
    async ({ walk, terms }) => {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 1, max: 1_000_000 }),
          looks,
          fc.constantFrom("ahead", "on-entry") as fc.Arbitrary<"ahead" | "on-entry">,
          async (seed, when, lessonRows) => {
            const school = generateSchool({ seed, classes: 4, pupils: 8, from: FIRST, to: "2026-10-23", lessonRows });
            const truth = truthOf(school);
            const end = moment(FIRST, 15 * DAY);
            const lived = await liveThrough(school, when, end);
            expect(lived.again).toEqual(lived.findings);
            for (const finding of lived.findings.filter(accuses)) {
              tally.accusations += 1;
              counted("false", () => assertJust(finding, school, truth, lived));
            }
            counted("unfound", () => assertFound(truth, lived));
            tally.terms += 1;
            if (RUNS > STEP && tally.terms % STEP === 0 && tally.terms < RUNS) tell();
          },
        ),
        {
          numRuns: terms,
          endOnFailure: true,
          seed: SEED + walk,
        },
      );
    },
  );
});

afterAll(tell);

function tell(): void {
  const { terms, accusations, false: wrong, unfound } = tally;
  process.stderr.write(
    `truth: ${terms} random terms of ${RUNS}, ${accusations} accusations, ${wrong} false accusations, ${unfound} terms with something not found\n`,
  );
}

/** Counts what fails and lets it fail. */
function counted(what: "false" | "unfound", judge: () => void): void {
  try {
    judge();
  } catch (failure) {
    tally[what] += 1;
    throw failure;
  }
}

/** What is not proved or was taken back counts against nobody. */
function accuses({ verdict, status }: StoredFinding): boolean {
  return verdict !== "unproved" && status !== "withdrawn";
}

/** Rules about the journal's own facts, judged apart; several are about no lesson. */
const OF_FACTS: ReadonlySet<StoredFinding["rule"]> = new Set([
  "absence-consistent",
  "journal-current",
  "final-mark-24h",
  "work-type-known",
  "letter-known",
]);

/** A counted finding is true: what it says was late or missing really was. */
function assertJust(finding: StoredFinding, school: EmulatedSchool, truth: Truth, lived: Lived): void {
  if (OF_FACTS.has(finding.rule)) {
    expect(isJustOfFacts(finding, school, truth), JSON.stringify(finding)).not.toBe(false);
    return;
  }
  const lesson = truth.lessons.get(finding.lessonExternalId ?? "");
  expect(lesson, `${finding.rule}: the lesson exists`).toBeDefined();
  if (lesson === undefined) return;
  const own = truth.entriesOf(lesson.externalId);
  const entry = own.find((one) => one.pupilId === finding.pupilExternalId);
  // What was entered in time, taken out and entered again between two looks cannot be told from what came late.
  if (own.some((one) => one.events.some((event) => event.content === null))) return;
  const kind = truth.kindOf(lesson);
  const due = truth.within(lesson, truth.daysFor(lesson, kind));
  const after = (at: EpochMs | null | undefined, limit: EpochMs) => at === null || at === undefined || at > limit;
  const just = (() => {
    switch (finding.rule) {
      case "lesson-same-day":
        return after(truth.firstTopic(lesson), truth.sameDay(lesson));
      case "absence-same-day":
        return entry !== undefined && truth.absenceSteps(entry).some((at) => at > truth.sameDay(lesson));
      case "mark-oral":
      case "mark-written":
        return entry !== undefined && !truth.wasAway(entry) && after(truth.firstMark(entry), due);
      case "mark-written-missing":
        return finding.pupilExternalId === null
          ? own.every((one) => after(truth.firstMark(one), due))
          : entry === undefined ||
              (after(truth.firstMark(entry), due) && !(truth.wasAway(entry) && truth.firstMark(entry) !== null));
      case "no-marks-grade-one":
        return entry !== undefined && truth.firstMark(entry) !== null && (truth.grades.get(lesson.classId) ?? 0) <= 1;
    }
  })();
  expect(
    just,
    `${finding.rule} ${finding.verdict} of lesson ${finding.lessonExternalId} (${lesson.date}), pupil ${finding.pupilExternalId}; complete passes ${lived.complete.length}`,
  ).toBe(true);
}

/** What complete passes decided is found: a look between the deadline and the entry, and one after it. */
function assertFound(truth: Truth, { findings, complete }: Lived): void {
  const found = new Set(
    findings
      .filter((f) => f.verdict !== "unproved")
      .map((f) => `${f.rule}/${f.lessonExternalId}/${f.pupilExternalId ?? ""}`),
  );
  const last = complete[complete.length - 1] ?? Number.NEGATIVE_INFINITY;
  const provenLate = (entered: EpochMs, due: EpochMs) =>
    complete.some((at) => at >= due && at < entered) && last >= entered;
  for (const lesson of truth.lessons.values()) {
    const due = truth.sameDay(lesson);
    const topic = truth.firstTopic(lesson);
    // A row that its teacher has not made yet is not in the journal: nothing shows that there was a lesson.
    const shown =
      lesson.shownFrom <=
      (complete.findLast((at) => at >= due && (topic === null || at < topic)) ?? Number.NEGATIVE_INFINITY);
    const late = topic !== null && provenLate(topic, due);
    const missing = topic === null && last >= due;
    if (shown && (late || missing))
      expect(found, `lesson ${lesson.externalId}`).toContain(`lesson-same-day/${lesson.externalId}/`);
    for (const entry of truth.entriesOf(lesson.externalId)) {
      const kind = truth.kindOf(lesson);
      const mark = truth.firstMark(entry);
      // A cell that was emptied in between shows less than was there. A look proves nothing about what the account may not have been able to see.
      if (
        mark === null ||
        truth.wasAway(entry) ||
        entry.events.some((event) => event.content === null) ||
        (truth.grades.get(lesson.classId) ?? 0) < 2 ||
        lesson.events.length === 0 ||
        !truth.couldSee(entry, complete.findLast((at) => at < mark) ?? Number.NEGATIVE_INFINITY)
      )
        continue;
      const markDue = truth.within(lesson, truth.daysFor(lesson, kind));
      const typeKnown = kind === "oral" || kind === "written";
      const recorded = (topic ?? Number.POSITIVE_INFINITY) <= last;
      if (typeKnown && recorded && provenLate(mark, markDue)) {
        expect(found, `mark of lesson ${lesson.externalId}, pupil ${entry.pupilId}`).toContain(
          `mark-${kind}/${lesson.externalId}/${entry.pupilId}`,
        );
      }
    }
  }
}
