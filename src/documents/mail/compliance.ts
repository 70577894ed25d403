import type { ComplianceReport } from "../../domain/report/report.ts";
import { complianceHtml } from "./compliance-html.ts";
import { complianceText } from "./compliance-text.ts";

/** The compliance letter's subject and bodies: HTML for a phone and for Outlook, and a text that says the same. Links to nothing. */
export function renderCompliance(report: ComplianceReport): {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
} {
  return { subject: report.title, text: complianceText(report), html: complianceHtml(report) };
}
