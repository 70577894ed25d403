import type { PrintReason } from "../../../src/domain/print/reasons.ts";

/** What a status means for a document that is not on the printer: whether another try makes sense, and why not yet (RFC 8011, appendix B). */
export function refusalOf(status: number): { readonly kind: "later" | "refused"; readonly reason: PrintReason } {
  switch (status) {
    case 0x0401: // client-error-forbidden
    case 0x0402: // client-error-not-authenticated
    case 0x0403: // client-error-not-authorized
      return { kind: "later", reason: "not-allowed" };
    case 0x0406: // client-error-not-found
    case 0x0407: // client-error-gone
      return { kind: "later", reason: "no-such-printer" };
    case 0x040a: // client-error-document-format-not-supported
      return { kind: "refused", reason: "no-pdf" };
    case 0x0506: // server-error-not-accepting-jobs
      return { kind: "later", reason: "not-accepting" };
    default:
      if (status >= 0x0400 && status < 0x0500) return { kind: "refused", reason: "not-taken" };
      return { kind: "later", reason: "busy" };
  }
}

export const CLIENT_ERROR = { notPossible: 0x0404, notFound: 0x0406, gone: 0x0407 } as const;
