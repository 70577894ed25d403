import { templateFiles } from "../../adapters/files/template-files.ts";
import type { Span } from "../domain/calendar.ts";
import { addDays, dayOf } from "../domain/days.ts";
import { createMapping } from "../domain/mapping.ts";
import { composeNotice } from "../domain/notice/compose.ts";
import type { IsoDate } from "../domain/time.ts";
import type { House } from "../main.ts";
import { previewNotice } from "../notices/preview-notice.ts";
import { noticeFacts } from "../store/notice-facts.ts";
import { listPupils } from "../store/pupils.ts";
import { listClasses } from "../store/snapshot.ts";
import { composeNeeds } from "./needs.ts";

/** The days that are asked for, else the last ones that a notice is about. */
export function sampleSpan(
  { clock, school, settings }: House,
  { from, to }: { from?: IsoDate; to?: IsoDate } = {},
): Span {
  const last = to ?? dayOf(clock.now(), school.zone);
  return { from: from ?? addDays(last, 1 - settings.policy.noticeBiweekly.days), to: last };
}

/** One pupil's notice as it would come out now, as PDF; it is counted nowhere. Throws what composing and rendering throw. */
export async function sampleNotice(house: House, pupil: string, span: Span): Promise<Uint8Array> {
  const { settings, simulation, environment, clock, store, school } = house;
  const needs = await composeNeeds(house);
  const families = await needs.families();
  const now = clock.now();
  const today = dayOf(now, needs.school.zone);
  return previewNotice(
    {
      now,
      classOf: async (id) => {
        const className = (await listPupils(store, school.id)).find((one) => one.externalId === id)?.className;
        const classes = await listClasses(store, school.id);
        return classes.find(({ name }) => name === className)?.externalId ?? null;
      },
      facts: (classExternalId, days) => {
        const calendarTerm = needs.calendarTerm(days.to);
        const { contactOf } = needs;
        return noticeFacts(store, { school: needs.school, classExternalId, span: days, calendarTerm, contactOf });
      },
      compose: (facts) =>
        composeNotice(facts, {
          mapping: createMapping(settings.mapping, facts.school.maxMark),
          forecast: settings.policy.forecast,
          today,
          simulation,
          ...(families?.get(facts.pupil.externalId) ?? {}),
        }),
      templates: () => templateFiles(environment).own(),
    },
    { pupil, span },
  );
}
