/** `homework` has the deadline of written work, but is checked by choice: no mark for it is ever missing. */
export type WorkKind = "oral" | "written" | "homework" | "unknown";

/** The school's work types (`config/avers.yaml`), as free text. */
export interface WorkTypes {
  readonly oral: readonly string[];
  readonly written: readonly string[];
  readonly homework: readonly string[];
  /** Abbreviation → what it stands for: «к/р» → «контрольная работа». */
  readonly abbreviations: Readonly<Record<string, string>>;
}

/**
 * A reader of a lesson's work type. The whole text is looked up first (a number at its end aside), then known written types inside it
 * («Итоговая контрольная работа по теме»), then homework: the shorter deadline is for exact oral types alone. What is left, or no text at all, is unknown: it gets
 * the longer deadline and accuses nobody of a missing mark.
 */
export function createWorkTypeReader(types: WorkTypes): (text: string | null) => WorkKind {
  const short = new Map(Object.entries(types.abbreviations).map(([from, to]) => [plainShort(from), plainWords(to)]));
  const normal = (text: string) => short.get(plainShort(text)) ?? expand(plainWords(text), short);
  const oral = new Set(types.oral.map(normal));
  const written = new Set(types.written.map(normal));
  const homework = new Set(types.homework.map(normal));

  return (text) => {
    if (text === null) return "unknown";
    const work = normal(text);
    if (oral.has(work) !== written.has(work)) return oral.has(work) ? "oral" : "written";
    if (oral.has(work)) return "unknown";
    return holdsAny(work, written) ? "written" : holdsAny(work, homework) ? "homework" : "unknown";
  };
}

/** Case, «ё», punctuation around the words and repeated spaces do not matter. */
function plainWords(text: string): string {
  return text
    .toLowerCase()
    .replaceAll("ё", "е")
    .replace(/[^\p{L}\p{N}/.]+/gu, " ")
    .replace(/(?<=\s|^)[./]+|[./]+(?=\s|$)/g, "")
    .replace(/(?: \d+)+$/, "")
    .trim();
}

/** «к/р», «К. р.», «к.р.», «к\р» are one abbreviation. */
function plainShort(text: string): string {
  return text
    .toLowerCase()
    .replaceAll("ё", "е")
    .replace(/[\s./\\]+/g, "/")
    .replace(/^\/|\/$/g, "");
}

function expand(text: string, short: ReadonlyMap<string, string>): string {
  return text
    .split(" ")
    .map((word) => short.get(plainShort(word)) ?? word.replace(/[./]+/g, " "))
    .join(" ");
}

function holdsAny(text: string, types: ReadonlySet<string>): boolean {
  for (const type of types) if (type !== "" && ` ${text} `.includes(` ${type} `)) return true;
  return false;
}
