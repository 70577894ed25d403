import type { EpochMs } from "../../domain/time.ts";
import type { Overview } from "../../store/overview.ts";
import type { OverviewView } from "../overview-view.ts";
import type { WebNeeds } from "../server.ts";

/** What the sections of the overview stand on. */
export function viewOf(
  needs: WebNeeds,
  overview: Overview,
  { now, zone }: { now: EpochMs; zone: string },
): OverviewView {
  const { version, mailPlace, nextTicks } = needs;
  return { overview, now, zone, version, mailPlace, nextTicks: nextTicks(now) };
}
