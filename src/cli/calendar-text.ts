import { type ClassKey, concerns, type SchoolCalendar, type SchoolYear, shiftOf } from "../domain/calendar.ts";
import type { DayKind, DayView, YearView } from "../domain/calendar-view.ts";
import { weekdayOf } from "../domain/days.ts";
import { longDay, longSpan } from "../domain/notice/words.ts";

const MONTHS = [
  "Январь",
  "Февраль",
  "Март",
  "Апрель",
  "Май",
  "Июнь",
  "Июль",
  "Август",
  "Сентябрь",
  "Октябрь",
  "Ноябрь",
  "Декабрь",
];
const MARKS: Readonly<Record<DayKind, string>> = {
  outside: "-",
  national: "п",
  closed: "з",
  holidays: "к",
  partly: "ч",
  weekend: "·",
  working: " ",
};
const WIDTH = 5;
const SIDE_BY_SIDE = 3;

/** The year as grids of months, three beside each other, with a legend and what stands behind the marks. */
export function calendarText(view: YearView, calendar: SchoolCalendar, of: ClassKey | null): string {
  const { year, days } = view;
  const months = [...Map.groupBy(days, ({ date }) => date.slice(0, 7)).values()].map(monthGrid);
  const grids: string[] = [];
  for (let index = 0; index < months.length; index += SIDE_BY_SIDE) {
    const row = months.slice(index, index + SIDE_BY_SIDE);
    const height = Math.max(...row.map((lines) => lines.length));
    for (let line = 0; line < height; line++)
      grids.push(
        row
          .map((lines) => (lines[line] ?? "").padEnd(WIDTH * 7))
          .join("  ")
          .trimEnd(),
      );
    grids.push("");
  }
  const whose = of === null ? "вся школа" : `класс ${of.className}`;
  const assumed = year.assumed ? " Сроки предположены: сверьте их и напишите в файле confirmed: true." : "";
  return `${[`Учебный год: ${longSpan(year.from, year.to)}, ${whose}.${assumed}`, "", ...grids, ...LEGEND, "", ...details(view, calendar, of)].join("\n")}\n`;
}

function monthGrid(days: readonly DayView[]): string[] {
  const [first] = days;
  if (first === undefined) return [];
  const title = `${MONTHS[Number(first.date.slice(5, 7)) - 1]} ${first.date.slice(0, 4)}`;
  const cells = [...Array.from({ length: weekdayOf(first.date) - 1 }, () => " ".repeat(WIDTH)), ...days.map(cellOf)];
  const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) =>
    cells.slice(week * 7, week * 7 + 7).join(""),
  );
  return [title, " пн   вт   ср   чт   пт   сб   вс", ...weeks];
}

function cellOf({ date, kind, transferred, begins, ends, shortenedFrom, results }: DayView): string {
  const mark =
    shortenedFrom !== null && kind !== "outside" ? "с" : transferred && kind !== "outside" ? "т" : MARKS[kind];
  const edge = ends ? "]" : results && kind !== "outside" ? "и" : " ";
  return `${begins ? "[" : " "}${String(Number(date.slice(8))).padStart(2)}${mark}${edge}`;
}

const LEGEND = [
  "[ ] первый и последний день периода   · выходной   к каникулы   ч каникулы или закрыто у части классов   п праздник",
  "т перенос: выходной или рабочий день по производственному календарю   з закрыто   с уроки кончились раньше   и итоги   - вне года",
];

function details({ year, terms }: YearView, calendar: SchoolCalendar, of: ClassKey | null): string[] {
  const forWhom = (classes: readonly string[] | null) => (classes === null ? "" : `, ${classes.join(", ")}`);
  const groups =
    of === null ? year.groups : year.groups.filter(({ grades }) => of.grade !== null && grades.includes(of.grade));
  const shifts =
    of === null ? (year.shifts ?? []) : [shiftOf(calendar, year.from, of)].filter((shift) => shift !== null);
  const mine = (line: { readonly classes: readonly string[] | null }) => of === null || concerns(line, of.className);
  return [
    ...section(
      "Периоды",
      terms.map(({ name, from, to }) => `${name}: ${longSpan(from, to)}`),
    ),
    ...groups.flatMap(({ name, holidays }) =>
      section(
        `Каникулы, ${name}`,
        holidays.map((one) => `${one.name}: ${longSpan(one.from, one.to)}`),
      ),
    ),
    ...section(
      "Закрыто",
      year.closed
        .filter(mine)
        .map(({ from, to, reason, classes }) => `${longSpan(from, to)}: ${reason}${forWhom(classes)}`),
    ),
    ...section("Уроки кончились раньше", (year.shortened ?? []).filter(mine).map(shortenedText)),
    ...section(
      "Итоги",
      (year.results ?? [])
        .filter(mine)
        .map(
          ({ term, on, grades, classes }) =>
            `${term}: ${longDay(on)}${grades === null ? "" : `, ${grades.join(", ")} кл.`}${forWhom(classes)}`,
        ),
    ),
    ...section(
      "Смены",
      shifts.map(({ name, bells }) => `${name}: ${bells.map(({ from, to }) => `${from}–${to}`).join(", ")}`),
    ),
  ];
}

function shortenedText({ date, fromLesson, reason, classes }: NonNullable<SchoolYear["shortened"]>[number]): string {
  return `${longDay(date)}: с ${fromLesson}-го урока, ${reason}${classes === null ? "" : `, ${classes.join(", ")}`}`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line}`)];
}
