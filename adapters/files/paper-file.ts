import { z } from "zod";
import { defaultSettings } from "../../src/domain/settings.ts";
import { list, section, text, yesNo } from "./fields.ts";

const error = "нужен номер ученика в журнале: их покажет «sverka notices --list»";
const pupil = z
  .union([z.int().positive(), z.string()], { error })
  .transform(String)
  .pipe(z.string().regex(/^\d{1,18}$/, error));

const family = z.strictObject(
  { pupil, largePrint: yesNo().default(false), plain: yesNo().default(false) },
  { error: "нужно «pupil: номер», а по желанию largePrint и plain" },
);

const contact = z.strictObject({ class: text(), contact: text() }, { error: "нужно «class: …» и «contact: …»" });

/** `config/paper-families.yaml`: who gets paper («Регламент», п. 2), and how class teachers are reached. */
export const paperFile = section({
  families: list(family).default([...defaultSettings.paper.families]),
  contacts: list(contact).default([...defaultSettings.paper.contacts]),
});
