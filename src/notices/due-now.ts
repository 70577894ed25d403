import { type ClassKey, yearOf } from "../domain/calendar.ts";
import { addDays, dayOf, laterDay } from "../domain/days.ts";
import { type Cycle, type DueNotice, dueNotices, nextNotice, type PaperPupil } from "../domain/notice-cycle/due.ts";
import { rhythmOf } from "../domain/notice-cycle/rhythm.ts";
import { includes } from "../domain/policy.ts";
import type { EpochMs, IsoDate } from "../domain/time.ts";
import { newestNotices } from "../store/notice-batches.ts";
import { type PaperPupilRecord, paperPupils } from "../store/paper-pupils.ts";
import type { ComposeNeeds, WantedNotice } from "./compose-batches.ts";

/** A family whose notice is due now, or will be, and why. */
export interface PlannedNotice extends DueNotice {
  readonly className: string;
  readonly due: boolean;
  readonly wanted: WantedNotice;
}

export interface DueNow {
  readonly today: IsoDate;
  /** Null: nobody has told which families are on paper. */
  readonly notices: readonly PlannedNotice[] | null;
  /** The newest notice of each of them when this was found out. */
  readonly seen: ReadonlyMap<string, number>;
}

/** How many days a first notice tells of. */
const FIRST_SPAN_DAYS = 14;
/** The most days of which one tells: a family that came back to paper after a year is not told of the year. */
const MOST_SPAN_DAYS = 62;

/** When each paper family's next notice is to be composed, and whether that is now. `anyHour`: a person asks, the hour of the rhythm does not matter. */
export async function dueNow(needs: ComposeNeeds, { anyHour }: { anyHour: boolean }): Promise<DueNow> {
  const { store, school, clock } = needs;
  const at = clock.now();
  const today = dayOf(at, school.zone);
  const families = await needs.families();
  if (families === null) return { today, notices: null, seen: new Map() };
  const ids = [...families.keys()];
  const seen = await newestNotices(store, school.id, ids);
  const records = await paperPupils(store, school.id, ids);
  const notices: PlannedNotice[] = [];
  for (const own of Map.groupBy(records, ({ classExternalId }) => classExternalId).values()) {
    const [first] = own;
    if (first === undefined) continue;
    const { className, grade } = first;
    const cycle = cycleOf(needs, { className, grade });
    const hourCome = anyHour || at >= instantOf(today, cycle.terms.rhythm.hour, school.zone);
    const pupils = own.flatMap((record) => {
      const pupil = pupilOf(needs, record, today);
      return pupil === null ? [] : [{ record, pupil }];
    });
    const due = new Set(
      dueNotices(
        cycle,
        pupils.map(({ pupil }) => pupil),
        { today, hourCome },
      ).map(({ pupilExternalId }) => pupilExternalId),
    );
    for (const { record, pupil } of pupils) {
      const wish = families.get(record.pupilExternalId) ?? { largePrint: false, plain: false, post: null };
      const wanted = { ...spanOf(needs, record, today), wish };
      notices.push({ ...nextNotice(cycle, pupil), className, due: due.has(record.pupilExternalId), wanted });
    }
  }
  return { today, notices, seen };
}

function cycleOf({ calendar, ruling, cycle }: ComposeNeeds, of: ClassKey): Cycle {
  const { days, handDays, countHolidays } = ruling.noticeBiweekly;
  return {
    terms: {
      counting: { calendar, of, countHolidays },
      rhythm: rhythmOf(cycle, of.className),
      days,
      firstDays: cycle.firstDays,
    },
    handDays,
    finalDays: ruling.finalMark.days,
  };
}

/** Null before the family may expect anything: its agreement begins later, or no pass has ended yet. */
function pupilOf({ school, ruling }: ComposeNeeds, record: PaperPupilRecord, today: IsoDate): PaperPupil | null {
  const { pupilExternalId, agreedOn, firstPassAt, last, finalsAt, grade } = record;
  if (firstPassAt === null || (agreedOn !== null && agreedOn > today)) return null;
  const day = (at: EpochMs) => dayOf(at, school.zone);
  const dayOrNull = (at: EpochMs | null) => (at === null ? null : day(at));
  const marked = grade === null || includes(ruling.finalMark.grades, grade);
  return {
    pupilExternalId,
    since: laterDay(agreedOn ?? "", day(firstPassAt)),
    last:
      last === null
        ? null
        : {
            composedOn: day(last.composedAt),
            printedOn: dayOrNull(last.printedAt),
            handedOn: dayOrNull(last.handedAt),
          },
    finalsOn: marked ? dayOrNull(finalsAt) : null,
  };
}

/** From the day after the last notice's to today, within the school year, so that nothing is told twice and nothing is left out. */
function spanOf({ calendar }: ComposeNeeds, record: PaperPupilRecord, today: IsoDate): Omit<WantedNotice, "wish"> {
  const { pupilExternalId, classExternalId, toldTo, toldLooks, finalsAt } = record;
  const begin = toldTo === null ? addDays(today, 1 - FIRST_SPAN_DAYS) : addDays(toldTo, 1);
  const from = laterDay(laterDay(begin, addDays(today, 1 - MOST_SPAN_DAYS)), yearOf(calendar, today).from);
  const { entries, messages } = toldLooks ?? {};
  const told =
    toldTo === null || entries === undefined
      ? undefined
      : { to: toldTo, entriesAt: entries, messagesAt: messages ?? entries };
  return {
    pupilExternalId,
    classExternalId,
    from: from > today ? today : from,
    to: today,
    told,
    finals: finalsAt !== null,
  };
}

function instantOf(day: IsoDate, hour: string, zone: string): EpochMs {
  return Temporal.PlainDateTime.from(`${day}T${hour}`).toZonedDateTime(zone).epochMilliseconds;
}
