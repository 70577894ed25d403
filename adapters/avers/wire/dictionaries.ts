import { z } from "zod";
import type { Shape } from "../rows.ts";
import { KINDS } from "./cells.ts";
import { any, byPosition, id, name } from "./schema.ts";

export interface Named {
  readonly externalId: string;
  readonly name: string;
}

const read = byPosition(z.tuple([id, name], any).transform(([externalId, name]): Named => ({ externalId, name })));
const named = (action: string, widths: readonly number[]): Shape<Named> => ({
  action,
  widths,
  kinds: [KINDS.id, KINDS.text],
  read,
});

export const periods = named("GET_PERIODS", [2]);
export const subjects = named("GET_SBJ_NAMES_STORE_DATA", [2]);
export const persons = named("GET_SUBS_PERSONS_STORE_DATA", [3]);
