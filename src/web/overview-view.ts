import type { EpochMs } from "../domain/time.ts";
import type { Overview } from "../store/overview.ts";

/** What the sections of the overview and of the passes show. */
export interface OverviewView {
  readonly overview: Overview;
  readonly now: EpochMs;
  readonly zone: string;
  readonly version: string;
  readonly nextTicks: readonly { readonly job: string; readonly at: EpochMs | null }[];
  readonly mailPlace: MailPlace;
}

/** Where letters go: a server's name, or a folder. */
export interface MailPlace {
  readonly kind: "server" | "folder";
  readonly name: string;
}
