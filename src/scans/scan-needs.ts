import type { Clock } from "../ports/clock.ts";
import type { ScanFolder } from "../ports/scan-folder.ts";
import type { Scanner } from "../ports/scanner.ts";
import type { Store } from "../store/connect.ts";

export interface ScanNeeds {
  readonly store: Store;
  readonly clock: Clock;
  readonly school: { readonly id: number; readonly zone: string };
  readonly scanner: Scanner;
  readonly folder: ScanFolder;
  /** Days for which an original is kept after it came. */
  readonly keepDays: number;
}
