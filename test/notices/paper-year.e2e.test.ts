import { expect, it } from "vitest";
import { openPaperSchool } from "./paper-school.ts";
import { liveYear, paperFindings, span, tooLong } from "./paper-year.ts";

const FAMILIES = ["101", "103", "104"];
const printerOff = span("2026-11-16", "2026-11-22");
const computerOff = span("2027-01-25", "2027-02-01");
/** With the day on which it was made up and handed out. */
const ofPrinter = span("2026-11-16", "2026-11-23");
const ofComputer = span("2027-01-25", "2027-02-02");
/** One week nobody tells of the hand-out in 6 Б, until the next one. */
const ofTeacher = span("2027-02-26", "2027-03-11");

it("a school year: no family waits longer than fourteen days while printer and people work, and each failure is one finding, where it happened", async () => {
  const school = await openPaperSchool();
  await school.agree("paper", FAMILIES);
  await liveYear(school, {
    printerOff,
    computerOff,
    forgotten: (className, printedOn) => className === "6 Б" && printedOn === "2027-02-25",
    slipLost: (pupil, printedOn) => pupil === "101" && ["2027-04-08", "2027-04-22"].includes(printedOn),
  });
  // Counted apart from the program's own calendar and rules.
  const waited = (await tooLong(school)).map((line) => line.split(" ") as [pupil: string, day: string]);
  const unexplained = waited.filter(
    ([pupil, day]) => !(ofPrinter(day) || ofComputer(day) || (pupil === "104" && ofTeacher(day))),
  );
  expect(unexplained).toEqual([]);
  for (const seen of [ofPrinter, ofComputer])
    expect(new Set(waited.flatMap(([pupil, day]) => (seen(day) ? [pupil] : [])))).toEqual(new Set(FAMILIES));

  expect(await paperFindings(school)).toEqual([
    // Nothing was composed: the computer was off. One for each family.
    "notice-biweekly 101 composed late 2027-01-14",
    // It was composed and stood before the printer.
    "notice-biweekly 101 printer late 2026-11-05",
    // Two slips in a row are one case.
    "notice-biweekly 101 returned violation 2027-04-08",
    "notice-biweekly 103 composed late 2027-01-14",
    "notice-biweekly 103 printer late 2026-11-05",
    "notice-biweekly 104 composed late 2027-01-14",
    "notice-biweekly 104 handed violation 2027-02-25",
    "notice-biweekly 104 printer late 2026-11-05",
  ]);
}, 300_000);
