import { z } from "zod";
import { nearest } from "../../src/domain/nearest.ts";

/** What the configuration's fields have in common: each says in Russian what it wants. */

/** A list of keys and nothing else; an unknown key is refused with the nearest known one. */
export function keys<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== "unrecognized_keys") return "нужны ключи с отступом под этим словом";
      const [key] = issue.keys as string[];
      const meant = nearest(key ?? "", known);
      const hint = meant === null ? `возможные ключи: ${known.join(", ")}` : `возможно, вы имели в виду «${meant}»`;
      return `неизвестный ключ «${key}»: ${hint}`;
    },
  });
}

/** Keys that may all be left out. */
export function section<Shape extends z.ZodRawShape>(shape: Shape) {
  return keys(shape).prefault({} as never);
}

export function text() {
  const error = "нужен текст";
  return z.union([z.string(), z.number()], { error }).transform(String).pipe(z.string().trim().min(1, error));
}

export function whole(least: number, most: number) {
  const error = `нужно целое число от ${least} до ${most}`;
  return z.number({ error }).int(error).min(least, error).max(most, error);
}

export function share() {
  const error = "нужна доля от 0 до 1, например 0.2";
  return z.number({ error }).min(0, error).max(1, error);
}

export function yesNo() {
  return z.boolean({ error: "нужно true (да) или false (нет)" });
}

export function list<Item extends z.ZodType>(item: Item) {
  return z.array(item, { error: "нужен список" });
}

export function date() {
  const error = "нужна дата вида 2026-09-01";
  return z.string({ error }).refine(isDate, { error });
}

/** `HH:MM` of a day. */
export function clockTime() {
  const error = "нужно время вида 07:30 в кавычках";
  return z.string({ error }).regex(/^([01]\d|2[0-3]):[0-5]\d$/, error);
}

const weekdays = ["пн", "вт", "ср", "чт", "пт", "сб", "вс"] as const;

/** A day of the week by its Russian name: 1 Monday … 7 Sunday. */
export function weekday() {
  const error = `нужен день недели: ${weekdays.join(", ")}`;
  return z.enum(weekdays, { error }).transform((day) => weekdays.indexOf(day) + 1);
}

export function mailAddress() {
  const error = "нужен адрес почты вида imya@shkola.ru";
  return z.string({ error }).regex(/^[^\s@<>,;"]+@[^\s@<>,;"]+$/, error);
}

export function zone() {
  const error = "нужен часовой пояс вида Europe/Moscow";
  return z.string({ error }).refine(isZone, { error });
}

/** `2-10`, a single grade, or a list of both: the grades in it, 0 preparatory … 12. */
export function grades() {
  const error = "нужны классы от 0 (подготовительный) до 12, например 2-10";
  const one = z.union([z.string(), z.number()], { error });
  return z.union([one, z.array(one)], { error }).transform((value, context) => {
    const found = [value].flat().flatMap((part) => gradesIn(String(part)) ?? [Number.NaN]);
    if (found.length > 0 && !found.some(Number.isNaN)) return [...new Set(found)].sort((a, b) => a - b);
    context.addIssue({ code: "custom", message: error });
    return z.NEVER;
  });
}

/** `2-10` or a single grade, as its two ends. */
export function gradeRange() {
  return grades().transform((found, context) => {
    const [from, to] = [found[0], found.at(-1)];
    if (from !== undefined && to !== undefined && to - from === found.length - 1) return { from, to };
    context.addIssue({ code: "custom", message: "нужны классы подряд, например 2-10" });
    return z.NEVER;
  });
}

function gradesIn(part: string): readonly number[] | null {
  const [, first, last] = /^\s*(\d{1,2})\s*(?:[-–—]\s*(\d{1,2}))?\s*$/.exec(part) ?? [];
  const from = Number(first ?? Number.NaN);
  const to = last === undefined ? from : Number(last);
  if (!(from <= to && to <= 12)) return null;
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function isDate(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  try {
    return Temporal.PlainDate.from(value).toString() === value;
  } catch {
    return false;
  }
}

function isZone(value: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(value);
    return /^[A-Za-z]/.test(value);
  } catch {
    return false;
  }
}
