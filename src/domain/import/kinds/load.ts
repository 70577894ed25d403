import { folded } from "../../fold.ts";
import { coversClasses } from "../coverage.ts";
import { type ListKind, optional, required } from "../list-kind.ts";
import type { RowReader } from "../row-reader.ts";

/** Распределение нагрузки: class × subject × group × hours × teacher. */
export const load: ListKind = {
  id: "load",
  title: "нагрузка",
  columns: {
    class: required("Класс"),
    subject: required("Предмет"),
    group: optional("Группа"),
    hours: required("Часов в неделю"),
    teacher: required("Учитель"),
  },
  key: ["classExternalId", "subjectExternalId", "group", "holder"],
  read(row) {
    const teacher = row.person("teacher");
    return [
      {
        classExternalId: row.class("class").externalId,
        subjectExternalId: row.subject("subject").externalId,
        group: groupOf(row),
        holder: teacher.name,
        holderExternalId: teacher.externalId,
        weeklyHours: row.number("hours", { above: 0, most: 40 }),
      },
    ];
  },
  covers: (records, directory) => coversClasses(records, directory),
  say: (record, names) =>
    `${names.class(record.classExternalId)} · ${names.subject(record.subjectExternalId)}${record.group === "" ? "" : ` · группа ${record.group}`} · ${String(record.weeklyHours).replace(".", ",")} ч. в неделю · ${record.holder}${record.holderExternalId === null ? " (без номера в журнале)" : ""}`,
};

/** «» is the whole class; «1 группа» and «гр. 1» are group «1», as the journal numbers them. */
export function groupOf(row: RowReader): string {
  const written = row.text("group");
  const whole = ["", ...row.words.wholeClass.map(folded)].includes(folded(written));
  return whole ? "" : written.replace(/\s*(под)?гр(уппа|\.)?\s*/gi, "").replace(/^№\s*/, "") || written;
}
