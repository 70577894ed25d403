import { printControl } from "../documents/control/control-print.ts";
import { controlWorkbook } from "../documents/control/control-workbook.ts";
import { renderPlainLetter } from "../documents/mail/plain-letter.ts";
import { controlDocument, peopleOf } from "../domain/control/document.ts";
import { deputyLetter, teacherLetter } from "../domain/control/letters.ts";
import { monthName } from "../domain/control/month.ts";
import type { Reader } from "../domain/people.ts";
import { createReaderFinder } from "../domain/people.ts";
import type { EpochMs } from "../domain/time.ts";
import type { Files } from "../ports/files.ts";
import type { Store } from "../store/connect.ts";
import { noteDelivered, type StoredControl } from "../store/controls.ts";
import { enqueueLetter, type OutboxLetter } from "../store/outbox.ts";
import { type Also, inTransaction } from "../store/transaction.ts";

export interface ControlPapers {
  readonly pdf: Uint8Array;
  readonly xlsx: Uint8Array;
}

/** The control's documents: the same facts give the same papers for ever. */
export async function controlPapers({ facts, conclusion, concludedAt }: StoredControl): Promise<ControlPapers> {
  const document = controlDocument(facts, { conclusion, concluded: concludedAt !== null });
  const [pdf, xlsx] = await Promise.all([printControl(document, facts.madeAt), controlWorkbook(facts)]);
  return { pdf, xlsx };
}

/** Writes the papers, and the conclusion to be edited, into `folder`; answers with their paths. */
export async function filePapers(
  files: Files,
  folder: string,
  control: StoredControl,
  { pdf, xlsx }: ControlPapers,
): Promise<readonly string[]> {
  const name = nameOf(control);
  const paths = [await files.write(folder, `${name}.pdf`, pdf), await files.write(folder, `${name}.xlsx`, xlsx)];
  if (control.concludedAt !== null) return paths;
  const draft = new TextEncoder().encode(`${control.conclusion}\n`);
  return [...paths, await files.write(folder, `Заключение ${control.facts.month}.txt`, draft)];
}

export interface PublishNeeds {
  readonly store: Store;
  readonly schoolId: number;
  readonly sender: string;
  readonly deputyDirector: string | null;
  readonly people: readonly Reader[];
  readonly thanks: boolean;
  readonly now: EpochMs;
  readonly also?: Also;
}

export interface ControlLetter extends Omit<OutboxLetter, "schoolId" | "at"> {
  /** Whose part it is; null: the deputy director's. */
  readonly teacher: string | null;
}

/** Who would be written to now: the deputy director always, each teacher once the conclusion stands. Whoever has no address is named in `unreached`. */
export function controlLetters(
  control: StoredControl,
  { pdf, xlsx }: ControlPapers,
  { sender, deputyDirector, people, thanks }: Pick<PublishNeeds, "sender" | "deputyDirector" | "people" | "thanks">,
): { readonly letters: readonly ControlLetter[]; readonly unreached: readonly string[] } {
  const { facts, concludedAt } = control;
  const concluded = concludedAt !== null;
  const readerOf = createReaderFinder(people);
  const parts = peopleOf(facts).flatMap((teacher) => {
    const letter = teacherLetter(facts, teacher, { thanks });
    return letter === null ? [] : [{ teacher, letter, reader: readerOf(teacher) }];
  });
  const reached = parts.filter(({ reader }) => reader !== null && reader.mail !== "none");
  const unreached = parts.filter((part) => !reached.includes(part)).map(({ teacher }) => teacher);
  const letters: ControlLetter[] = concluded
    ? reached.map(({ teacher, letter, reader }) => ({
        teacher,
        key: `control/${facts.month}/${teacher}`,
        kind: "control",
        from: sender,
        to: [reader?.address ?? ""],
        attachments: [],
        ...renderPlainLetter(letter),
      }))
    : [];
  if (deputyDirector !== null) {
    const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    letters.unshift({
      teacher: null,
      key: `control/${facts.month}/${concluded ? "fixed" : "draft"}`,
      kind: "control",
      from: sender,
      to: [deputyDirector],
      attachments: [
        { name: `${nameOf(control)}.pdf`, type: "application/pdf", content: pdf },
        { name: `${nameOf(control)}.xlsx`, type, content: xlsx },
      ],
      ...renderPlainLetter(deputyLetter(facts, { concluded, unreached })),
    });
  }
  return { letters, unreached };
}

/** Writes the letters into the outbox, each once for ever, and notes the control delivered when its teachers have theirs. Says how many are new. */
export async function publishControl(
  needs: PublishNeeds,
  control: StoredControl,
  letters: readonly ControlLetter[],
): Promise<number> {
  const { store, schoolId, now, also } = needs;
  return inTransaction(store, async (client) => {
    let fresh = 0;
    for (const { teacher: _, key, ...letter } of letters) {
      if (await enqueueLetter(client, { ...letter, key: `${schoolId}/${key}`, schoolId, at: now })) fresh += 1;
    }
    if (control.concludedAt !== null) await noteDelivered(client, schoolId, control.facts.month, now);
    await also?.(client);
    return fresh;
  });
}

function nameOf({ facts: { month, number, simulation } }: StoredControl): string {
  return `${simulation ? "УЧЕБНЫЙ " : ""}Контроль ${number} за ${monthName(month).replaceAll("\u00a0", " ").replace(/\.$/, "")}`;
}
