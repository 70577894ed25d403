import { sameClass } from "../domain/calendar.ts";
import { SverkaError } from "../domain/error.ts";
import type { House } from "../main.ts";
import { listClasses } from "../store/snapshot.ts";

/** The class that a person means by «5 А», «5а» or «5-А». Throws `class-unknown` (input). */
export async function classNamed(
  { store, school }: House,
  name: string,
): Promise<{ externalId: string; name: string }> {
  const classes = await listClasses(store, school.id);
  const fit = classes.filter((klass) => sameClass(klass.name, name));
  if (fit.length === 1 && fit[0] !== undefined) return fit[0];
  const names = classes.map((klass) => klass.name).join(", ") || "ни одного; сначала «sverka sync»";
  throw new SverkaError("input", "class-unknown", `Класса «${name}» в журнале нет. Есть: ${names}.`);
}
