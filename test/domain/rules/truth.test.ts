import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ClassSnapshot } from "../../../src/domain/facts.ts";
import type { Finding } from "../../../src/domain/finding.ts";
import { createMapping, defaultMapping } from "../../../src/domain/mapping.ts";
import { remember } from "../../../src/domain/remember.ts";
import { checkClass } from "../../../src/domain/rules/index.ts";
import { defaultSettings } from "../../../src/domain/settings.ts";
import type { EpochMs } from "../../../src/domain/time.ts";
import { type EmulatedSchool, generateSchool } from "../../emulator/index.ts";
import { type Looks, observedClasses } from "./observed.ts";
import { trueCases } from "./truth.ts";
import { keyOf, type TrueCase } from "./truth-case.ts";
import { isReallyLate } from "./truth-of-finals.ts";

const { policy, calendar } = defaultSettings;
const hour = 3_600_000;

interface Scene {
  readonly school: EmulatedSchool;
  readonly cases: readonly TrueCase[];
  readonly looks: Looks;
  readonly asOf: EpochMs;
}

/** Two weeks of a small school, looked at by passes at random times for three, of which a random part of the pages fail. */
const scene = fc
  .record({
    seed: fc.integer({ min: 1, max: 100_000 }),
    monday: fc.constantFrom("2026-09-07", "2026-10-12", "2026-11-02", "2026-12-21", "2027-02-08", "2027-04-26"),
    lessonRows: fc.constantFrom("ahead" as const, "on-entry" as const),
    gaps: fc.array(fc.integer({ min: 5, max: 24 * 60 }), { minLength: 15, maxLength: 90 }),
    failing: fc.constantFrom(0, 0.1, 0.5),
    salt: fc.integer(),
    asOfHours: fc.integer({ min: 48, max: 30 * 24 }),
  })
  .map(({ seed, monday, lessonRows, gaps, failing, salt, asOfHours }): Scene => {
    const to = Temporal.PlainDate.from(monday).add({ days: 11 }).toString();
    const school = generateSchool({ seed, classes: 7, pupils: 50, from: monday, to, lessonRows });
    const begins = Temporal.PlainDate.from(monday).toZonedDateTime(calendar.zone).epochMilliseconds;
    const passes: EpochMs[] = [];
    for (const minutes of gaps) passes.push((passes.at(-1) ?? begins - 48 * hour) + minutes * 60_000);
    const asOf = begins + asOfHours * hour;
    const inTime = passes.filter((pass) => pass <= asOf);
    const looksOf = remember((page: string) => inTime.filter((pass) => !fails(`${page}/${pass}`, salt, failing)));
    return { school, cases: trueCases(school), looks: (pupil, page) => looksOf(`${pupil}/${page}`), asOf };
  });

function fails(key: string, salt: number, share: number): boolean {
  let hash = salt;
  for (const sign of key) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193);
  return ((hash >>> 8) % 1000) / 1000 < share;
}

const outcomesOf = (classes: readonly ClassSnapshot[], asOf: EpochMs) =>
  classes.map((snapshot) => checkClass({ snapshot, policy, calendar, mapping: createMapping(defaultMapping), asOf }));
const findingsOf = (classes: readonly ClassSnapshot[], asOf: EpochMs): readonly Finding[] =>
  outcomesOf(classes, asOf).flatMap(({ findings }) => findings);

/** What counts against somebody, by key. Warnings do not. */
/** What is held against somebody, and what is hinted; a warning about a pupil has no case of its own. */
function countedOf(findings: readonly Finding[]): ReadonlySet<string> {
  return new Set(findings.filter((one) => one.verdict !== "unproved" && one.severity !== "warning").map(keyOf));
}

const runs = { numRuns: 40 };
/** Milliseconds: a year's worth of small schools on a busy machine. */
const patience = 120_000;

describe("over generated terms with random passes, failures and gaps", () => {
  it(
    "never counts as late or missing what was in time",
    () => {
      fc.assert(
        fc.property(scene, ({ school, cases, looks, asOf }) => {
          const counted = countedOf(findingsOf(observedClasses(school, looks), asOf));
          expect(cases.filter(({ key, met }) => met && counted.has(key)).map(({ key }) => key)).toEqual([]);
        }),
        runs,
      );
    },
    patience,
  );

  it(
    "names no pupil as late whose final mark was in time",
    () => {
      fc.assert(
        fc.property(scene, ({ school, looks, asOf }) => {
          const late = findingsOf(observedClasses(school, looks), asOf).filter(
            ({ rule, verdict }) => rule === "final-mark-24h" && verdict === "late",
          );
          const named = late.flatMap(({ about, subjectExternalId, classExternalId, details: { pupils } }) =>
            (Array.isArray(pupils) ? pupils : []).map((pupilId: string) => ({
              klass: school.classes.find(({ id }) => id === classExternalId),
              mark: { pupilId, termId: about?.split("/")[0] ?? "", subjectId: subjectExternalId ?? "" },
            })),
          );
          expect(named.filter(({ klass, mark }) => klass === undefined || !isReallyLate(school, klass, mark))).toEqual(
            [],
          );
        }),
        runs,
      );
    },
    patience,
  );

  it(
    "never does so in a look back, either",
    () => {
      fc.assert(
        fc.property(scene, fc.double({ min: 0, max: 1, noNaN: true }), ({ school, cases, looks, asOf }, share) => {
          const earlier = Math.round(asOf - share * 20 * 24 * hour);
          const counted = countedOf(findingsOf(observedClasses(school, looks), earlier));
          expect(cases.filter(({ key, met }) => met && counted.has(key)).map(({ key }) => key)).toEqual([]);
        }),
        runs,
      );
    },
    patience,
  );

  it(
    "finds every violation that the passes made decidable",
    () => {
      fc.assert(
        fc.property(scene, ({ school, cases, looks, asOf }) => {
          const counted = countedOf(findingsOf(observedClasses(school, looks), asOf));
          const missed = cases.filter((one) => one.proven(looks, asOf) && !counted.has(one.key));
          expect(missed.map(({ key }) => key)).toEqual([]);
        }),
        runs,
      );
    },
    patience,
  );

  it(
    "gives the same findings again, in whatever order the facts come, each id once",
    () => {
      fc.assert(
        fc.property(scene, ({ school, looks, asOf }) => {
          const classes = observedClasses(school, looks);
          const turned = classes.map((one) => ({
            ...one,
            pupils: one.pupils.toReversed(),
            lessons: one.lessons.toReversed(),
            entries: one.entries.toReversed(),
          }));
          const byId = (findings: readonly Finding[]) =>
            findings.toSorted((one, other) => (one.id < other.id ? -1 : 1));
          const findings = byId(findingsOf(classes, asOf));
          expect(byId(findingsOf(turned, asOf))).toEqual(findings);
          expect(new Set(findings.map(({ id }) => id)).size).toBe(findings.length);
        }),
        runs,
      );
    },
    patience,
  );

  it(
    "counts each finding that is no warning exactly once",
    () => {
      fc.assert(
        fc.property(scene, ({ school, looks, asOf }) => {
          for (const { findings, tallies } of outcomesOf(observedClasses(school, looks), asOf)) {
            for (const verdict of ["late", "missing", "violation", "unproved"] as const) {
              const counted = tallies.reduce((sum, tally) => sum + tally[verdict], 0);
              expect(counted).toBe(
                findings.filter((one) => one.verdict === verdict && one.severity === "violation").length,
              );
            }
          }
        }),
        runs,
      );
    },
    patience,
  );
});

it("proves and clears a good deal with the default passes, so that the properties above say something", () => {
  const school = generateSchool({ seed: 1, from: "2026-09-28", to: "2026-10-23" });
  const days = Array.from({ length: 45 }, (_, day) => Temporal.PlainDate.from("2026-09-27").add({ days: day }));
  const passes = days.flatMap((day) =>
    defaultSettings.school.passes.map(
      (time) => day.toZonedDateTime({ timeZone: calendar.zone, plainTime: time }).epochMilliseconds,
    ),
  );
  const looks: Looks = () => passes;
  const asOf = passes.at(-1) ?? 0;
  const counted = countedOf(findingsOf(observedClasses(school, looks), asOf));
  const cases = trueCases(school);
  const proven = cases.filter((one) => one.proven(looks, asOf));
  expect(proven.length).toBeGreaterThan(500);
  expect(cases.filter(({ met }) => met).length).toBeGreaterThan(10_000);
  expect(new Set(proven.map(({ rule }) => rule))).toEqual(new Set(cases.map(({ key }) => key.split(" ")[0])));
  expect(proven.filter(({ key }) => !counted.has(key))).toEqual([]);
});
