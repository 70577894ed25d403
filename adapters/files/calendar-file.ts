import { z } from "zod";
import { schoolYearOf } from "../../src/domain/calendar.ts";
import { contradictions } from "./calendar-contradictions.ts";
import { date, grades, keys, list, section, text, whole } from "./fields.ts";

const backwards = "начало позже конца: поменяйте даты местами";

const span = { from: date(), to: date() };
const inOrder = (value: { from: string; to: string }) => value.from <= value.to;
const named = keys({ name: text(), ...span }).refine(inOrder, { path: ["to"], error: backwards });

const classes = list(text()).nullable().default(null);

const group = keys({
  name: text(),
  grades: grades(),
  terms: list(named).default([]),
  holidays: list(named).default([]),
});

const closedDays = keys({ ...span, reason: text(), classes }).refine(inOrder, {
  path: ["to"],
  error: backwards,
});

const shortenedDay = keys({ date: date(), fromLesson: whole(1, 15), reason: text(), classes });

const bell = z
  .string({ error: "нужны начало и конец урока вида 08:30-09:15 в кавычках" })
  .transform((value, context) => {
    const [, from, to] = /^\s*(\d{1,2}:\d{2})\s*[-–—]\s*(\d{1,2}:\d{2})\s*$/.exec(value) ?? [];
    const [begins, ends] = [from?.padStart(5, "0") ?? "", to?.padStart(5, "0") ?? ""];
    if ([begins, ends].every((time) => /^([01]\d|2[0-3]):[0-5]\d$/.test(time)) && begins < ends)
      return { from: begins, to: ends };
    context.addIssue({ code: "custom", message: "нужны начало и конец урока вида 08:30-09:15 в кавычках" });
    return z.NEVER;
  });

const shift = keys({
  name: text(),
  grades: grades().default([]),
  classes: list(text()).default([]),
  bells: list(bell)
    .min(1, "нужен хотя бы один урок")
    .superRefine((bells, context) => {
      const index = bells.findIndex(({ from }, at) => from < (bells[at - 1]?.to ?? ""));
      const message = "урок начинается раньше, чем кончается предыдущий";
      if (index >= 0) context.addIssue({ code: "custom", path: [index], message });
    }),
}).refine((value) => value.grades.length + value.classes.length > 0, {
  path: ["name"],
  error: "нужно, кто учится в эту смену: grades или classes",
});

const result = keys({ term: text(), on: date(), grades: grades().nullable().default(null), classes });

const year = keys({ ...span, confirmed: z.boolean({ error: "нужно true или false" }).default(true) })
  .refine(inOrder, { path: ["to"], error: backwards })
  .refine(({ from, to }) => schoolYearOf(from) === schoolYearOf(to), {
    path: ["to"],
    error: "учебный год длится с августа по июль следующего года",
  });

const OF_A_YEAR = ["groups", "closed", "shortened", "shifts", "results"] as const;

/** `config/calendar/<year>.yaml`: one school year with the national days off in it. */
export const calendarFile = section({
  schoolYear: year.optional(),
  groups: list(group)
    .superRefine((groups, context) => {
      const seen = new Map<number, string>();
      for (const [index, { name, grades: named }] of groups.entries()) {
        const twice = named.find((grade) => seen.has(grade));
        const before = twice === undefined ? undefined : seen.get(twice);
        for (const grade of named) seen.set(grade, name);
        if (twice === undefined) continue;
        const message = `класс ${twice} уже назван в группе «${before}»`;
        context.addIssue({ code: "custom", path: [index, "grades"], message });
      }
    })
    .default([]),
  closed: list(closedDays).default([]),
  shortened: list(shortenedDay).default([]),
  shifts: list(shift).default([]),
  results: list(result).default([]),
  national: section({ daysOff: list(date()).default([]), workingDays: list(date()).default([]) }),
})
  .refine((file) => file.schoolYear !== undefined || OF_A_YEAR.every((key) => file[key].length === 0), {
    path: ["schoolYear"],
    error: "нужны первый и последний день учебного года (from, to)",
  })
  .superRefine((file, context) => {
    for (const { path, message } of contradictions(file))
      context.addIssue({ code: "custom", path: [...path], message });
  });

export type CalendarFile = z.output<typeof calendarFile>;
