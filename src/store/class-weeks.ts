import type { Span } from "../domain/calendar.ts";
import type { EpochMs, IsoDate } from "../domain/time.ts";
import { rowTypes, type Store } from "./connect.ts";

/** What a class teacher's weekly letter needs of one class. */
export interface ClassWeekFacts {
  readonly className: string;
  readonly classTeacher: string;
  readonly pupils: readonly string[];
  /** Cells of the span's lessons, as they stand. */
  readonly cells: readonly { readonly pupil: string; readonly date: IsoDate; readonly text: string }[];
  /** Pupils whose newest notice nobody told to be handed out. */
  readonly toHandOut: readonly string[];
  readonly rosterChanges: number;
}

/** Every class that has a teacher, with the span's cells; facts that vanished are left out. */
export async function classWeeks(store: Store, schoolId: number, span: Span, now: EpochMs): Promise<ClassWeekFacts[]> {
  const query = async <Row extends object>(text: string, values: unknown[]) =>
    (await store.pool.query<Row>({ text, values: [schoolId, ...values], types: rowTypes })).rows;
  const classes = await query<{ id: string; className: string; classTeacher: string }>(
    `SELECT external_id AS id, name AS "className", class_teacher AS "classTeacher" FROM class_group
     WHERE school_id = $1 AND gone_at IS NULL AND class_teacher IS NOT NULL ORDER BY 1`,
    [],
  );
  const pupils = await query<{ pupil: string; klass: string }>(
    "SELECT external_id AS pupil, class_external_id AS klass FROM pupil WHERE school_id = $1 AND gone_at IS NULL AND class_external_id IS NOT NULL",
    [],
  );
  const cells = await query<{ klass: string; pupil: string; date: IsoDate; text: string }>(
    `SELECT class_external_id AS klass, pupil_external_id AS pupil, date, text FROM entry
     WHERE school_id = $1 AND date BETWEEN $2 AND $3 AND vanished_at IS NULL ORDER BY date`,
    [span.from, span.to],
  );
  const printed = await query<{ pupil: string }>(
    `SELECT pupil FROM (SELECT DISTINCT ON (pupil_external_id) pupil_external_id AS pupil, handed_at FROM notice
       WHERE school_id = $1 AND printed_at <= $2 AND withdrawn_at IS NULL ORDER BY pupil_external_id, printed_at DESC, id DESC) latest
     WHERE handed_at IS NULL`,
    [new Date(now)],
  );
  const changes = await query<{ klass: string; n: number }>(
    `SELECT coalesce(to_class_external_id, from_class_external_id) AS klass, count(*) AS n FROM roster_change
     WHERE school_id = $1 AND class_teacher_at IS NULL GROUP BY 1`,
    [],
  );
  const waiting = new Set(printed.map(({ pupil }) => pupil));
  return classes.map(({ id, className, classTeacher }) => {
    const own = pupils.filter(({ klass }) => klass === id).map(({ pupil }) => pupil);
    const here = new Set(own);
    return {
      className,
      classTeacher,
      pupils: own,
      cells: cells.filter(({ klass, pupil }) => klass === id && here.has(pupil)),
      toHandOut: own.filter((pupil) => waiting.has(pupil)),
      rosterChanges: changes.find(({ klass }) => klass === id)?.n ?? 0,
    };
  });
}
