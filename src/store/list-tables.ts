import type { ImportKind } from "../domain/import/settings.ts";

/** A field of a list's record as the database has it. */
export interface ListColumn {
  readonly field: string;
  readonly column: string;
  readonly type: "text" | "int" | "float8" | "date" | "bool";
  /** Part of what makes a record the same one; `nullable`: and may be null. */
  readonly key?: "plain" | "nullable";
}

export interface ListTable {
  readonly table: string;
  readonly columns: readonly ListColumn[];
}

const klass: ListColumn = { field: "classExternalId", column: "class_external_id", type: "text", key: "plain" };
const subject: ListColumn = { field: "subjectExternalId", column: "subject_external_id", type: "text", key: "plain" };
const pupil: ListColumn = { field: "pupilExternalId", column: "pupil_external_id", type: "text", key: "plain" };
const group: ListColumn = { field: "group", column: '"group"', type: "text", key: "plain" };
const plain = (field: string, column: string, type: ListColumn["type"]): ListColumn => ({ field, column, type });
const key = (field: string, column: string, type: ListColumn["type"]): ListColumn => ({
  field,
  column,
  type,
  key: "plain",
});

/** Where each imported list is kept. */
export const LIST_TABLES: { readonly [Kind in ImportKind]: ListTable } = {
  curriculum: { table: "curriculum_row", columns: [klass, subject, plain("weeklyHours", "weekly_hours", "float8")] },
  load: {
    table: "load_row",
    columns: [
      klass,
      subject,
      group,
      key("holder", "holder", "text"),
      plain("holderExternalId", "holder_external_id", "text"),
      plain("weeklyHours", "weekly_hours", "float8"),
    ],
  },
  plan: {
    table: "planned_topic",
    columns: [
      klass,
      subject,
      group,
      key("number", "number", "int"),
      plain("plannedOn", "planned_on", "date"),
      plain("topic", "topic", "text"),
      plain("hours", "hours", "float8"),
    ],
  },
  delivery: {
    table: "delivery_agreement",
    columns: [
      pupil,
      key("guardian", "guardian", "text"),
      plain("way", "way", "text"),
      plain("basis", "basis", "text"),
      plain("agreedOn", "agreed_on", "date"),
      plain("address", "address", "text"),
      plain("largePrint", "large_print", "bool"),
      plain("plain", "plain", "bool"),
    ],
  },
  substitutions: {
    table: "substitution",
    columns: [
      key("startsOn", "starts_on", "date"),
      key("endsOn", "ends_on", "date"),
      key("absent", "absent", "text"),
      plain("absentExternalId", "absent_external_id", "text"),
      key("substitute", "substitute", "text"),
      plain("substituteExternalId", "substitute_external_id", "text"),
      { ...klass, key: "nullable" },
      { ...subject, key: "nullable" },
    ],
  },
  looks: {
    table: "parent_look",
    columns: [pupil, key("on", '"on"', "date"), key("kind", "kind", "text")],
  },
  archives: {
    table: "archive_record",
    columns: [
      key("kind", "kind", "text"),
      key("startsOn", "starts_on", "date"),
      klass,
      plain("verifiedOn", "verified_on", "date"),
      plain("handedOn", "handed_on", "date"),
    ],
  },
};
