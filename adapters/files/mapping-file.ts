import { z } from "zod";
import { defaultMapping } from "../../src/domain/mapping.ts";
import { list, section, text } from "./fields.ts";

const { letters, workTypes } = defaultMapping;
const { absences } = letters;

const words = (defaults: readonly string[]) => list(text()).default([...defaults]);
const folded = (word: string) => word.toLowerCase().replaceAll("ё", "е").trim();

/** `config/avers.yaml`: the school's letters and work types. */
export const mappingFile = section({
  letters: section({
    marks: words(letters.marks),
    absences: section({
      absent: words(absences.absent),
      unexcused: words(absences.unexcused),
      excused: words(absences.excused),
      ill: words(absences.ill),
      late: words(absences.late),
    }),
  }).superRefine((value, context) => {
    const lists = Object.entries(value.absences).map(([kind, of]) => ({ path: ["absences", kind], of }));
    refuseTwice([{ path: ["marks"], of: value.marks }, ...lists], context);
  }),
  workTypes: section({
    oral: words(workTypes.oral),
    written: words(workTypes.written),
    homework: list(text()).optional(),
    abbreviations: z
      .record(z.string(), text(), { error: "нужны строки вида «к/р: Контрольная работа»" })
      .default({ ...workTypes.abbreviations }),
  })
    .superRefine((value, context) => {
      const named = [
        { path: ["oral"], of: value.oral },
        { path: ["written"], of: value.written },
        { path: ["homework"], of: value.homework ?? [] },
      ];
      refuseTwice(named, context);
    })
    .transform(({ homework, ...value }) => ({ ...value, homework: homework ?? unnamed(workTypes.homework, value) })),
});

/** A file that is older than the list of homework has these among the others, and they stay there. */
function unnamed(words: readonly string[], { oral, written }: { oral: readonly string[]; written: readonly string[] }) {
  const named = new Set([...oral, ...written].map(folded));
  return words.filter((word) => !named.has(folded(word)));
}

interface NamedList {
  readonly path: readonly string[];
  readonly of: readonly string[];
}

/** A word in two lists has two meanings: nobody could say how it is read. */
function refuseTwice(lists: readonly NamedList[], context: z.RefinementCtx): void {
  const seen = new Map<string, string>();
  for (const { path, of } of lists) {
    for (const [index, word] of of.entries()) {
      const before = seen.get(folded(word));
      const message = `«${word}» уже стоит в списке «${before}»: оставьте в одном`;
      if (before !== undefined && before !== path.join(".")) {
        context.addIssue({ code: "custom", path: [...path, index], message });
      }
      seen.set(folded(word), path.join("."));
    }
  }
}
