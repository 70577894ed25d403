import type { Finding } from "../../../src/domain/finding.ts";
import type { EpochMs } from "../../../src/domain/time.ts";
import type { Looks } from "./observed.ts";

/** One deadline, or one thing that a hint may be about, with what really happened: what a just verdict must and must not say. */
export interface TrueCase {
  readonly rule: Finding["rule"];
  readonly key: string;
  /** The demand was really met: no finding may count against anybody. */
  readonly met: boolean;
  /** It was not, and these looks prove it: a finding must count. */
  proven(looks: Looks, asOf: EpochMs): boolean;
}

type LessonCase = Pick<Finding, "rule" | "pupilExternalId"> & { readonly lessonExternalId: string };
type OtherCase = Pick<Finding, "rule" | "pupilExternalId" | "classExternalId" | "subjectExternalId" | "about">;

/** A lesson tells its case apart by itself; anything else needs its class, its subject and what else it is about. */
export function keyOf(of: LessonCase | OtherCase | Finding): string {
  const pupil = of.pupilExternalId ?? "";
  if ("lessonExternalId" in of && of.lessonExternalId !== null) return `${of.rule} ${of.lessonExternalId}/${pupil}`;
  const { classExternalId, subjectExternalId, about } = of as OtherCase;
  return `${of.rule} ${classExternalId}/${subjectExternalId ?? ""}/${about ?? ""}/${pupil}`;
}

/** Whether one of the looks lies in `[from, before)`. */
export function lookedIn(looks: readonly EpochMs[], from: EpochMs, before: EpochMs): boolean {
  return looks.some((look) => look >= from && look < before);
}
