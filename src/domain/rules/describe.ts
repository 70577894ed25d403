import type { ClassSnapshot, Person, Sighting } from "../facts.ts";
import type { Finding, FindingVerdict } from "../finding.ts";
import { findingId } from "../finding-id.ts";
import type { EpochMs, IsoDate } from "../time.ts";
import type { CellCase, ClassCase, LessonCase } from "./class-case.ts";
import type { RuleInfo } from "./rule.ts";
import type { SchoolCase } from "./school-case.ts";

interface Verdict {
  readonly verdict: FindingVerdict;
  readonly settled: boolean;
  readonly dueAt: EpochMs | null;
  /** Null when the fact has not been seen; then `absentAt` is the last look. */
  readonly sighting: Sighting | null;
  readonly lastLook?: EpochMs | null;
  readonly severity?: Finding["severity"];
  readonly details?: Finding["details"];
}

/** What a finding is about when it is no lesson: the class as a whole, a subject of it, a pupil, a term. */
export interface CaseOf {
  readonly subjectExternalId?: string | null;
  readonly subject?: string | null;
  readonly date?: IsoDate | null;
  readonly pupilExternalId?: string | null;
  /** Makes the case one of its own beside others of the same class, subject and pupil. */
  readonly about: string | null;
  readonly accountable: Person | null;
}

/** A finding about a class, a subject of it, a pupil, a term: anything but a lesson. */
export function classFinding(rule: Of, { snapshot }: ClassCase, verdict: Verdict, of: CaseOf): Finding {
  return finding(rule, snapshot, verdict, placeOf(of));
}

/** A finding about the school as a whole. */
export function schoolFinding(rule: Of, { snapshot }: SchoolCase, verdict: Verdict, of: CaseOf): Finding {
  const place = { school: snapshot.school, classExternalId: "", className: "вся школа" };
  return finding(rule, place, verdict, placeOf(of));
}

const placeOf = ({
  subjectExternalId = null,
  subject = null,
  date = null,
  pupilExternalId = null,
  ...rest
}: CaseOf): Place => ({
  subjectExternalId,
  subject,
  lessonDate: date,
  lessonExternalId: null,
  pupilExternalId,
  ...rest,
});

type Of = Pick<RuleInfo, "id" | "clause">;

/** A finding about a lesson, or about one pupil of it who has no cell there. */
export function lessonFinding(
  rule: Of,
  { snapshot }: ClassCase,
  { lesson, dueDay }: LessonCase,
  verdict: Verdict,
  pupilExternalId: string | null = null,
): Finding {
  return finding(rule, snapshot, fromDay(verdict, lesson.date, dueDay), {
    subjectExternalId: lesson.subjectExternalId,
    subject: lesson.subject,
    lessonDate: lesson.date,
    lessonExternalId: lesson.externalId,
    pupilExternalId,
    about: null,
    accountable: lesson.teacher,
  });
}

/** A finding about one pupil's cell. */
export function cellFinding(
  rule: Of,
  { snapshot }: ClassCase,
  { entry, lesson, date, dueDay }: CellCase,
  verdict: Verdict,
): Finding {
  return finding(rule, snapshot, fromDay(verdict, date, dueDay), {
    subjectExternalId: entry.subjectExternalId,
    subject: lesson?.lesson.subject ?? null,
    lessonDate: date,
    lessonExternalId: entry.lessonExternalId,
    pupilExternalId: entry.pupilExternalId,
    about: null,
    accountable: lesson?.lesson.teacher ?? null,
  });
}

/** Tells from which day the deadline runs where that is not the lesson's own. */
function fromDay(verdict: Verdict, date: IsoDate, dueDay: IsoDate): Verdict {
  return dueDay === date ? verdict : { ...verdict, details: { ...verdict.details, stoodOn: dueDay } };
}

type Place = Pick<
  Finding,
  "subjectExternalId" | "subject" | "lessonDate" | "lessonExternalId" | "pupilExternalId" | "about" | "accountable"
>;

function finding(
  rule: Of,
  of: Pick<ClassSnapshot, "school" | "classExternalId" | "className">,
  verdict: Verdict,
  place: Place,
): Finding {
  const { lessonExternalId, pupilExternalId } = place;
  const about = ownPart(place);
  const { classExternalId, className, school } = of;
  return {
    id: findingId({ rule: rule.id, schoolId: school.id, classExternalId, lessonExternalId, pupilExternalId, about }),
    rule: rule.id,
    clause: rule.clause,
    verdict: verdict.verdict,
    severity: verdict.severity ?? "violation",
    settled: verdict.settled,
    dueAt: verdict.dueAt,
    absentAt: verdict.sighting === null ? (verdict.lastLook ?? null) : verdict.sighting.absentAt,
    seenAt: verdict.sighting?.seenAt ?? null,
    classExternalId,
    className,
    ...place,
    details: verdict.details ?? {},
  };
}

/** A lesson tells its case apart by itself; everything else needs its subject and what else it is about. */
function ownPart({ lessonExternalId, subjectExternalId, about }: Place): string | null {
  if (lessonExternalId !== null || (subjectExternalId === null && about === null)) return about;
  return JSON.stringify([subjectExternalId, about]);
}
