import type { House } from "../main.ts";
import { type PaperFamily, paperFamilies } from "../store/paper-families.ts";

/** The families on paper: the imported list once there is one, else `paper-families.yaml`. Null: nobody has told. */
export async function familiesOnPaper({ store, school, settings }: House): Promise<PaperFamily[] | null> {
  const imported = await paperFamilies(store, school.id);
  const { families } = settings.paper;
  if (imported !== null || families.length === 0) return imported;
  return families.map(({ pupil, ...wish }) => ({ pupilExternalId: pupil, address: null, guardian: null, ...wish }));
}
