import { z } from "zod";
import { folded } from "../../src/domain/fold.ts";
import { defaultImportSettings, IMPORT_KINDS, type ImportKind } from "../../src/domain/import/settings.ts";
import { list, section, text } from "./fields.ts";

const { columns, subjects, words, leaveOut } = defaultImportSettings;

const texts = (defaults: readonly string[]) => list(text()).default([...defaults]);
const each = (lists: Readonly<Record<string, readonly string[]>>) =>
  section(Object.fromEntries(Object.entries(lists).map(([name, defaults]) => [name, texts(defaults)])));

/** A title of two columns, or a word of two meanings, could be read either way. */
function refuseTwice(
  context: z.RefinementCtx,
  value: Readonly<Record<string, readonly string[]>>,
  path: string[],
): void {
  const seen = new Map<string, string>();
  for (const [name, of] of Object.entries(value)) {
    for (const [index, word] of of.entries()) {
      const before = seen.get(folded(word));
      if (before !== undefined && before !== name) {
        const message = `«${word}» уже стоит в списке «${before}»: оставьте в одном`;
        context.addIssue({ code: "custom", path: [...path, name, index], message });
      }
      seen.set(folded(word), name);
    }
  }
}

const kinds = Object.fromEntries(
  IMPORT_KINDS.map((kind) => [
    kind,
    each(columns[kind]).superRefine((value, context) => refuseTwice(context, value, [])),
  ]),
) as unknown as Record<ImportKind, z.ZodType<Readonly<Record<string, readonly string[]>>>>;

/** The choices that stand in one column: a word in two of them would be ambiguous. */
const CHOICES = [
  ["electronic", "paper"],
  ["look", "acknowledged"],
  ["week", "book", "year"],
] as const;

const meanings = section({
  electronic: texts(words.electronic),
  paper: texts(words.paper),
  look: texts(words.look),
  acknowledged: texts(words.acknowledged),
  week: texts(words.week),
  book: texts(words.book),
  year: texts(words.year),
  everyClass: texts(words.everyClass),
  wholeClass: texts(words.wholeClass),
}).superRefine((value, context) => {
  for (const names of CHOICES) refuseTwice(context, Object.fromEntries(names.map((name) => [name, value[name]])), []);
});

const names = z.union([text().transform((name) => [name]), list(text()).min(1, "нужно хотя бы одно название")], {
  error: "нужно название предмета или список названий",
});

/** `config/import.yaml`: titles of columns, short names of subjects, and the words of choices. */
export const importFile = section({
  columns: section(kinds),
  subjects: z
    .record(z.string(), names, { error: "нужны строки вида «матем: Математика»" })
    .default(Object.fromEntries(Object.entries(subjects).map(([word, of]) => [word, [...of]]))),
  words: meanings,
  leaveOut: texts(leaveOut),
});
