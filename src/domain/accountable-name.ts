import type { Finding } from "./finding.ts";
import { ruleOf } from "./rules/catalogue.ts";

/** Who answers for it: a person's name, else the office where no name is known («заместитель директора по УВР»); null when neither is. */
export function accountableName({
  accountable,
  details,
  rule,
}: Pick<Finding, "accountable" | "details" | "rule">): string | null {
  if (accountable !== null) return accountable.name;
  return typeof details.role === "string" ? details.role : (ruleOf(rule).words.caretaker ?? null);
}
