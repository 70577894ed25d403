import { SverkaError } from "../../domain/error.ts";
import { nearest } from "../../domain/nearest.ts";
import type { TemplateTexts } from "../../domain/notice/templates.ts";

/** The templates of a batch and of what goes with it. A school's own file of such a name takes its place. */
const NAMES: readonly string[] = [
  "batch.typ",
  "hand-out.typ",
  "letter.typ",
  "look.typ",
  "notice.typ",
  "post-register.typ",
  "sheet.typ",
  "slip.typ",
];

/** Throws `notice-template` (trouble) for a file that takes no template's place and that no other one uses: a slip of the pen in its name. */
export function refuseStrays(own: TemplateTexts): void {
  const texts = Object.values(own);
  const stray = Object.keys(own).find(
    (name) => !NAMES.includes(name) && !texts.some((text) => text.includes(`"${name}"`)),
  );
  if (stray === undefined) return;
  const meant = nearest(stray, NAMES);
  throw new SverkaError(
    "trouble",
    "notice-template",
    `Файл «${stray}» в config/templates не заменяет ни одного шаблона${meant === null ? "" : `; может быть, «${meant}»`}? Шаблоны называются: ${NAMES.join(", ")}.`,
  );
}
