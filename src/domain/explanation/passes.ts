import { dayOf } from "../days.ts";
import type { Finding } from "../finding.ts";
import { counted, longDay } from "../notice/words.ts";
import { clockTime } from "../russian.ts";
import type { EpochMs } from "../time.ts";

/** A pass as an explanation needs it. */
export interface PassNote {
  readonly id: number;
  readonly startedAt: EpochMs;
  readonly finishedAt: EpochMs | null;
  readonly state: "running" | "done" | "trouble" | "failed" | "interrupted";
}

const states: Readonly<Record<PassNote["state"], string>> = {
  running: "ещё идёт",
  done: "завершён",
  trouble: "завершён, часть страниц не прочитана",
  failed: "не удался",
  interrupted: "прерван",
};

/** A case of weeks has hundreds of passes: its ends and what decided it are enough. */
const mostAtAnEnd = 5;

/** One line a pass: when it was, how it ended, and what it tells about this finding. */
export function passLines({ absentAt, seenAt }: Finding, passes: readonly PassNote[], zone: string): readonly string[] {
  const ordered = passes.toSorted((one, other) => one.startedAt - other.startedAt);
  const absentIn = absentAt === null ? undefined : ordered.findLast((pass) => pass.startedAt <= absentAt);
  const seenIn = seenAt === null ? undefined : ordered.findLast((pass) => pass.startedAt <= seenAt);
  const few = ordered.filter((pass, index) => {
    const atAnEnd = index < mostAtAnEnd || index >= ordered.length - mostAtAnEnd;
    return atAnEnd || pass === absentIn || pass === seenIn;
  });
  const left = ordered.length - few.length;
  return [
    ...few.map((pass) => {
      const told = tellingOf(pass, absentIn, seenIn);
      return `– проход № ${pass.id}, ${spanOf(pass, zone)}: ${states[pass.state]}${told === "" ? "" : `; ${told}`}`;
    }),
    ...(left > 0 ? [`– … и ещё ${counted(left, "проход", "прохода", "проходов")}`] : []),
  ];
}

function tellingOf(pass: PassNote, absentIn: PassNote | undefined, seenIn: PassNote | undefined): string {
  if (pass === seenIn && pass === absentIn) return "за время прохода запись появилась";
  if (pass === absentIn) return "страница прочитана, записи на ней нет";
  if (pass === seenIn) return "запись увидели впервые";
  if (pass.state === "failed") return "ничего не доказывает";
  const between = seenIn !== undefined && pass.startedAt < seenIn.startedAt;
  return between && (absentIn === undefined || pass.startedAt > absentIn.startedAt)
    ? "эту страницу прочитать не удалось, поэтому ничего не доказывает"
    : "";
}

function spanOf({ startedAt, finishedAt }: PassNote, zone: string): string {
  const start = `${longDay(dayOf(startedAt, zone))}, ${clockTime(startedAt, zone)}`;
  if (finishedAt === null) return start;
  const end = clockTime(finishedAt, zone);
  const otherDay = dayOf(finishedAt, zone) !== dayOf(startedAt, zone);
  return otherDay ? `${start} – ${longDay(dayOf(finishedAt, zone))}, ${end}` : `${start}–${end}`;
}
