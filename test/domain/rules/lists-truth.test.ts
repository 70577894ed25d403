import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayOf } from "../../../src/domain/days.ts";
import type { ClassSnapshot } from "../../../src/domain/facts.ts";
import type { Finding, RuleId, RuleOutcome } from "../../../src/domain/finding.ts";
import { createMapping, defaultMapping } from "../../../src/domain/mapping.ts";
import { remember } from "../../../src/domain/remember.ts";
import { checkClass, checkWhole } from "../../../src/domain/rules/index.ts";
import { defaultSettings } from "../../../src/domain/settings.ts";
import type { EpochMs, IsoDate } from "../../../src/domain/time.ts";
import { type EmulatedSchool, generateSchool } from "../../emulator/index.ts";
import { addDays, moment, YEAR } from "../../emulator/school/days.ts";
import { type ToldLists, tellLists } from "../../emulator/school/lists.ts";
import { lessonsOfPage, listCases, listKey, sundayBefore, tooFew, trueProgramme } from "./lists-truth.ts";
import { type Looks, observedClasses } from "./observed.ts";
import { toldCalendar as calendar } from "./told-calendar.ts";

const { policy } = defaultSettings;
const hour = 3_600_000;

interface Scene {
  readonly school: EmulatedSchool;
  readonly told: ToldLists;
  readonly classes: readonly ClassSnapshot[];
  readonly passes: readonly EpochMs[];
  readonly groupsTold: boolean;
  readonly asOf: EpochMs;
}

interface Plan {
  readonly seed: number;
  readonly classes: number;
  readonly to: IsoDate;
  readonly rows: "ahead" | "on-entry";
  readonly groupsTold: boolean;
  readonly passGap: number;
  readonly failing: number;
  readonly asOfHours: number;
}

function makeScene({ seed, classes, to, rows, groupsTold, passGap, failing, asOfHours }: Plan): Scene {
  const school = { ...generateSchool({ seed, classes, pupils: 7 * classes, to, lessonRows: rows }), entries: [] };
  const told = tellLists(school, { seed, to });
  const asOf = moment(to, 0) + asOfHours * hour;
  const passes: EpochMs[] = [];
  for (let at = told.since; at <= asOf; at += passGap * hour) passes.push(at);
  const looksOf = remember((page: string) => passes.filter((pass) => !fails(`${page}/${pass}`, seed, failing)));
  const looks: Looks = (pupil, page) => looksOf(`${pupil}/${page}`);
  const groupOf = new Map(school.lessons.map(({ externalId, group }) => [externalId, group]));
  const observed = observedClasses(school, looks).map((one) => ({
    ...one,
    lists: told.byClass.get(one.classExternalId) ?? one.lists,
    lessons: one.lessons.map((lesson) => {
      const group = groupOf.get(lesson.externalId) ?? 0;
      return { ...lesson, group: groupsTold && group > 0 ? String(group) : null };
    }),
  }));
  return { school, told, classes: observed, passes, groupsTold, asOf };
}

const parts = {
  seed: fc.integer({ min: 1, max: 100_000 }),
  classes: fc.constant(5),
  to: fc.constantFrom("2026-09-20", "2026-10-18", "2026-11-08", "2026-12-20"),
  rows: fc.constantFrom("ahead" as const, "on-entry" as const),
  groupsTold: fc.boolean(),
  passGap: fc.constantFrom(11, 23, 71),
  failing: fc.constantFrom(0, 0.3),
  asOfHours: fc.integer({ min: 0, max: 8 * 24 }),
};

/** Three to sixteen weeks of a small school and its lists, looked at once or twice a day or every third, of which a part of the pages fails. */
const plan = fc.record(parts);

/** The same where every page is read and every lesson has its row. */
const readPlan = fc.record({
  ...parts,
  rows: fc.constant("ahead" as const),
  groupsTold: fc.constant(true),
  failing: fc.constant(0),
});

function fails(key: string, salt: number, share: number): boolean {
  let hash = salt;
  for (const sign of key) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193);
  return ((hash >>> 8) % 1000) / 1000 < share;
}

function outcomesOf({ school, told, classes }: Scene, asOf: EpochMs): readonly RuleOutcome[] {
  const mapping = createMapping(defaultMapping);
  const snapshot = {
    school: { id: 1, externalId: "school", name: school.name, zone: calendar.zone },
    classes: school.classes.map(({ id, name, grade }) => ({ externalId: id, name, grade })),
    controls: told.controls,
    archives: told.archives,
    since: told.since,
  };
  const whole = checkWhole({ snapshot, policy, calendar, asOf, today: dayOf(asOf, calendar.zone) });
  return [...classes.map((one) => checkClass({ snapshot: one, policy, calendar, mapping, asOf })), whole];
}

const findingsOf = (from: Scene, asOf = from.asOf) => outcomesOf(from, asOf).flatMap(({ findings }) => findings);
const countedOf = (findings: readonly Finding[]) =>
  findings.filter(({ severity, verdict }) => severity === "violation" && verdict !== "unproved");
const keysOf = (findings: readonly Finding[]) => new Set(countedOf(findings).map(listKey));

/** The groups of a page that a finding speaks of: both, where the journal does not tell them. */
function pagesOf({ school, groupsTold }: Scene, { classExternalId, subjectExternalId, details }: Finding) {
  const pages = lessonsOfPage(school);
  const groups = groupsTold && details.group !== null ? [details.group] : [0, 1, 2];
  return groups.flatMap((group) => {
    const lessons = pages.get(`${classExternalId} ${subjectExternalId} ${group}`);
    return lessons === undefined ? [] : [lessons];
  });
}

function wronglyShort(from: Scene, findings: readonly Finding[]): readonly unknown[] {
  const short = countedOf(findings).filter(({ rule }) => rule === "programme-fulfilled");
  return short.flatMap((finding) => {
    const upTo = String(finding.details.upTo);
    const end = moment(addDays(upTo, 1), 0);
    const programmes = pagesOf(from, finding).map((lessons) => trueProgramme(lessons, upTo));
    const fair = programmes.length > 0 && programmes.every((one) => tooFew(one, one.recordedBy(end)));
    return fair
      ? []
      : [
          {
            ...finding.details,
            held: programmes.map(({ held }) => held),
            was: programmes.map((one) => one.recordedBy(end)),
          },
        ];
  });
}

const runs = { numRuns: 15 };
const patience = 120_000;

describe("over generated lists with violations and what only looks like them", () => {
  it(
    "never accuses anybody who did right, now or in a look back",
    () => {
      fc.assert(
        fc.property(plan, fc.double({ min: 0, max: 1, noNaN: true }), (of, share) => {
          const from = makeScene(of);
          for (const asOf of [from.asOf, Math.round(from.asOf - share * (from.asOf - moment("2026-09-10", 0)))]) {
            const findings = findingsOf(from, asOf);
            const counted = keysOf(findings);
            expect(listCases(from.told).filter(({ key, right }) => right && counted.has(key))).toEqual([]);
            expect(wronglyShort(from, findings)).toEqual([]);
          }
        }),
        runs,
      );
    },
    patience,
  );

  it(
    "accuses nobody of what the lists do not tell of",
    () => {
      fc.assert(
        fc.property(plan, (of) => {
          const from = makeScene(of);
          const known = new Set(listCases(from.told).map(({ key }) => key));
          const about: readonly RuleId[] = ["page-assigned", "delivery-agreed", "control-monthly"];
          const others = countedOf(findingsOf(from)).filter(
            (one) => about.includes(one.rule) && !known.has(listKey(one)),
          );
          expect(others).toEqual([]);
          const paper = new Set(from.told.families.flatMap((one) => (one.paper ? one.pupilId : [])));
          const notices = findingsOf(from).filter(({ rule }) => rule === "notice-biweekly");
          expect(notices.filter(({ pupilExternalId }) => !paper.has(pupilExternalId ?? ""))).toEqual([]);
        }),
        runs,
      );
    },
    patience,
  );

  it(
    "finds every violation in the lists once its day has passed",
    () => {
      fc.assert(
        fc.property(plan, (of) => {
          const from = makeScene(of);
          const counted = keysOf(findingsOf(from));
          const missed = listCases(from.told).filter(
            ({ key, wrongFrom }) => wrongFrom !== null && wrongFrom <= from.asOf && !counted.has(key),
          );
          expect(missed).toEqual([]);
        }),
        runs,
      );
    },
    patience,
  );

  it(
    "finds every programme that is behind where all pages were read and all rows stand",
    () => {
      fc.assert(
        fc.property(readPlan, (of) => {
          const from = makeScene(of);
          const upTo = sundayBefore(from.passes.at(-1) ?? 0);
          // In the first two weeks no programme is judged.
          if (upTo < "2026-09-14") return;
          const short = countedOf(findingsOf(from)).filter(({ rule }) => rule === "programme-fulfilled");
          const found = new Set(
            short.map((one) => `${one.classExternalId} ${one.subjectExternalId} ${one.details.group ?? 0}`),
          );
          // How a page's lessons lie in the week is not known before its second week.
          if (addDays(YEAR.from, 13) > upTo) return;
          const behind = [...lessonsOfPage(from.school)].filter(([, lessons]) => {
            // A week without rows may be one without lessons by the timetable.
            if (lessons.some(({ shownFrom }) => shownFrom === Number.POSITIVE_INFINITY)) return false;
            const programme = trueProgramme(lessons, upTo);
            return tooFew(programme, programme.recordedBy(from.asOf));
          });
          expect(behind.map(([page]) => page).filter((page) => !found.has(page))).toEqual([]);
        }),
        runs,
      );
    },
    patience,
  );

  it(
    "hints only at weeks in which a family really looked less than twice",
    () => {
      fc.assert(
        fc.property(plan, (of) => {
          const from = makeScene(of);
          const rare = new Map(from.told.families.map(({ pupilId, rareWeeks }) => [pupilId, new Set(rareWeeks)]));
          for (const { rule, pupilExternalId, details, severity } of findingsOf(from)) {
            if (rule !== "parents-look") continue;
            expect(severity).toBe("hint");
            const weeks = Array.isArray(details.weeks) ? details.weeks : [];
            expect(weeks.filter((week) => !rare.get(pupilExternalId ?? "")?.has(week))).toEqual([]);
          }
        }),
        runs,
      );
    },
    patience,
  );

  it(
    "gives each case one id, the same again, and counts each violation once",
    () => {
      fc.assert(
        fc.property(plan, (of) => {
          const from = makeScene(of);
          const outcomes = outcomesOf(from, from.asOf);
          const ids = outcomes.flatMap(({ findings }) => findings.map(({ id }) => id));
          expect(new Set(ids).size).toBe(ids.length);
          expect(outcomesOf(from, from.asOf)).toEqual(outcomes);
          for (const { findings, tallies } of outcomes) {
            const violations = findings.filter(({ severity }) => severity === "violation");
            const tallied = tallies.reduce(
              (sum, one) => sum + one.late + one.missing + one.violation + one.unproved,
              0,
            );
            expect(tallied).toBe(violations.length);
          }
        }),
        runs,
      );
    },
    patience,
  );
});

it("holds a good deal of both, so that the properties above say something", () => {
  const fixed = {
    seed: 5,
    classes: 26,
    to: "2026-12-20",
    rows: "ahead",
    groupsTold: true,
    passGap: 23,
    failing: 0,
    asOfHours: 48,
  } as const;
  const from = makeScene(fixed);
  const findings = findingsOf(from);
  const rules = [
    "page-assigned",
    "programme-fulfilled",
    "notice-biweekly",
    "delivery-agreed",
    "control-monthly",
    "archive-weekly",
  ] as const;
  for (const rule of rules) expect([rule, countedOf(findings).some((one) => one.rule === rule)]).toEqual([rule, true]);
  expect(findings.some(({ rule }) => rule === "parents-look")).toBe(true);
  expect(findings.some(({ rule, severity }) => rule === "notice-biweekly" && severity === "warning")).toBe(true);
  const right = listCases(from.told).filter((one) => one.right);
  expect(new Set(right.map(({ key }) => key.split(" ")[0])).size).toBe(5);
  expect(new Set(from.told.pages.map(({ treatment }) => treatment)).size).toBe(8);
  // 26 classes, 300 pupils and a third of the lists wrong on purpose: what people get stays readable.
  const ofLists = findings.filter(({ rule }) => [...rules, "parents-look"].includes(rule));
  expect(ofLists.length).toBeLessThan(1000);
});
