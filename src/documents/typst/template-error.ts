import { SverkaError } from "../../domain/error.ts";
import type { TemplateFault } from "./compile.ts";

/** What the typesetter says most often of a slip of the pen, in Russian; anything else is quoted. */
const SAYINGS: readonly (readonly [RegExp, (found: string) => string])[] = [
  [/^unknown variable: (.+)$/, (name) => `имя «${name}» неизвестно`],
  [/^unclosed (?:delimiter|string|raw text|label)$/, () => "не закрыта скобка или кавычка"],
  [/^unexpected (?:closing|end of|.*delimiter)/, () => "лишняя или недостающая скобка"],
  [/^expected (.+)$/, (what) => `здесь не хватает нужного (${what})`],
  [/^dictionary does not contain key "(.+)"/, (key) => `поля «${key}» в данных нет`],
  [/^unknown font family: (.+)$/, (font) => `шрифта «${font}» нет`],
  [/^file not found/, () => "файла, на который ссылается шаблон, нет"],
];

/** `notice-template` or `print-template` (trouble): file, line, and what is wrong with it. */
export function templateError(code: string, { file, line, says }: TemplateFault, cause?: unknown): SverkaError {
  const where = line === null ? `В шаблоне «${file}» ошибка` : `В шаблоне «${file}», строка ${line}, ошибка`;
  return new SverkaError(
    "trouble",
    code,
    `${where}: ${inRussian(says)}. Исправьте её или уберите этот файл из config/templates – тогда будет взят шаблон программы.`,
    { cause: cause ?? new Error(says.slice(0, 2000)) },
  );
}

function inRussian(says: string): string {
  for (const [pattern, saying] of SAYINGS) {
    const found = pattern.exec(says);
    if (found !== null) return saying(found[1] ?? "");
  }
  return `«${says.slice(0, 200)}»`;
}
