import { coversDays } from "../coverage.ts";
import { type ListKind, optional, required } from "../list-kind.ts";

/** Просмотры дневника и ознакомления с итоговыми отметками («Регламент», п. 6). */
export const looks: ListKind = {
  id: "looks",
  title: "просмотры",
  columns: {
    class: optional("Класс"),
    pupil: required("Ученик"),
    pupilNumber: optional("Номер ученика"),
    date: required("Дата"),
    kind: optional("Вид"),
  },
  key: ["pupilExternalId", "on", "kind"],
  read: (row) => [
    {
      pupilExternalId: row.pupil().externalId,
      on: row.needDay("date"),
      kind: row.choice("kind", ["look", "acknowledged"], "look"),
    },
  ],
  covers(records, directory) {
    const classes = new Map(directory.pupils.map((pupil) => [pupil.externalId, pupil.classExternalId]));
    const days = coversDays(records, "on");
    const classOf = (record: (typeof records)[number]) => classes.get(String(record.pupilExternalId)) ?? null;
    const told = new Set(records.map(classOf));
    return {
      said: `${days.said}, классов: ${told.size}`,
      holds: (record) => days.holds(record) && told.has(classOf(record)),
    };
  },
  say: (record, names) =>
    `${names.classOf(record.pupilExternalId)} · ученик ${record.pupilExternalId} · ${record.on} · ${record.kind === "look" ? "просмотр" : "ознакомлен(а) с итоговыми"}`,
};
