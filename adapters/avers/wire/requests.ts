import type { IsoDate } from "../../../src/domain/time.ts";
import type { PageRequest } from "../../../src/ports/journal.ts";
import type { Form } from "../exchange.ts";

export interface RequestContext {
  readonly year: number;
  readonly uchId: string;
  readonly today: IsoDate;
  /** Of the journal's build; null when it is not told. */
  readonly version: string | null;
}

/** What to ask a page with (avers-protocol.md § 4). */
export function pageForm(
  { kind, classExternalId, pupilExternalId, from, to }: PageRequest,
  { year }: RequestContext,
): Form {
  const cls = classExternalId;
  const student = pupilExternalId;
  const uchYear = String(year);
  switch (kind) {
    case "lessons":
      return { cls, parallelClasses: "", uchYear, student };
    case "entries":
      return { cls, parallelClasses: "", student };
    case "finals":
      return { cls, parallelClasses: "", student };
    case "messages":
      return { student, isGuru: "false", uchYear };
    case "holders":
      return { cls, student, uchYear };
    case "diary":
      return {
        cls,
        pClassesIds: "",
        parallelClasses: "",
        uchYear,
        student,
        begin_dt: russianDay(from ?? `${year}-09-01`),
        end_dt: russianDay(to ?? `${year + 1}-08-31`),
      };
  }
}

/** `DD.MM.YYYY`, as requests write days. */
export function russianDay(day: IsoDate): string {
  const [year, month, date] = day.split("-");
  return `${date}.${month}.${year}`;
}
