import { coversClasses } from "../coverage.ts";
import { type ListKind, required } from "../list-kind.ts";

/** Учебный план: class × subject × hours a week. */
export const curriculum: ListKind = {
  id: "curriculum",
  title: "учебный план",
  columns: { class: required("Класс"), subject: required("Предмет"), hours: required("Часов в неделю") },
  key: ["classExternalId", "subjectExternalId"],
  read(row) {
    if (/^0+([.,]0+)?$|^[-–—]$/.test(row.text("hours"))) row.leaveOut("часов нет");
    return [
      {
        classExternalId: row.class("class").externalId,
        subjectExternalId: row.subject("subject").externalId,
        weeklyHours: row.leftOut === null ? row.number("hours", { above: 0, most: 40 }) : 0,
      },
    ];
  },
  covers: (records, directory) => coversClasses(records, directory),
  say: (record, names) =>
    `${names.class(record.classExternalId)} · ${names.subject(record.subjectExternalId)} · ${String(record.weeklyHours).replace(".", ",")} ч. в неделю`,
};
