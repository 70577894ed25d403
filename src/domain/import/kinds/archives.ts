import { addDays, weekdayOf } from "../../days.ts";
import { folded } from "../../fold.ts";
import { coversDays } from "../coverage.ts";
import { type ListKind, optional, required } from "../list-kind.ts";

/** Архивы («Порядок», п. 9): of a week, or the printed book of a term or a year; «все классы» is a record for each. */
export const archives: ListKind = {
  id: "archives",
  title: "архивы",
  columns: {
    kind: required("Вид"),
    date: required("Начало"),
    class: optional("Класс"),
    verified: optional("Проверен"),
    handed: optional("Передан"),
  },
  key: ["kind", "startsOn", "classExternalId"],
  read(row, directory) {
    const kind = row.choice("kind", ["week", "book", "year"]);
    const day = row.needDay("date");
    // Whatever day of the week is written: an archive of a week begins with its Monday.
    const startsOn = kind === "week" && day !== "" ? addDays(day, 1 - weekdayOf(day)) : day;
    const [verifiedOn, handedOn] = [row.day("verified"), row.day("handed")];
    const every = ["", ...row.words.everyClass.map(folded)].includes(folded(row.text("class")));
    const classes = every ? directory.classes : [row.class("class")];
    return classes.map(({ externalId }) => ({ kind, startsOn, classExternalId: externalId, verifiedOn, handedOn }));
  },
  covers: (records) => coversDays(records, "startsOn"),
  say: (record, names) =>
    `${kinds[String(record.kind)] ?? ""} с ${record.startsOn} · ${names.class(record.classExternalId)}${record.verifiedOn === null ? " · не проверен" : ` · проверен ${record.verifiedOn}`}${record.handedOn === null ? " · не передан" : ` · передан ${record.handedOn}`}`,
};

const kinds: Readonly<Record<string, string>> = { week: "неделя", book: "книга", year: "книга года" };
