import { type Month, monthName } from "../../domain/control/month.ts";
import { LIST_KINDS } from "../../domain/import/kinds/index.ts";
import type { ImportKind } from "../../domain/import/settings.ts";
import { pageName, pageOfAudit } from "../doors/page-key.ts";

interface Names {
  readonly account: (id: number) => string;
  readonly className: (id: string) => string;
  readonly subject: (id: string) => string;
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
  journal: ([page = "", ...cell], names) => {
    const key = pageOfAudit(page);
    if (key === null) return `журнал ${page}`;
    const { classExternalId, subjectExternalId, group } = key;
    const name = { className: names.className(classExternalId), subject: names.subject(subjectExternalId), group };
    const parts = [`журнал ${pageName(name)}`];
    const kinds: Readonly<Record<string, string>> = { pupil: "ученик", lesson: "урок" };
    for (let i = 0; i + 1 < cell.length; i += 2) parts.push(`${kinds[cell[i] ?? ""] ?? cell[i]} № ${cell[i + 1]}`);
    return parts.join(", ");
  },
  import: ([list = ""]) => (list in LIST_KINDS ? LIST_KINDS[list as ImportKind].title : `загрузка № ${list}`),
  print: ([id = ""]) => `печать № ${id}`,
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
