import { coversClasses } from "../coverage.ts";
import { type ListKind, optional, required } from "../list-kind.ts";
import { groupOf } from "./load.ts";

/** Календарно-тематическое планирование: class × subject × number × topic × hours × day. A file is often about one class and one subject. */
export const plan: ListKind = {
  id: "plan",
  title: "КТП",
  columns: {
    class: required("Класс"),
    subject: required("Предмет"),
    group: optional("Группа"),
    number: required("№"),
    topic: required("Тема"),
    hours: optional("Часы"),
    date: optional("Дата"),
  },
  key: ["classExternalId", "subjectExternalId", "group", "number"],
  read(row) {
    return [
      {
        classExternalId: row.class("class").externalId,
        subjectExternalId: row.subject("subject").externalId,
        group: groupOf(row),
        number: row.number("number", { above: 0, most: 2_000, whole: true }),
        plannedOn: row.day("date"),
        topic: row.needText("topic", 1_000),
        hours: row.number("hours", { above: 0, most: 200, otherwise: 1 }),
      },
    ];
  },
  covers(records, directory) {
    const page = (record: (typeof records)[number]) =>
      [record.classExternalId, record.subjectExternalId, record.group].join("/");
    const told = new Set(records.map(page));
    const { said } = coversClasses(records, directory);
    return { said: `${said}, планов: ${told.size}`, holds: (record) => told.has(page(record)) };
  },
  say: (record, names) =>
    `${names.class(record.classExternalId)} · ${names.subject(record.subjectExternalId)}${record.group === "" ? "" : ` · группа ${record.group}`} · № ${record.number} · ${record.topic}${record.plannedOn === null ? "" : ` · ${record.plannedOn}`} · ${String(record.hours).replace(".", ",")} ч.`,
};
