import type { Thing } from "../../domain/access/may.ts";
import type { Store } from "../../store/connect.ts";
import { findingsByPrefix } from "../../store/findings.ts";
import { journalPages } from "../../store/journal-pages.ts";
import { listPupils } from "../../store/pupils.ts";
import { listClasses } from "../../store/snapshot.ts";
import { pageKey } from "./page-key.ts";

export interface ThingNeeds {
  readonly store: Store;
  readonly schoolId: number;
}

type Find = (needs: ThingNeeds, id: string) => Promise<Thing | null>;

/** The kinds of things that an address may name, by the parameter that names them, and whose they are. Null: there is none such. */
export const THINGS = {
  finding: async ({ store, schoolId }, id) => {
    if (!/^[0-9a-z]{16}$/.test(id)) return null;
    const finding = (await findingsByPrefix(store, id)).find((one) => one.schoolId === schoolId);
    if (finding === undefined) return null;
    const holders = finding.accountable === null ? [] : [finding.accountable.name];
    return { classExternalId: finding.classExternalId, holders };
  },
  class: async ({ store, schoolId }, id) => {
    const known = (await listClasses(store, schoolId)).some(({ externalId }) => externalId === id);
    return known ? { classExternalId: id } : null;
  },
  page: async ({ store, schoolId }, id) => {
    const key = pageKey(id);
    if (key === null) return null;
    const page = (await journalPages(store, schoolId, key)).find(({ group }) => group === key.group);
    return page === undefined ? null : { classExternalId: page.classExternalId, holders: page.holders };
  },
  pupil: async ({ store, schoolId }, id) => {
    const pupil = (await listPupils(store, schoolId)).find(({ externalId }) => externalId === id);
    const classes = await listClasses(store, schoolId);
    const klass = classes.find(({ name }) => name === pupil?.className);
    return pupil === undefined || klass === undefined ? null : { classExternalId: klass.externalId };
  },
} as const satisfies Record<string, Find>;

export type ThingKind = keyof typeof THINGS;

export const findThing = (needs: ThingNeeds, kind: ThingKind, id: string): Promise<Thing | null> =>
  THINGS[kind](needs, id);
