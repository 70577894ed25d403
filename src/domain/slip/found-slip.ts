import { counted } from "../notice/words.ts";
import { printedCode } from "./code.ts";

/** What becomes of a slip that came back. */
export type SlipKind =
  | "returned"
  | "double" // its slip had been back before
  | "old-edition" // a correction has been made since
  | "withdrawn" // its notice was taken back
  | "other-school" // of another school of this deployment
  | "unknown" // printed by nobody here: of another school's computer
  | "unreadable"; // a square that cannot be read, or a page without any

/** A notice as its slip's code tells it. */
export interface NoticeOfSlip {
  readonly id: number;
  readonly ownSchool: boolean;
  readonly withdrawn: boolean;
  /** A later edition of it stands. */
  readonly corrected: boolean;
  readonly returned: boolean;
  readonly className: string;
  readonly place: number;
  readonly batch: number;
}

/** Where a slip was found; null: it was typed from the paper. */
export interface SlipPlace {
  readonly page: number;
  /** Shares of the page's width and height; null: somewhere on it. */
  readonly at: { readonly x: number; readonly y: number } | null;
}

export interface FoundSlip {
  readonly kind: SlipKind;
  readonly place: SlipPlace | null;
  readonly code: string | null;
  readonly notice: NoticeOfSlip | null;
}

/** What the code of a slip says of it. Pure. `null`: no notice has this code. */
export function kindOf(notice: NoticeOfSlip | null): SlipKind {
  if (notice === null) return "unknown";
  if (!notice.ownSchool) return "other-school";
  if (notice.returned) return "double";
  if (notice.corrected) return "old-edition";
  return notice.withdrawn ? "withdrawn" : "returned";
}

/** Whether a person has to do something about it. */
export function needsPerson(kind: SlipKind): boolean {
  return kind !== "returned" && kind !== "double";
}

/** «страница 3, вверху справа: …»: what was found and what to do, one sentence. No names: number in the batch and class only. */
export function slipSentence(slip: FoundSlip): string {
  const said = SENTENCES[slip.kind](slip.notice, slip.code === null ? "" : printedCode(slip.code));
  return slip.place === null ? capital(said) : `${placeText(slip.place)}: ${said}`;
}

const of = (notice: NoticeOfSlip | null) =>
  notice === null ? "" : ` (${notice.className}, № ${notice.place} в партии № ${notice.batch})`;

const SENTENCES: Readonly<Record<SlipKind, (notice: NoticeOfSlip | null, code: string) => string>> = {
  returned: (notice) => `корешок вернулся${of(notice)}.`,
  double: (notice) => `этот корешок уже был отмечен${of(notice)}: ничего не изменилось.`,
  "old-edition": (notice) =>
    `корешок прежнего уведомления${of(notice)}: оно с тех пор исправлено. Проверьте, что семья получила исправленное, его корешок ещё ждём.`,
  withdrawn: (notice) =>
    `корешок уведомления, которое отозвано${of(notice)}: оно не должно было уйти семье. Узнайте, как оно к ней попало.`,
  "other-school": (_, code) => `корешок другой школы (код ${code}): отдайте его туда.`,
  unknown: (_, code) => `код ${code} здесь не печатали: это корешок другой школы или очень старый. Отложите его.`,
  unreadable: () =>
    "код не читается или корешка здесь нет. Наберите код, напечатанный под квадратом: «sverka slips enter», а если корешка нет – «sverka slips clear».",
};

/** «страница 3, внизу слева» */
export function placeText({ page, at }: SlipPlace): string {
  if (at === null) return `страница ${page}`;
  const [upper, aside] = [thirds(at.y, "вверху", "внизу"), thirds(at.x, "слева", "справа")];
  return `страница ${page}, ${[upper, aside].filter((part) => part !== "").join(" ") || "посередине"}`;
}

const thirds = (share: number, first: string, last: string) => (share < 1 / 3 ? first : share > 2 / 3 ? last : "");
const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);

/** «вернулось 12 корешков, 1 уже был отмечен, 2 не читаются»; «» for none. */
export function countsText(kinds: readonly SlipKind[]): string {
  const count = (wanted: SlipKind) => kinds.filter((kind) => kind === wanted).length;
  const said: readonly (readonly [SlipKind, (n: number) => string])[] = [
    ["returned", (n) => `вернулось ${counted(n, "корешок", "корешка", "корешков")}`],
    ["double", (n) => `уже отмечено раньше – ${n}`],
    ["old-edition", (n) => `от прежних, с тех пор исправленных уведомлений – ${n}`],
    ["withdrawn", (n) => `от отозванных уведомлений – ${n}`],
    ["other-school", (n) => `другой школы – ${n}`],
    ["unknown", (n) => `с неизвестным кодом – ${n}`],
    ["unreadable", (n) => `не прочитано – ${n}`],
  ];
  return said.flatMap(([kind, words]) => (count(kind) > 0 ? [words(count(kind))] : [])).join(", ");
}
