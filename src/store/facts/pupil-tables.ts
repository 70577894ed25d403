import type { EntryRow, FinalMarkRow, MessageRow } from "../../ports/journal.ts";
import type { FactTable } from "./table.ts";

/** A message with the hash that stands for the id which the journal does not give. */
export interface KeyedMessage extends MessageRow {
  readonly hash: string;
}

export const entryTable: FactTable<EntryRow> = {
  table: "entry",
  fact: "entry",
  key: [{ name: "lesson_external_id", type: "text", of: (row) => row.lessonExternalId }],
  content: [
    { name: "date", type: "date", of: (row) => row.date },
    { name: "subject_external_id", type: "text", of: (row) => row.subjectExternalId },
    { name: "text", type: "text", of: (row) => row.text },
    { name: "comment", type: "text", of: (row) => row.comment },
  ],
};

export const finalMarkTable: FactTable<FinalMarkRow> = {
  table: "final_mark",
  fact: "final",
  key: [
    { name: "term_external_id", type: "text", of: (row) => row.termExternalId },
    { name: "subject_external_id", type: "text", of: (row) => row.subjectExternalId },
  ],
  content: [{ name: "text", type: "text", of: (row) => row.text }],
};

export const messageTable: FactTable<KeyedMessage> = {
  table: "message",
  fact: "message",
  key: [{ name: "hash", type: "text", of: (row) => row.hash }],
  content: [
    { name: "teacher_external_id", type: "text", of: (row) => row.teacherExternalId },
    { name: "subject_external_id", type: "text", of: (row) => row.subjectExternalId },
    { name: "date", type: "date", of: (row) => row.date },
    { name: "text", type: "text", of: (row) => row.text },
  ],
};
