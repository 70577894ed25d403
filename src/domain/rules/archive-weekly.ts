import { isWorkingDay, type Span, termsOf, yearOf } from "../calendar.ts";
import { addDays, dayOf, laterDay, startOfDay, weekdayOf } from "../days.ts";
import { endOfDay } from "../deadline.ts";
import { judge } from "../evidence.ts";
import type { Finding } from "../finding.ts";
import { compareClasses } from "../notice/class-order.ts";
import { counted, longSpan } from "../notice/words.ts";
import type { ArchiveRecord } from "../school-lists.ts";
import type { IsoDate } from "../time.ts";
import { calendarGap } from "./calendar-gap.ts";
import { schoolFinding } from "./describe.ts";
import type { Count, SchoolRule } from "./rule.ts";
import type { SchoolCase } from "./school-case.ts";
import { schoolDeadline } from "./school-deadline.ts";

/**
 * Порядок 9: each school week has a verified archive of every class, handed over; each term and year its printed, numbered book. One finding a week, a
 * term or a year, whatever the number of classes. Books are hints as long as nobody has ever told of any.
 */
export const archiveWeekly: SchoolRule = {
  id: "archive-weekly",
  clause: "Порядок, п. 9",
  words: {
    name: "Журнал архивируется и печатается",
    demand: () =>
      "«в конце каждой учебной недели ответственный за работу с электронными журналами проводит процедуру архивации электронных журналов по классам … и сдает архив заместителю директора по УВР», который «распечатывает электронные журналы в конце каждой четверти и учебного года»",
    reckoning:
      "Приказ говорит «в конце»; школа отводит на это столько дней, сколько записано в её настройках. Если последний из них нерабочий – до 24:00 ближайшего рабочего.",
    expected: "по каждому классу проверенный и сданный архив недели или прошитая книга четверти и года",
    ofExpected: "архива или книги по каждому классу",
    titles: {
      late: "архив или печатный журнал сдан позже срока",
      missing: "архива или печатного журнала нет, срок прошёл",
    },
    todo: "сделайте, проверьте и сдайте архив или распечатайте и прошейте журнал, затем загрузите отметку об этом: sverka import archives ФАЙЛ",
    things: ["срок", "срока", "сроков"],
    tell: (findings) =>
      findings.map(({ details, verdict }) => `${spanText(details)} – ${lackText(details, verdict)}`).join("; "),
    known: ({ details, verdict }) =>
      `По загруженному списку ${spanText(details)}: ${lackText(details, verdict)}${classesText(details)}.`,
  },
  lacks: ({ snapshot, calendar, today }) =>
    snapshot.archives === null
      ? "нет данных: об архивах журнала никто не сообщал – sverka import archives ФАЙЛ"
      : calendarGap(calendar, today),
  *check(of, count) {
    const { archives, classes, since } = of.snapshot;
    if (archives === null || since === null) return;
    const began = dayOf(since, of.calendar.zone);
    const told = Map.groupBy(archives, ({ kind, classExternalId }) => `${kind} ${classExternalId}`);
    const recordIn = (kind: ArchiveRecord["kind"], id: string, { from, to }: Span) =>
      told.get(`${kind} ${id}`)?.find((record) => record.from >= from && record.from <= to);
    for (const due of duesOf(of, began)) {
      const done = due.classes.map((id) => doneOn(recordIn(due.kind, id, due), of.today));
      const names = due.classes
        .filter((_, index) => done[index] === null)
        .map((id) => classes.find(({ externalId }) => externalId === id)?.name ?? id);
      const severity =
        due.kind === "week" || archives.some(({ kind }) => kind === due.kind)
          ? ("violation" as const)
          : ("hint" as const);
      yield* findingOf(this, of, count, {
        ...due,
        severity,
        missing: names.toSorted(compareClasses),
        last: names.length > 0 ? null : lastOf(done),
      });
    }
  },
};

interface Due extends Span {
  readonly kind: ArchiveRecord["kind"];
  /** The day from which the policy's days run. */
  readonly event: IsoDate;
  readonly days: number;
  readonly classes: readonly string[];
}

interface Judged extends Due {
  readonly severity: Finding["severity"];
  /** Names of the classes that have none, in the school's order. */
  readonly missing: readonly string[];
  /** When the last class had its own; null while any has none. */
  readonly last: IsoDate | null;
}

function* findingOf(rule: SchoolRule, of: SchoolCase, count: Count, judged: Judged): Iterable<Finding> {
  const { kind, from, to, event, days, severity, missing, last } = judged;
  const { zone } = of.calendar;
  const dueAt = schoolDeadline(of, event, days);
  const sighting = last === null ? null : { absentAt: startOfDay(last, zone), seenAt: endOfDay(last, zone) };
  const verdict = judge(sighting, dueAt, of.asOf);
  if (severity === "violation") count(null, verdict, from);
  if (verdict !== "late" && verdict !== "missing") return;
  const role = kind === "week" ? "ответственный за работу в системе" : "заместитель директора по УВР";
  const details = { what: kind, from, to, classes: missing, role };
  const found = { verdict, settled: last !== null, dueAt, sighting, lastLook: of.asOf, severity, details };
  yield schoolFinding(rule, of, found, { date: from, about: `${kind} ${from}`, accountable: null });
}

/** What is to be there, of this school year and since the service began. */
function* duesOf(of: SchoolCase, began: IsoDate): Iterable<Due> {
  const { calendar, policy, snapshot, today } = of;
  const year = yearOf(calendar, today);
  const keys = snapshot.classes.map(({ externalId, name, grade }) => ({ externalId, key: { className: name, grade } }));
  const start = laterDay(began, year.from);
  const first = start === year.from ? addDays(start, 1 - weekdayOf(start)) : addDays(start, (8 - weekdayOf(start)) % 7);
  for (let from = first; from <= year.to && addDays(from, 6) < today; from = addDays(from, 7)) {
    const days = Array.from({ length: 7 }, (_, index) => addDays(from, index));
    const worked = keys.filter(({ key }) => days.some((day) => isWorkingDay(calendar, day, key)));
    const event = days.findLast((day) => keys.some(({ key }) => isWorkingDay(calendar, day, key)));
    const classes = worked.map(({ externalId }) => externalId);
    if (event !== undefined)
      yield { kind: "week", from, to: addDays(from, 6), event, days: policy.archiveWeekly.days, classes };
  }
  const books = Map.groupBy(
    keys.flatMap(({ externalId, key }) =>
      termsOf(calendar, today, key).map(({ from, to }) => ({ externalId, from, to })),
    ),
    ({ from, to }) => `${from} ${to}`,
  );
  const ended = ({ to }: Span) => to >= began && to < today;
  const bookDays = policy.archiveWeekly.bookDays;
  for (const group of books.values()) {
    const [term] = group;
    if (term === undefined || !ended(term)) continue;
    const classes = group.map(({ externalId }) => externalId);
    yield { kind: "book", from: term.from, to: term.to, event: term.to, days: bookDays, classes };
  }
  if (!ended(year)) return;
  const classes = keys.map(({ externalId }) => externalId);
  yield { kind: "year", from: year.from, to: year.to, event: year.to, days: bookDays, classes };
}

/** An archive is done when it is verified and handed over; a book when it is told to be sewn or handed over. */
function doneOn(record: ArchiveRecord | undefined, today: IsoDate): IsoDate | null {
  if (record === undefined) return null;
  const { kind, verifiedOn, handedOn } = record;
  const days = [verifiedOn, handedOn].flatMap((day) => (day === null || day > today ? [] : day));
  if (days.length < (kind === "week" ? 2 : 1)) return null;
  return lastOf(days);
}

function lastOf(days: readonly (IsoDate | null)[]): IsoDate | null {
  return days.toSorted().at(-1) ?? null;
}

function spanText({ what, from, to }: Finding["details"]): string {
  const span = longSpan(String(from), String(to));
  if (what === "week") return `архив недели ${span}`;
  return what === "year" ? `печатный журнал за год (${span})` : `печатный журнал за период ${span}`;
}

function lackText({ classes }: Finding["details"], verdict: Finding["verdict"]): string {
  const count = Array.isArray(classes) ? classes.length : 0;
  return verdict === "late" ? "сдан позже срока" : `нет у ${counted(count, "класса", "классов", "классов")}`;
}

function classesText({ classes }: Finding["details"]): string {
  return Array.isArray(classes) && classes.length > 0 ? ` (${classes.join(", ")})` : "";
}
