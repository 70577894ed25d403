import { createHash } from "node:crypto";
import type pg from "pg";
import type { EpochMs } from "../domain/time.ts";
import { rowTypes, type Store } from "./connect.ts";
import { inTransaction } from "./transaction.ts";

/** What can run a query: the pool, or the client of a transaction. */
export type Executor = Pick<pg.ClientBase, "query">;

/** A letter as it goes out; `Letter` of the mailer's port has the same shape. */
export interface WrittenLetter {
  readonly messageId: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: readonly { readonly name: string; readonly type: string; readonly content: Uint8Array }[];
}

export interface OutboxLetter extends Omit<WrittenLetter, "messageId"> {
  readonly schoolId: number;
  /** The same key is the same letter: it is written, and sent, once. */
  readonly key: string;
  /** What it is, for people and statistics: `compliance`. */
  readonly kind: string;
  /** When it was decided, which is also when it is due. */
  readonly at: EpochMs;
  /** It is not due before: quiet hours. */
  readonly notBefore?: EpochMs;
}

export interface DueLetter {
  readonly id: number;
  readonly key: string;
  /** Attempts made before this one. */
  readonly attempts: number;
  readonly createdAt: EpochMs;
  readonly letter: WrittenLetter;
}

/** What the attempt leaves behind. `sent` and `refused` are final; `waiting` is tried again at `nextAttemptAt`. */
export type Attempt =
  | { readonly state: "sent"; readonly at: EpochMs; readonly answer: string }
  | { readonly state: "refused"; readonly answer: string }
  | { readonly state: "waiting"; readonly nextAttemptAt: EpochMs; readonly answer: string };

export interface OutboxSummary {
  readonly waiting: number;
  readonly sent: number;
  readonly refused: number;
  /** When the oldest waiting letter was written; null without one. */
  readonly oldestWaitingAt: EpochMs | null;
  readonly lastSentAt: EpochMs | null;
  /** The server's last word about a letter that is not sent. */
  readonly lastTrouble: string | null;
}

/** Writes the letter into the outbox, within the transaction that decided it (design.md § 3.7). False when its key is there already: nothing is done then. */
export async function enqueueLetter(executor: Executor, letter: OutboxLetter): Promise<boolean> {
  const attachments = letter.attachments.map(({ name, type, content }) => ({
    name,
    type,
    content: Buffer.from(content).toString("base64"),
  }));
  const { rowCount } = await executor.query(
    `INSERT INTO delivery (school_id, key, kind, message_id, sender, recipients, subject, text, html, attachments, state, next_attempt_at, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'waiting', $12, $11) ON CONFLICT (key) DO NOTHING`,
    [
      letter.schoolId,
      letter.key,
      letter.kind,
      messageIdOf(letter.key, letter.from),
      letter.from,
      letter.to,
      letter.subject,
      letter.text,
      letter.html,
      JSON.stringify(attachments),
      new Date(letter.at),
      new Date(Math.max(letter.at, letter.notBefore ?? letter.at)),
    ],
  );
  return rowCount === 1;
}

/** Made from the key alone (and the sender's domain): the same letter has the same Message-ID for ever, on every machine. */
export function messageIdOf(key: string, from: string): string {
  const domain = /@([\w.-]+)/.exec(from)?.[1] ?? "sverka.invalid";
  return `<${createHash("sha256").update(key).digest("hex").slice(0, 40)}@${domain}>`;
}

/**
 * Gives the letter that has been due longest to `attempt` and records what came of it, in one transaction that holds the letter's row: no other worker can take
 * it meanwhile, and PostgreSQL frees it when this process dies. Null when nothing is due at `now`. When `attempt` throws, nothing is recorded.
 * No pause lasts a day: what waits longer was written by a clock that went wrong, and is due.
 */
export async function attemptDueLetter(
  store: Store,
  now: EpochMs,
  attempt: (due: DueLetter) => Promise<Attempt>,
): Promise<{ readonly id: number; readonly key: string; readonly outcome: Attempt } | null> {
  return inTransaction(store, async (client) => {
    const { rows } = await client.query<Row>({
      text: `SELECT id, key, attempts, created_at AS "createdAt", message_id AS "messageId", sender, recipients, subject, text, html, attachments
             FROM delivery WHERE state = 'waiting' AND (next_attempt_at <= $1 OR next_attempt_at > $1::timestamptz + interval '1 day') ORDER BY next_attempt_at, id LIMIT 1 FOR UPDATE SKIP LOCKED`,
      values: [new Date(now)],
      types: rowTypes,
    });
    const row = rows[0];
    if (row === undefined) return null;
    const outcome = await attempt(dueFrom(row));
    // An invitation holds a code that opens a door: once it is on its way, or never will be, nobody is to read it here.
    const forgets = `kind = 'invitation' AND $2 <> 'waiting'`;
    await client.query(
      `UPDATE delivery SET state = $2, answer = $3, attempts = attempts + 1, sent_at = $4, next_attempt_at = coalesce($5, next_attempt_at),
         text = CASE WHEN ${forgets} THEN '' ELSE text END, html = CASE WHEN ${forgets} THEN '' ELSE html END WHERE id = $1`,
      [
        row.id,
        outcome.state,
        outcome.answer,
        outcome.state === "sent" ? new Date(outcome.at) : null,
        outcome.state === "waiting" ? new Date(outcome.nextAttemptAt) : null,
      ],
    );
    return { id: row.id, key: row.key, outcome };
  });
}

/** How the outbox of one school stands. */
export async function outboxSummary(store: Store, schoolId: number): Promise<OutboxSummary> {
  const { rows } = await store.pool.query<OutboxSummary>({
    text: `SELECT count(*) FILTER (WHERE state = 'waiting') AS waiting, count(*) FILTER (WHERE state = 'sent') AS sent,
             count(*) FILTER (WHERE state = 'refused') AS refused, min(created_at) FILTER (WHERE state = 'waiting') AS "oldestWaitingAt",
             max(sent_at) AS "lastSentAt",
             (SELECT answer FROM delivery WHERE school_id = $1 AND state <> 'sent' AND answer IS NOT NULL ORDER BY next_attempt_at DESC, id DESC LIMIT 1) AS "lastTrouble"
           FROM delivery WHERE school_id = $1`,
    values: [schoolId],
    types: rowTypes,
  });
  const [summary] = rows;
  return summary ?? { waiting: 0, sent: 0, refused: 0, oldestWaitingAt: null, lastSentAt: null, lastTrouble: null };
}

/** When the last letter of that kind was written before `before`: what came since is new. Null when there was none. */
export async function lastLetterAt(
  store: Store,
  order: { schoolId: number; kind: string; before: EpochMs },
): Promise<EpochMs | null> {
  const { rows } = await store.pool.query<{ at: EpochMs | null }>({
    text: `SELECT max(created_at) AS at FROM delivery WHERE school_id = $1 AND kind = $2 AND created_at < $3`,
    values: [order.schoolId, order.kind, new Date(order.before)],
    types: rowTypes,
  });
  return rows[0]?.at ?? null;
}

interface Row {
  readonly id: number;
  readonly key: string;
  readonly attempts: number;
  readonly createdAt: EpochMs;
  readonly messageId: string;
  readonly sender: string;
  readonly recipients: string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments: { name: string; type: string; content: string }[];
}

function dueFrom({ id, key, attempts, createdAt, sender, recipients, attachments, ...letter }: Row): DueLetter {
  return {
    id,
    key,
    attempts,
    createdAt,
    letter: {
      messageId: letter.messageId,
      from: sender,
      to: recipients,
      subject: letter.subject,
      text: letter.text,
      html: letter.html,
      attachments: attachments.map(({ content, ...rest }) => ({ ...rest, content: Buffer.from(content, "base64") })),
    },
  };
}
