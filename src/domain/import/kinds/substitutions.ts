import { coversDays } from "../coverage.ts";
import { type ListKind, optional, required } from "../list-kind.ts";

/** Замены: who stood in for whom on which days, everywhere or in one class or subject. */
export const substitutions: ListKind = {
  id: "substitutions",
  title: "замены",
  columns: {
    date: required("Дата"),
    until: optional("По"),
    absent: required("Кого заменяют"),
    substitute: required("Кто заменяет"),
    class: optional("Класс"),
    subject: optional("Предмет"),
  },
  key: ["startsOn", "endsOn", "absent", "substitute", "classExternalId", "subjectExternalId"],
  read(row) {
    const startsOn = row.needDay("date");
    const endsOn = row.day("until") ?? startsOn;
    if (endsOn < startsOn) row.refuse("последний день замены раньше первого");
    const [absent, substitute] = [row.person("absent"), row.person("substitute")];
    if (absent.name !== "" && absent.name === substitute.name) row.refuse("учитель заменяет сам себя");
    return [
      {
        startsOn,
        endsOn,
        absent: absent.name,
        absentExternalId: absent.externalId,
        substitute: substitute.name,
        substituteExternalId: substitute.externalId,
        classExternalId: row.text("class") === "" ? null : row.class("class").externalId,
        subjectExternalId: row.text("subject") === "" ? null : row.subject("subject").externalId,
      },
    ];
  },
  covers: (records) => coversDays(records, "startsOn"),
  say: (record, names) =>
    `${record.startsOn}${record.endsOn === record.startsOn ? "" : `…${record.endsOn}`} · ${record.absent} → ${record.substitute}${record.classExternalId === null ? "" : ` · ${names.class(record.classExternalId)}`}${record.subjectExternalId === null ? "" : ` · ${names.subject(record.subjectExternalId)}`}`,
};
