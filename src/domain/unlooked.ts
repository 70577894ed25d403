import type { Finding } from "./finding.ts";

/** Unproved because it stood there at the first look already: no pass could have proved it, however many there are (rules.md § 1). */
export function isUnlooked({ verdict, absentAt, severity }: Finding): boolean {
  return verdict === "unproved" && severity === "violation" && absentAt === null;
}
