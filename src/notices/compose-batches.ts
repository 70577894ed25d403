import { randomInt } from "node:crypto";
import type { SchoolCalendar } from "../domain/calendar.ts";
import { dayOf } from "../domain/days.ts";
import type { ForecastTerms } from "../domain/forecast.ts";
import { createMapping, type MappingSettings } from "../domain/mapping.ts";
import { compareClasses } from "../domain/notice/class-order.ts";
import { composeNotice } from "../domain/notice/compose.ts";
import type { Told } from "../domain/notice/facts.ts";
import type { FrozenNotice, NoticeKind } from "../domain/notice/frozen.ts";
import type { PostPlace } from "../domain/notice/sheet-order.ts";
import type { Policy } from "../domain/policy.ts";
import { remember } from "../domain/remember.ts";
import { slipCode } from "../domain/slip/code.ts";
import type { EpochMs, IsoDate } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { Store } from "../store/connect.ts";
import {
  type BatchRecord,
  batchByKey,
  batchHolding,
  insertBatch,
  lockNotices,
  type NoticeDraft,
  newestNotices,
  usedCodes,
} from "../store/notice-batches.ts";
import { type LookedNoticeFacts, noticeFacts } from "../store/notice-facts.ts";
import type { SchoolRecord } from "../store/schools.ts";
import { inOneMoment, inTransaction, type Transaction } from "../store/transaction.ts";

export interface PaperWish {
  readonly largePrint: boolean;
  readonly plain: boolean;
  /** Where it goes by post; null: it is handed out. */
  readonly post: PostPlace | null;
}

export interface ComposeNeeds {
  readonly store: Store;
  readonly clock: Clock;
  readonly school: SchoolRecord & { readonly zone: string };
  readonly calendar: SchoolCalendar;
  /** By which rules judge: the days between two notices. */
  readonly ruling: Pick<Policy, "noticeBiweekly" | "finalMark">;
  /** As the file has it now. */
  readonly cycle: Policy["noticeCycle"];
  readonly mapping: MappingSettings;
  readonly forecast: ForecastTerms;
  readonly simulation: boolean;
  /** The families on paper; null: nobody has told of any. */
  families(): Promise<ReadonlyMap<string, PaperWish> | null>;
  calendarTerm(
    day: IsoDate,
  ): (of: { grade: number | null; className: string }) => { name: string; from: IsoDate; to: IsoDate } | null;
  contactOf(className: string): string | null;
}

/** A notice that is wanted: of whom, and about which days. */
export interface WantedNotice {
  readonly pupilExternalId: string;
  readonly classExternalId: string;
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly told: Told | undefined;
  readonly finals: boolean;
  readonly wish: PaperWish;
}

/** The wanted notices with what the journal's facts say now, by class and surname. Nothing is written. */
export async function draftNotices(
  needs: ComposeNeeds,
  wanted: readonly WantedNotice[],
  at: EpochMs,
): Promise<NoticeDraft[]> {
  const { store, school, mapping, forecast, simulation } = needs;
  const today = dayOf(at, school.zone);
  const mappingFor = remember((maxMark: number) => createMapping(mapping, maxMark));
  const drafts: (NoticeDraft & { readonly surname: string })[] = [];
  const groups = Map.groupBy(wanted, ({ classExternalId, from, to }) => JSON.stringify([classExternalId, from, to]));
  for (const group of groups.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const { classExternalId, from, to } = first;
    const own = new Map(group.map((one) => [one.pupilExternalId, one]));
    const facts = await inOneMoment(store, (client) =>
      noticeFacts(
        { pool: client },
        {
          school,
          classExternalId,
          span: { from, to },
          calendarTerm: needs.calendarTerm(to),
          contactOf: needs.contactOf,
          ...(group.some(({ told }) => told !== undefined) ? { toldOf: (pupil: string) => own.get(pupil)?.told } : {}),
        },
      ),
    );
    for (const one of facts) {
      const want = own.get(one.pupil.externalId);
      if (want === undefined) continue;
      const { largePrint, plain, post } = want.wish;
      const terms = { mapping: mappingFor(school.maxMark), forecast, today, simulation, largePrint, plain };
      drafts.push({
        surname: one.pupil.fullName,
        pupilExternalId: one.pupil.externalId,
        classExternalId,
        className: one.className,
        from,
        to,
        contents: frozen(one, composeNotice(one, terms), post),
        looks: one.looks,
        finals: want.finals,
        factsAt: Math.min(at, ...Object.values(one.looks)),
      });
    }
  }
  const collate = new Intl.Collator("ru").compare;
  return drafts
    .toSorted(
      (one, other) =>
        compareClasses(one.className, other.className) ||
        collate(one.surname, other.surname) ||
        Number(one.pupilExternalId > other.pupilExternalId) - 0.5,
    )
    .map(({ surname: _, ...draft }) => draft);
}

function frozen(facts: LookedNoticeFacts, notice: FrozenNotice["notice"], post: PostPlace | null): FrozenNotice {
  const { pupil, classTeacher } = facts;
  return { notice, number: pupil.number, classTeacher: classTeacher?.name ?? null, correction: null, post };
}

export interface BatchOrder {
  readonly kind: NoticeKind;
  /** What asks for it; the second of the same day gets a number after it. */
  readonly key: string;
  readonly at: EpochMs;
  /** The newest notice of each pupil when it was found out who is due; null: the key alone says whether it is the same batch. */
  readonly seen: ReadonlyMap<string, number> | null;
}

/**
 * Writes a batch down, all or nothing. Asked twice at once it is one batch, and both are told of it: whoever has got a notice since it was found out who is due
 * is left out here. Null when there is nothing to write and nobody else wrote it.
 */
export async function writeBatch(
  { store, school }: Pick<ComposeNeeds, "store" | "school">,
  { kind, key, at, seen }: BatchOrder,
  drafts: readonly NoticeDraft[],
): Promise<(BatchRecord & { readonly made: boolean }) | null> {
  if (drafts.length === 0) return null;
  const pupils = drafts.map(({ pupilExternalId }) => pupilExternalId);
  return inTransaction(store, async (client) => {
    await lockNotices(client, school.id);
    const same = seen === null ? await batchByKey(client, school.id, key) : null;
    if (same !== null) return { ...same, made: false };
    const newest = seen === null ? null : await newestNotices({ pool: client }, school.id, pupils);
    const left = drafts.filter(
      ({ pupilExternalId }) => newest === null || newest.get(pupilExternalId) === seen?.get(pupilExternalId),
    );
    if (left.length === 0) {
      const other = await batchHolding(client, school.id, pupils);
      return other === null ? null : { ...other, made: false };
    }
    const [from = "", to = ""] = [
      left.map((one) => one.from).sort()[0],
      left
        .map((one) => one.to)
        .sort()
        .at(-1),
    ];
    const order = { key: await freeKey(client, school.id, key), kind, from, to, at };
    const batch = await insertBatch(client, school.id, order, left, await freshCodes(client, left.length));
    return { ...batch, made: true };
  });
}

async function freeKey(client: Transaction, schoolId: number, key: string): Promise<string> {
  for (let n = 1; ; n++) {
    const one = n === 1 ? key : `${key}/${n}`;
    if ((await batchByKey(client, schoolId, one)) === null) return one;
  }
}

/** Codes that no slip has. */
export async function freshCodes(client: Transaction, count: number): Promise<readonly string[]> {
  const codes = new Set<string>();
  while (codes.size < count) {
    while (codes.size < count) codes.add(slipCode(String(randomInt(100_000_000_000)).padStart(11, "0")));
    for (const code of await usedCodes(client, [...codes])) codes.delete(code);
  }
  return [...codes];
}
