import type { z } from "zod";
import { TOKEN_SCOPES, type TokenScope } from "../../domain/access/matrix.ts";
import { type Reach, reachOf, type Who } from "../../domain/access/may.ts";
import type { EpochMs } from "../../domain/time.ts";
import type { Store } from "../../store/connect.ts";
import type { ThingKind } from "../doors/things.ts";
import { questionOf } from "./questions.ts";

export interface ApiNeeds {
  readonly store: Store;
  readonly schoolId: number;
}

interface Asked<Question> {
  readonly question: Question;
  /** What of these things the token's owner reaches. */
  readonly reach: Reach;
  part(name: string): string;
}

export interface OperationWords {
  /** Below `/api/v1`, parameters as «{finding}». */
  readonly path: string;
  readonly scope: TokenScope;
  /** The kind of thing that a parameter of the path names, and that the door asks about. */
  readonly thing?: ThingKind;
  readonly summary: string;
  readonly description: string;
  /** Of each parameter of the path. */
  readonly parts: Readonly<Record<string, string>>;
  readonly question: z.ZodObject;
  readonly answer: z.ZodType;
  /** Whose data it is: each look stands in the audit. */
  readonly personal: boolean;
}

/** One thing that a program may read. */
export interface Operation extends OperationWords {
  /** Throws `ApiProblem`. */
  read(
    needs: ApiNeeds,
    who: Who,
    given: { readonly query: unknown; part(name: string): string },
  ): Promise<{ readonly answer: unknown; readonly count: number }>;
}

/** Puts an operation together: what is asked goes through one schema, what is answered through the other. */
export function operation<Question extends z.ZodObject, Answer extends z.ZodType>(
  words: OperationWords & { readonly question: Question; readonly answer: Answer },
  read: (needs: ApiNeeds, asked: Asked<z.infer<Question>>) => Promise<z.input<Answer>>,
): Operation {
  return {
    ...words,
    async read(needs, who, { query, part }) {
      const question = questionOf(words.question, query);
      const reach = reachOf(who, TOKEN_SCOPES[words.scope]) ?? NOWHERE;
      const answer = words.answer.parse(await read(needs, { question, reach, part }));
      return { answer, count: isList(answer) ? answer.items.length : 1 };
    },
  };
}

const NOWHERE: Reach = { all: false, classes: [], staffName: null, accountId: null };

const isList = (answer: unknown): answer is { readonly items: readonly unknown[] } =>
  typeof answer === "object" && answer !== null && "items" in answer && Array.isArray(answer.items);

/** ISO 8601 in UTC. */
export const instantOf = (at: EpochMs): string => new Date(at).toISOString();
export const instantOrNull = (at: EpochMs | null): string | null => (at === null ? null : instantOf(at));

/** A part of a list, and where it goes on: one more was read than was asked for. */
export function partOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  item: (row: Row) => Item,
  cursor: (last: Row) => string,
): { readonly items: Item[]; readonly next: string | null } {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(item), next: rows.length > limit && last !== undefined ? cursor(last) : null };
}
