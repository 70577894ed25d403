import type { Finding } from "../finding.ts";
import { line, longDay } from "../notice/words.ts";
import type { IsoDate } from "../time.ts";
import type { ClassCase } from "./class-case.ts";
import { classFinding } from "./describe.ts";
import type { RuleInfo } from "./rule.ts";

/** One place in which a text stands that the mapping does not know. */
export interface UnknownText {
  readonly text: string;
  readonly date: IsoDate;
  readonly subject: string | null;
}

/** Long enough for every work type; a whole sentence typed into a cell is cut. */
const longest = 60;

/** One hint per unknown text of the class, upper and lower case as one: how often it stands there, and where first. It accuses nobody. */
export function* unknownTexts(
  rule: Pick<RuleInfo, "id" | "clause">,
  of: ClassCase,
  texts: Iterable<UnknownText>,
): Iterable<Finding> {
  const found = new Map<string, { first: UnknownText; times: number }>();
  for (const one of texts) {
    const key = plain(one.text);
    const known = found.get(key);
    if (known === undefined) found.set(key, { first: one, times: 1 });
    else {
      known.times += 1;
      if (isEarlier(one, known.first)) known.first = one;
    }
  }
  for (const [key, { first, times }] of found) {
    const details = { text: line(first.text, longest), times, firstOn: first.date, firstSubject: first.subject };
    yield classFinding(
      rule,
      of,
      { verdict: "violation", severity: "hint", settled: false, dueAt: null, sighting: null, details },
      { about: key, accountable: null },
    );
  }
}

/** «Стоит 12 раз; впервые – урок 5 октября 2026 г., предмет «Музыка».» */
export function whereUnknown({ details: { text, times, firstOn, firstSubject } }: Finding): string {
  const subject = firstSubject === null ? "" : `, предмет «${firstSubject}»`;
  return `«${text}» встречается в классе столько раз: ${times}; впервые – урок ${longDay(String(firstOn))}${subject}.`;
}

/** In how many places the texts of these hints stand. */
export function timesOf(findings: readonly Finding[]): number {
  return findings.reduce((sum, { details }) => sum + Number(details.times ?? 0), 0);
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll("ё", "е").replace(/\s+/g, " ").trim();
}

/** By the lesson's day, then by the spelling and the subject, so that the facts' order does not matter. */
function isEarlier(one: UnknownText, other: UnknownText): boolean {
  if (one.date !== other.date) return one.date < other.date;
  if (one.text !== other.text) return one.text < other.text;
  return (one.subject ?? "") < (other.subject ?? "");
}
