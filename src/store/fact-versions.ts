import type { LessonContent, Version } from "../domain/facts.ts";
import type { EpochMs, IsoDate } from "../domain/time.ts";

export type Query = <Row extends object>(text: string, values?: unknown[]) => Promise<Row[]>;

export interface Interval {
  absentAt: EpochMs | null;
  seenAt: EpochMs;
  contentAbsentAt: EpochMs | null;
  contentSeenAt: EpochMs | null;
  vanishedAt: EpochMs | null;
}

export const INTERVAL = `f.absent_at AS "absentAt", f.seen_at AS "seenAt", f.content_absent_at AS "contentAbsentAt", f.content_seen_at AS "contentSeenAt",
  f.vanished_at AS "vanishedAt"`;

export function history<Content>(
  row: Interval,
  content: Content,
  earlier: Version<Content>[] | undefined,
): readonly [Version<Content>, ...Version<Content>[]] {
  const current: Version<Content> =
    row.contentSeenAt === null
      ? { absentAt: row.absentAt, seenAt: row.seenAt, content }
      : { absentAt: row.contentAbsentAt, seenAt: row.contentSeenAt, content };
  const [first, ...rest] = earlier ?? [];
  return first === undefined ? [current] : [first, ...rest, current];
}

export interface LessonDay {
  readonly date: IsoDate;
  readonly seenAt: EpochMs;
}

export interface Earlier {
  readonly lesson: Map<string, Version<LessonContent>[]>;
  /** The days on which lessons stood, beside their versions. */
  readonly lessonDays: Map<string, LessonDay[]>;
  readonly entry: Map<string, Version<string>[]>;
  readonly final: Map<string, Version<string>[]>;
}

/** What lessons, entries and final marks of the class said before, oldest first, by key. */
export async function loadVersions(query: Query): Promise<Earlier> {
  const lesson = new Map<string, Version<LessonContent>[]>();
  const lessonDays = new Map<string, LessonDay[]>();
  const entry = new Map<string, Version<string>[]>();
  const final = new Map<string, Version<string>[]>();
  const rows = await query<{
    fact: string;
    key: string;
    content: LessonContent & { text?: string; date?: IsoDate };
    absentAt: EpochMs | null;
    seenAt: EpochMs;
  }>(
    `SELECT fact, key, content, absent_at AS "absentAt", seen_at AS "seenAt" FROM fact_version
     WHERE school_id = $1 AND class_external_id = $2 AND fact IN ('lesson', 'entry', 'final') ORDER BY id`,
  );
  const add = <Item>(map: Map<string, Item[]>, key: string, version: Item) => {
    const list = map.get(key);
    if (list) list.push(version);
    else map.set(key, [version]);
  };
  for (const { fact, key, content, absentAt, seenAt } of rows) {
    if (fact !== "lesson") {
      add(fact === "entry" ? entry : final, key, { content: content.text ?? "", absentAt, seenAt });
    } else {
      const { topic = null, homework = null, workType = null, weight = null } = content;
      add(lesson, key, { content: { topic, homework, workType, weight }, absentAt, seenAt });
      if (content.date !== undefined) add(lessonDays, key, { date: content.date, seenAt });
    }
  }
  return { lesson, lessonDays, entry, final };
}
