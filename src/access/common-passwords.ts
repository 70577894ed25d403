import { dictionary } from "@zxcvbn-ts/language-common";
import { LEAST_LENGTH } from "../domain/access/password.ts";

/** The 49,000 commonest passwords that leaked, as far as they are long enough to be chosen at all; Russian words on an English keyboard are among them. */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  dictionary["passwords-common"].filter((password) => password.length >= LEAST_LENGTH).map((one) => one.toLowerCase()),
);
