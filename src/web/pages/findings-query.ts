import { z } from "zod";
import type { Reach } from "../../domain/access/may.ts";
import type { FindingQuery } from "../../store/findings.ts";
import { day, number, queryOf } from "../doors/form.ts";

/** The filters of the list of findings, as they stand in the address. */
const filters = z.object({
  status: z.enum(["open", "settled", "waived", "withdrawn", "counted", "all"]),
  severity: z.enum(["violation", "warning", "hint"]),
  verdict: z.enum(["late", "missing", "violation", "unproved", "proved"]),
  rule: z.string().max(40),
  class: z.string().max(100),
  person: z.string().max(200),
  from: day(),
  to: day(),
  page: number(),
});

export type Filters = Partial<z.infer<typeof filters>>;

export const filtersOf = (request: { readonly query: unknown }): Filters => {
  const given = queryOf({ query: request.query }, filters);
  return { ...given, status: given.status ?? "open" };
};

export function askedBy(
  reach: Reach,
  { status, severity, verdict, rule, class: classExternalId, person, from, to }: Filters,
): FindingQuery {
  return {
    reach,
    status: status === "all" ? undefined : status,
    severity,
    verdict,
    rule,
    classExternalId,
    accountable: person,
    from,
    to,
  };
}
