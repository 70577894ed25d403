import { REASON_ORDER } from "../notice/attendance.ts";
import { decimal, line } from "../notice/words.ts";
import type { Missed } from "./absences.ts";
import type { ClassAnalysis, PupilFigures, PupilSubject, SubjectFigures } from "./figures.ts";
import { changeText, measuresOf, measureText, percentOf } from "./measures.ts";
import { isUnassessed } from "./result.ts";
import { BASIS, betweenText, leadOf, resultText, standingText, unassessedReason } from "./words.ts";

/** The analysis in words, as the print shows it; what stands where is the template's business. */
export interface AnalysisDocument {
  readonly simulation: boolean;
  readonly school: string;
  readonly title: string;
  readonly lead: readonly string[];
  readonly gaps: readonly string[];
  /** Heads of the summary: this term and the one before, each with its basis; null without one. */
  readonly nowHead: string;
  readonly beforeHead: string | null;
  readonly summary: readonly (readonly string[])[];
  readonly marked: boolean;
  /** Cells: see the template's heads. */
  readonly subjects: readonly (readonly string[])[];
  readonly pupils: readonly (readonly string[])[];
  readonly sheet: { readonly subjects: readonly string[]; readonly rows: readonly (readonly string[])[] };
  readonly between: readonly (readonly string[])[];
  readonly few: readonly (readonly string[])[];
  readonly fewHead: string;
  /** Null where results are forecasts: then it is the same as too few marks. */
  readonly unassessed: readonly (readonly string[])[] | null;
  readonly classTeacher: string;
}

export function analysisDocument(
  analysis: ClassAnalysis,
  { zone, simulation, leastMarks }: { zone: string; simulation: boolean; leastMarks: number },
): AnalysisDocument {
  const { now, before, className } = analysis;
  const headOf = ({ term, basis }: typeof now) =>
    basis === "attendance" ? term.name : `${term.name} (${BASIS[basis]})`;
  const listed = (pick: (one: PupilSubject) => string | null) =>
    now.pupils.flatMap((pupil) =>
      pupil.subjects.flatMap((one) => {
        const told = pick(one);
        return told === null ? [] : [[String(pupil.number), nameOf(pupil), line(one.subject, 60), told]];
      }),
    );
  const given = ({ result }: PupilSubject) => {
    if (now.basis !== "finals") return "";
    return result === null || result.kind === "missing" ? "; итоговой нет" : `; итоговая ${result.text}`;
  };
  return {
    simulation,
    school: line(analysis.school, 160),
    title: `Анализ успеваемости и посещаемости: ${line(className, 20)}, ${line(now.term.name, 40)}`,
    lead: leadOf(analysis, zone),
    gaps: now.gaps,
    nowHead: headOf(now),
    beforeHead: before === null ? null : headOf(before),
    summary: measuresOf(analysis).map((measure) => [
      measure.name,
      measureText(measure.now, measure.unit),
      measureText(measure.before, measure.unit),
      changeText(measure),
    ]),
    marked: now.basis !== "attendance",
    subjects: now.subjects.map((subject) =>
      subjectCells(
        subject,
        before?.subjects.find(({ externalId }) => externalId === subject.externalId),
      ),
    ),
    pupils: now.pupils.map((pupil) =>
      pupilCells(
        pupil,
        before?.pupils.find(({ externalId }) => externalId === pupil.externalId),
        now.basis,
      ),
    ),
    sheet: resultSheet(analysis),
    between: listed((one) =>
      one.between === null ? null : `${decimal(one.between.mean)}: ${betweenText(one.between, now.basis)}${given(one)}`,
    ),
    few: listed((one) => (one.few ? `отметок ${one.marks}${given(one)}` : null)),
    fewHead: `Меньше отметок, чем нужно для аттестации (${leastMarks})`,
    unassessed:
      now.basis === "finals"
        ? listed((one) => (one.result !== null && isUnassessed(one.result) ? unassessedReason(one) : null))
        : null,
    classTeacher: line(analysis.classTeacher ?? "", 90),
  };
}

/** Whoever has results, with a column for each subject that has any. */
export function resultSheet({ now }: ClassAnalysis): { subjects: string[]; rows: string[][] } {
  const shown = now.subjects.filter(({ externalId }) =>
    now.pupils.some(({ subjects }) =>
      subjects.some((one) => one.subjectExternalId === externalId && one.result !== null),
    ),
  );
  const rows = now.pupils.map((pupil) => {
    const own = new Map(pupil.subjects.map((one) => [one.subjectExternalId, one.result]));
    const cells = shown.map(({ externalId }) => resultText(own.get(externalId) ?? null, now.basis));
    return [String(pupil.number), nameOf(pupil), ...cells];
  });
  return { subjects: shown.map(({ name }) => line(name, 60)), rows };
}

const nameOf = ({ name }: PupilFigures) => line(name, 90);
const number = (value: number) => (value === 0 ? "–" : String(value));
const meanText = (mean: number | null | undefined) => measureText(mean ?? null, "mean");
const shareText = (part: number, whole: number) => measureText(percentOf(part, whole), "percent");
const missedText = ({ lessons, days }: Missed) => (lessons === 0 ? "–" : `${lessons}\u00a0/\u00a0${days}`);

function subjectCells(subject: SubjectFigures, before: SubjectFigures | undefined): string[] {
  const { name, pupils, marks, unassessed, quality, success, mean, absences } = subject;
  return [
    line(name, 60),
    number(pupils),
    ...marks.map(number),
    number(unassessed),
    shareText(quality, pupils),
    before === undefined ? "–" : shareText(before.quality, before.pupils),
    shareText(success, pupils),
    before === undefined ? "–" : shareText(before.success, before.pupils),
    meanText(mean),
    meanText(before?.mean),
    missedText(absences.total),
  ];
}

function pupilCells(
  pupil: PupilFigures,
  before: PupilFigures | undefined,
  basis: ClassAnalysis["now"]["basis"],
): string[] {
  const { absences } = pupil;
  return [
    String(pupil.number),
    nameOf(pupil),
    standingText(pupil, basis),
    meanText(pupil.mean),
    meanText(before?.mean),
    missedText(absences.total),
    before === undefined ? "–" : missedText(before.absences.total),
    ...REASON_ORDER.map((kind) => missedText(absences.byReason[kind])),
    number(absences.late),
  ];
}
