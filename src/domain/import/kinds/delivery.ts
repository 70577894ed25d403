import { coversClasses } from "../coverage.ts";
import { type ListKind, optional, required } from "../list-kind.ts";

/** Список семей («Регламент», пп. 2 и 5): who agreed to be told in which way. */
export const delivery: ListKind = {
  id: "delivery",
  title: "список семей",
  columns: {
    class: optional("Класс"),
    pupil: required("Ученик"),
    pupilNumber: optional("Номер ученика"),
    guardian: required("Родитель"),
    way: required("Способ"),
    basis: optional("Основание"),
    date: optional("Дата"),
    address: optional("Адрес"),
    largePrint: optional("Крупный шрифт"),
    plain: optional("Простой язык"),
  },
  key: ["pupilExternalId", "guardian"],
  read(row) {
    return [
      {
        pupilExternalId: row.pupil().externalId,
        guardian: row.needText("guardian", 200),
        way: row.choice("way", ["electronic", "paper"]),
        basis: row.text("basis") || null,
        agreedOn: row.day("date"),
        address: row.text("address") || null,
        largePrint: row.yes("largePrint"),
        plain: row.yes("plain"),
      },
    ];
  },
  covers(records, directory) {
    const classes = new Map(directory.pupils.map((pupil) => [pupil.externalId, pupil.classExternalId]));
    return coversClasses(records, directory, (record) => classes.get(String(record.pupilExternalId)));
  },
  say: (record, names) =>
    `${names.classOf(record.pupilExternalId)} · ученик ${record.pupilExternalId} · ${record.way === "paper" ? "на бумаге" : "электронно"}${record.basis === null ? "" : ` · ${record.basis}`}${record.agreedOn === null ? "" : ` · ${record.agreedOn}`}${record.largePrint ? " · крупный шрифт" : ""}${record.plain ? " · простым языком" : ""}`,
};
