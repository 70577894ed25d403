import { type SchoolCalendar, schoolYearOf } from "../domain/calendar.ts";
import { composeControl } from "../domain/control/compose-control.ts";
import { draftConclusion } from "../domain/control/conclusion.ts";
import { type Month, monthName, spanOf } from "../domain/control/month.ts";
import { dayOf } from "../domain/days.ts";
import { SverkaError } from "../domain/error.ts";
import type { RuleOutcome } from "../domain/finding.ts";
import { createMapping, type MappingSettings } from "../domain/mapping.ts";
import type { Policy } from "../domain/policy.ts";
import { checkClass } from "../domain/rules/index.ts";
import type { EpochMs } from "../domain/time.ts";
import type { Store } from "../store/connect.ts";
import { concludeControl, controlOfMonth, freezeControl, listControls, type StoredControl } from "../store/controls.ts";
import { listFindings } from "../store/findings.ts";
import { listPupils } from "../store/pupils.ts";
import type { SchoolRecord } from "../store/schools.ts";
import { type Also, inTransaction } from "../store/transaction.ts";
import { listWaivers } from "../store/waivers.ts";
import { checkSchool } from "./check-school.ts";

export interface ControlNeeds {
  readonly store: Store;
  readonly policy: Policy;
  readonly calendar: SchoolCalendar;
  readonly mapping: MappingSettings;
  readonly school: SchoolRecord;
  readonly simulation: boolean;
  readonly now: EpochMs;
  /** With what is made or fixed. */
  readonly also?: Also;
}

/**
 * The control of a month («Порядок», п. 8): made once from what is known now, and the same for ever after. Throws `control-month` (input) for a month that has not
 * ended.
 */
export async function makeControl(
  needs: ControlNeeds,
  month: Month,
): Promise<StoredControl & { readonly made: boolean }> {
  const { store, school } = needs;
  const known = await controlOf(store, school.id, month);
  if (known !== null) return { ...known, made: false };
  refuseUnfinished(needs, month);
  const facts = await frozenFacts(needs, month);
  const made = await inTransaction(store, async (client) => {
    const first = await freezeControl(client, school.id, { facts, conclusion: draftConclusion(facts) });
    if (first) await needs.also?.(client);
    return first;
  });
  const stored = await controlOf(store, school.id, month);
  if (stored === null) throw new SverkaError("trouble", "control-lost", "Контроль не сохранился: повторите команду.");
  return { ...stored, made };
}

export async function controlOf(store: Store, schoolId: number, month: Month): Promise<StoredControl | null> {
  return controlOfMonth(store, schoolId, month);
}

/** Fixes the conclusion, `null` keeping the draft. Throws `control-concluded`, `control-empty`, `control-unknown` (input). */
export async function conclude(
  { store, school, now, also }: Pick<ControlNeeds, "store" | "school" | "now" | "also">,
  month: Month,
  text: string | null,
): Promise<StoredControl> {
  const known = await controlOf(store, school.id, month);
  if (known === null) {
    const hint = `sverka control --month ${month}`;
    throw new SverkaError("input", "control-unknown", `Контроля за ${monthName(month)} ещё нет: сначала «${hint}».`);
  }
  const conclusion = (text ?? known.conclusion).trim();
  if (conclusion === "")
    throw new SverkaError("input", "control-empty", "Заключение пустое: напишите хотя бы одно предложение.");
  await inTransaction(store, async (client) => {
    if (!(await concludeControl(client, school.id, { month, conclusion, at: now })))
      throw new SverkaError(
        "input",
        "control-concluded",
        `Заключение за ${monthName(month)} уже утверждено и больше не меняется: новое впишите в контроль следующего месяца.`,
      );
    await also?.(client);
  });
  return { ...known, conclusion, concludedAt: now };
}

function refuseUnfinished({ calendar, now }: ControlNeeds, month: Month): void {
  if (spanOf(month).to < dayOf(now, calendar.zone)) return;
  const next = monthName(month);
  throw new SverkaError(
    "input",
    "control-month",
    `Месяц «${next}» ещё не кончился: контроль делается после его последнего дня.`,
  );
}

async function frozenFacts(needs: ControlNeeds, month: Month) {
  const { store, policy, calendar, mapping: settings, school, simulation, now } = needs;
  const mapping = createMapping(settings, school.maxMark);
  const within = spanOf(month);
  const classes: { name: string; outcome: RuleOutcome }[] = [];
  const { asOf } = await checkSchool({ store, policy, calendar, mapping: settings }, school, now, {
    onClass: ({ snapshot, asOf }) => {
      const outcome = checkClass({ snapshot, policy, calendar, mapping, asOf, within });
      classes.push({ name: snapshot.className, outcome });
    },
  });
  const stored = await listFindings(store, school.id);
  const byId = new Map((await listWaivers(store.pool, school.id)).map((waiver) => [waiver.id, waiver]));
  const waivers = new Map(
    stored.flatMap(({ id, waiverId }) => {
      const waiver = waiverId === null ? undefined : byId.get(waiverId);
      return waiver === undefined ? [] : [[id, { author: waiver.author, reason: waiver.reason }] as const];
    }),
  );
  const all = await listControls(store, school.id);
  const year = schoolYearOf(`${month}-01`);
  return composeControl({
    month,
    number: all.filter(({ facts }) => schoolYearOf(`${facts.month}-01`) === year).length + 1,
    school: { name: school.name, zone: calendar.zone },
    simulation,
    policy: policy.version,
    madeAt: now,
    asOf,
    classes,
    stored,
    waivers,
    pupilNumbers: new Map((await listPupils(store, school.id)).map(({ externalId, number }) => [externalId, number])),
    earlier: all.map(({ facts }) => facts).filter((facts) => facts.month < month),
  });
}
