import { type Month, monthName } from "../../domain/control/month.ts";

interface Names {
  readonly account: (id: number) => string;
  readonly className: (id: string) => string;
}

type Words = (parts: readonly string[], names: Names) => string;

/** By the first part of what a line of the audit is about. */
const WORDS: Readonly<Record<string, Words>> = {
  account: ([id = ""], names) => names.account(Number(id)),
  finding: ([id = ""]) => `замечание ${id}`,
  findings: () => "замечания",
  class: ([id = ""], names) => names.className(id),
  pupil: ([id = ""]) => `ученик № ${id} журнала`,
  control: ([month = ""]) => `контроль за ${monthName(month as Month)}`,
  notices: ([batch = "", id], names) => `партия № ${batch}${id === undefined ? "" : `, ${names.className(id)}`}`,
  notice: ([id = ""]) => `распечатка № ${id}`,
  scan: ([id = ""]) => `скан № ${id}`,
  session: ([id = ""]) => (id === "all" ? "все входы" : `вход № ${id}`),
  policy: (parts) => `порядок ${parts.join("/")}`,
  held: ([id = ""], names) => (id === "leavers" ? "списки классов" : `задержанное, ${names.className(id)}`),
};

/** «finding/…» as a person reads it; what has no words stays as it was written. */
export function objectWords(object: string, names: Names): string {
  const [kind = "", ...parts] = object.split("/");
  const words = WORDS[kind];
  return words === undefined || (parts.length === 0 && kind !== "findings") ? object : words(parts, names);
}
