import { dayOf } from "../../../src/domain/days.ts";
import type { SchoolSnapshot } from "../../../src/domain/facts.ts";
import { checkWhole } from "../../../src/domain/rules/index.ts";
import type { SchoolCase } from "../../../src/domain/rules/school-case.ts";
import { defaultSettings } from "../../../src/domain/settings.ts";
import { at } from "./classroom.ts";
import { toldCalendar } from "./told-calendar.ts";

const classes = [
  { externalId: "c0", name: "подг.", grade: 0 },
  { externalId: "c5", name: "5 А", grade: 5 },
];

/** What the rules about the whole school say of a school of two classes whose service began on 31 August 2026. */
export function checkSchoolOf(
  snapshot: Partial<SchoolSnapshot>,
  { asOf, ...other }: { readonly asOf: string } & Partial<Omit<SchoolCase, "asOf" | "snapshot">>,
) {
  const calendar = other.calendar ?? toldCalendar;
  return checkWhole({
    policy: defaultSettings.policy,
    ...other,
    calendar,
    asOf: at(asOf),
    today: dayOf(at(asOf), calendar.zone),
    snapshot: {
      school: { id: 1, externalId: "school", name: "Школа", zone: calendar.zone },
      classes,
      controls: [],
      archives: null,
      since: at("2026-08-31 12:00"),
      ...snapshot,
    },
  });
}
