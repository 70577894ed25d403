import type { PrintLook } from "../domain/print/follow.ts";
import type { PrintReason } from "../domain/print/reasons.ts";

export interface PrintOrder {
  /** By this the job is found again on the printer. */
  readonly mark: string;
  /** In Russian, for whoever stands at the printer. */
  readonly name: string;
  readonly pdf: Uint8Array;
  readonly pages: number;
  readonly sides: "one-sided" | "two-sided";
}

/** What came of sending. Only `uncertain` leaves open whether paper may come out. */
export type Submission =
  | { readonly kind: "accepted"; readonly externalId: string }
  /** All of it is where it was to go. */
  | { readonly kind: "done"; readonly externalId: string }
  /** Nothing is on the printer, and trying again would not help. */
  | { readonly kind: "refused"; readonly reason: PrintReason }
  /** Nothing is on the printer; try again. */
  | { readonly kind: "later"; readonly reason: PrintReason }
  | { readonly kind: "uncertain"; readonly reason: PrintReason };

export type Found =
  | { readonly kind: "found"; readonly externalId: string }
  /** `harmless`: a job whose number was never announced cannot hold a document, so nothing can come out of it. */
  | { readonly kind: "absent"; readonly harmless: boolean }
  | { readonly kind: "unreachable"; readonly reason: PrintReason };

/** A printer, or what stands in for one. Only `verify` throws for what the outside does: everything else is told by the result. */
export interface Printer {
  /** What is shown and remembered: without a password. */
  readonly place: string;
  /** Whether paper comes out by itself; else files are laid somewhere. */
  readonly kind: "printer" | "folder";
  /**
   * Sends a whole document. Where the printer can number a job before it gets the document, `announced` is awaited between the two, so that the number is
   * remembered before anything can be printed; when it throws, no document is sent, the job is taken back, and the error passes through.
   */
  submit(order: PrintOrder, announced: (externalId: string) => Promise<void>): Promise<Submission>;
  find(mark: string): Promise<Found>;
  look(externalId: string): Promise<PrintLook>;
  /** Asks the printer to drop the job. True: it said yes, or had dropped it before; how much had come out, `look` tells. */
  cancel(externalId: string): Promise<boolean>;
  /** Throws `SverkaError` of kind `configuration` when it cannot print, and says how to mend it. */
  verify(): Promise<void>;
}
