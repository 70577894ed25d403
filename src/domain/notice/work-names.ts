const usual = new Map(
  Object.entries({
    "контрольная работа": "к/р",
    "самостоятельная работа": "с/р",
    "проверочная работа": "пров.",
    "практическая работа": "пр/р",
    "лабораторная работа": "л/р",
    "письменная работа": "письм.",
    "домашняя работа": "д/р",
    "домашнее задание": "д/з",
    "ответ на уроке": "ответ",
    "устный ответ": "устно",
    диктант: "дикт.",
    изложение: "изл.",
    сочинение: "сочин.",
    тест: "тест",
    зачёт: "зачёт",
  }),
);
/** What teachers write short themselves, wherever a school means the same by it. */
const written = new Map(
  Object.entries({
    "к/р": "контрольная работа",
    "с/р": "самостоятельная работа",
    "л/р": "лабораторная работа",
    "д/р": "домашняя работа",
    "д/з": "домашнее задание",
  }),
);
const longest = 6;

export interface WorkNames {
  shortOf(workType: string): string;
  /** Abbreviations in use whose full name is longer, in the order of the alphabet. */
  legend(): readonly { readonly short: string; readonly full: string }[];
}

/** Short names for the work types of one notice: different types never share one, and the legend tells what each stands for. */
export function createWorkNames(): WorkNames {
  const shorts = new Map<string, string>();
  const fulls = new Map<string, string>();
  return {
    shortOf(workType) {
      const said = workType.toLowerCase();
      const full = written.get(said) ?? said;
      const known = shorts.get(full);
      if (known !== undefined) return known;
      const short = free(usual.get(full) ?? abbreviate(full), fulls);
      shorts.set(full, short);
      fulls.set(short, full);
      return short;
    },
    legend: () =>
      [...shorts]
        .filter(([full, short]) => full !== short)
        .map(([full, short]) => ({ short, full }))
        .sort((one, other) => one.short.localeCompare(other.short, "ru")),
  };
}

function abbreviate(full: string): string {
  if (full.length <= longest) return full;
  const words = full.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 2);
  if (words.length > 1)
    return words
      .slice(0, 3)
      .map((word) => word[0])
      .join("/");
  return `${full.slice(0, longest - 1)}.`;
}

function free(wanted: string, taken: ReadonlyMap<string, string>): string {
  if (!taken.has(wanted)) return wanted;
  for (let number = 2; ; number++) if (!taken.has(`${wanted}${number}`)) return `${wanted}${number}`;
}
