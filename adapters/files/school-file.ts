import { z } from "zod";
import { defaultSettings } from "../../src/domain/settings.ts";
import { clockTime, list, mailAddress, section, text, weekday, whole, zone } from "./fields.ts";

const { school, calendar } = defaultSettings;
const { mail, journal, access } = school;

/** `config/school.yaml`: the school's name, zone and weekdays, its letters, and how politely the journal is asked. */
export const schoolFile = section({
  name: text().nullable().default(school.name),
  zone: zone().default(school.zone),
  workingWeekdays: list(weekday())
    .min(1, "нужен хотя бы один рабочий день")
    .default([...calendar.workingWeekdays]),
  mail: section({
    deputyDirector: mailAddress().nullable().default(mail.deputyDirector),
    sender: mailAddress().default(mail.sender),
    administrator: mailAddress().nullable().default(mail.administrator),
    pupils: z
      .enum(["number", "surname"], { error: "нужно number (номер по списку) или surname (фамилия и инициал)" })
      .default(mail.pupils),
    quiet: section({ from: clockTime().default(mail.quiet.from), to: clockTime().default(mail.quiet.to) }),
    remindDays: whole(0, 60).default(mail.remindDays),
  }),
  journal: section({
    inFlight: whole(1, 16).default(journal.inFlight),
    pauseMs: whole(0, 60_000).default(journal.pauseMs),
    requestSeconds: whole(1, 600).default(journal.requestSeconds),
    passMinutes: whole(1, 1_440).default(journal.passMinutes),
    retries: whole(0, 10).default(journal.retries),
  }),
  access: section({
    idleMinutes: whole(5, 480).default(access.idleMinutes),
    hours: whole(1, 24).default(access.hours),
  }),
  passes: list(clockTime())
    .min(1, "нужен хотя бы один проход в день")
    .transform((times) => [...new Set(times)].sort())
    .default([...school.passes]),
});
