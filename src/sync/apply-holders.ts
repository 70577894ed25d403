import type { JournalPage } from "../ports/journal.ts";
import { groupsOnPage, type HolderTold, noteHolders } from "../store/holders.ts";
import { passPage, setPageAside } from "../store/page-passes.ts";
import { inTransaction, type Transaction } from "../store/transaction.ts";
import type { ApplyContext } from "./apply-class.ts";
import { isOfKind, type Reading } from "./harvest.ts";

type HoldersPage = Extract<Reading<Extract<JournalPage, { kind: "holders" }>>, { same: false }>;

/**
 * Takes over who holds the pages of a class, from the answers of all asked pupils at once: where two of them are told different holders of one
 * page, the journal does not tell who answers, and nobody is guessed. `complete`: no such answer is missing; else nothing is taken over.
 */
export async function applyHolders(
  { store, schoolId, passId, now }: ApplyContext,
  classExternalId: string,
  readings: readonly Reading[],
  complete: boolean,
): Promise<number> {
  const told = readings.flatMap((reading) => (isOfKind(reading, "holders") && !reading.same ? [reading] : []));
  if (told.length === 0) return 0;
  return inTransaction(store, async (client) => {
    await client.query("SET LOCAL synchronous_commit = off");
    const answeredAt = Math.min(...told.map(({ page }) => page.answeredAt));
    const pages = complete ? await pagesTold(client, schoolId, told) : [];
    const changed = await noteHolders(client, schoolId, classExternalId, pages, answeredAt);
    for (const { page, content } of told) {
      if (content.refused > 0) await setPageAside(client, schoolId, passId, { ...page, held: null, at: now() });
      else await passPage(client, schoolId, passId, { ...page, facts: content.rows.length, lessonExternalIds: [] });
    }
    return changed;
  });
}

async function pagesTold(
  client: Transaction,
  schoolId: number,
  told: readonly Pick<HoldersPage, "page" | "content">[],
): Promise<HolderTold[]> {
  const names = new Map<string, Omit<HolderTold, "teacherName"> & { readonly names: Set<string> }>();
  for (const { page, content } of told) {
    const groups = await groupsOnPage(client, { ...page, schoolId });
    for (const { subjectExternalId, teacherName } of content.rows) {
      for (const { group } of groups.filter((one) => one.subject === subjectExternalId)) {
        const key = `${subjectExternalId}/${group}`;
        const holder = names.get(key) ?? { subjectExternalId, group, names: new Set() };
        if (teacherName !== null) holder.names.add(teacherName);
        names.set(key, holder);
      }
    }
  }
  return [...names.values()].map(({ names: [name, another], ...page }) => ({
    ...page,
    teacherName: another === undefined ? (name ?? null) : null,
  }));
}
