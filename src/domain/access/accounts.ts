import type { EpochMs, IsoDate } from "../time.ts";
import type { Role } from "./roles.ts";

export type AccountState = "invited" | "active" | "disabled";

export interface Account {
  readonly id: number;
  readonly schoolId: number;
  /** Lower case; by it the person signs in. */
  readonly login: string;
  readonly name: string;
  /** As the journal names this person; null: it does not. */
  readonly staffName: string | null;
  readonly roles: readonly Role[];
  readonly mail: string | null;
  readonly state: AccountState;
  readonly hasTotp: boolean;
  /** Grows with each change of rights; sessions of an earlier number end. */
  readonly rights: number;
  readonly createdAt: EpochMs;
  readonly lastSignInAt: EpochMs | null;
}

/** One line of the director's list of people entitled to personal data («Порядок», п. 2.4). */
export interface Entitlement {
  readonly id: number;
  readonly accountId: number;
  readonly orderNumber: string;
  readonly orderDate: IsoDate;
  readonly madeAt: EpochMs;
  readonly madeBy: number | null;
  readonly endedAt: EpochMs | null;
}

/** Of the first account, which the terminal made for nobody in particular: its owner says who they are. */
export const FIRST_LOGIN = "admin";

export const isUnnamed = ({ login, lastSignInAt }: Account): boolean => login === FIRST_LOGIN && lastSignInAt === null;

/** What a login may be: short, lower case, Latin or Cyrillic, or a mail address. */
export const LOGIN = /^[a-zа-яё0-9][a-zа-яё0-9._@+-]{1,62}$/;

const LATIN: Readonly<Record<string, string>> = Object.fromEntries(
  "а a|б b|в v|г g|д d|е e|ё e|ж zh|з z|и i|й y|к k|л l|м m|н n|о o|п p|р r|с s|т t|у u|ф f|х h|ц ts|ч ch|ш sh|щ sch|ъ |ы y|ь |э e|ю yu|я ya"
    .split("|")
    .map((pair) => pair.split(" ") as [string, string]),
);

/** «Лугова Анна Петровна» → «lugova.ap»: what is offered where nobody chooses. */
export function loginFor(name: string): string {
  const latin = (word: string) =>
    [...word.toLowerCase()].map((letter) => LATIN[letter] ?? (/[a-z0-9]/.test(letter) ? letter : "")).join("");
  const [surname = "", ...rest] = name.split(/[\s.]+/).filter((word) => word !== "");
  const initials = rest.map((word) => latin(word)[0] ?? "").join("");
  return initials === "" ? latin(surname) : `${latin(surname)}.${initials}`;
}
