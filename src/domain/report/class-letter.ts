import type { Span } from "../calendar.ts";
import { counted, longSpan, plural, shortDays } from "../notice/words.ts";
import { SILENT_TODO } from "../notice-cycle/states.ts";
import { moment } from "../russian.ts";
import type { EpochMs, IsoDate } from "../time.ts";
import type { PlainLetter } from "./plain-letter.ts";

/** One pupil's week: lessons missed by reason, and the days. */
export interface PupilWeek {
  /** As letters call the pupil. */
  readonly label: string;
  readonly missed: readonly { readonly reason: string; readonly lessons: number; readonly days: readonly IsoDate[] }[];
}

export interface ClassWeek {
  readonly className: string;
  readonly classTeacher: string;
  readonly pupils: number;
  /** Those who missed something, in the list's order. */
  readonly absent: readonly PupilWeek[];
  /** Labels of pupils whose last notice nobody told to be handed out. */
  readonly toHandOut: readonly string[];
  /** Labels of pupils whose families' slips do not come back. */
  readonly slipsAway: readonly string[];
  /** Changes of the class list that the class teacher has not acknowledged. */
  readonly rosterChanges: number;
}

const footer =
  "Письмо составила служба «Сверка» по электронному журналу. Ученики названы так, как решила школа: номером по списку или фамилией.";

/** The class teacher's week (rules.md § 5): attendance, notices to hand out, changes of the list. */
export function composeClassLetter(
  week: ClassWeek,
  {
    span,
    school,
    at,
    simulation,
  }: { span: Span; school: { name: string; zone: string }; at: EpochMs; simulation: boolean },
): PlainLetter {
  const lessons = week.absent.flatMap(({ missed }) => missed).reduce((sum, one) => sum + one.lessons, 0);
  const sections = [
    { title: "Пропуски", note: null, lines: week.absent.map(lineOf) },
    {
      title: "Раздать распечатки",
      note: "Когда раздадите, отметьте это: sverka notices handed --class.",
      lines: week.toHandOut,
    },
    { title: "Корешки не возвращаются", note: SILENT_TODO, lines: week.slipsAway },
    {
      title: "Список класса изменился",
      note: null,
      lines:
        week.rosterChanges === 0
          ? []
          : [
              `${counted(week.rosterChanges, "изменение", "изменения", "изменений")} ждут подтверждения: sverka roster, затем sverka roster acknowledge --as class-teacher.`,
            ],
    },
  ];
  return {
    simulation,
    school: school.name,
    moment: moment(at, school.zone),
    subject: `${week.className}: посещаемость за неделю ${longSpan(span.from, span.to)}`,
    title: `${week.className}: неделя ${longSpan(span.from, span.to)}`,
    lead: [
      lessons === 0
        ? `Пропусков за неделю в журнале нет (в классе ${counted(week.pupils, "ученик", "ученика", "учеников")}).`
        : `${plural(week.absent.length, "Пропускал", "Пропускали", "Пропускали")} ${counted(week.absent.length, "ученик", "ученика", "учеников")} из ${week.pupils}, всего ${counted(lessons, "урок", "урока", "уроков")}.`,
    ],
    figures: [],
    sections: sections.filter(({ lines }) => lines.length > 0),
    footer,
  };
}

function lineOf({ label, missed }: PupilWeek): string {
  const parts = missed.map(
    ({ reason, lessons, days }) => `${counted(lessons, "урок", "урока", "уроков")} ${reason} (${shortDays(days)})`,
  );
  return `${label}: ${parts.join("; ")}`;
}
