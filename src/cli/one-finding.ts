import { SverkaError } from "../domain/error.ts";
import type { StoredFinding } from "../domain/finding.ts";
import type { House } from "../main.ts";
import { findingsByPrefix } from "../store/findings.ts";

/** The one finding whose number begins so. Throws `finding-id`, `finding-unknown`, `finding-ambiguous` (input). */
export async function oneFinding(house: House, id: string): Promise<StoredFinding & { readonly schoolId: number }> {
  if (!/^[0-9a-z]{4,}$/i.test(id)) {
    throw new SverkaError(
      "input",
      "finding-id",
      `«${id}» – не номер замечания: возьмите его из «sverka check» или из письма.`,
    );
  }
  const found = await findingsByPrefix(house.store, id.toLowerCase());
  const [finding, another] = found;
  if (finding === undefined) {
    throw new SverkaError(
      "input",
      "finding-unknown",
      `Замечания «${id}» нет: возьмите номер из «sverka check» или из письма.`,
    );
  }
  if (another !== undefined) {
    throw new SverkaError(
      "input",
      "finding-ambiguous",
      `С «${id}» начинаются несколько замечаний: ${found.map((one) => one.id).join(", ")}. Допишите номер.`,
    );
  }
  return finding;
}
