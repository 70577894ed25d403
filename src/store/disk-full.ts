import { SverkaError } from "../domain/error.ts";

/** PostgreSQL's own code for it. */
const DISK_FULL = "53100";

/** Says it in the words of a school when the database has no more room: nothing of a transaction stands then. Throws `disk-full` (trouble). */
export async function whileRoom<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if ((error as { code?: unknown } | null)?.code !== DISK_FULL) throw error;
    throw new SverkaError(
      "trouble",
      "disk-full",
      "На диске с базой данных кончилось место, поэтому распечатки не составлены; то, что было раньше, цело. Освободите место – работа продолжится сама.",
      { cause: error },
    );
  }
}
