import type { NoticeKind } from "../notice/frozen.ts";
import { counted } from "../notice/words.ts";
import type { EpochMs, IsoDate } from "../time.ts";

/** How far the notices of a batch have come in one class. */
export interface ClassStates {
  readonly classExternalId: string;
  readonly className: string;
  /** Those that are to be handed out. */
  readonly notices: number;
  readonly printed: number;
  readonly handed: number;
  readonly returned: number;
  /** Handed out, and the slip is not back. */
  readonly missing: number;
  /** Taken out: the agreement ended, the pupil left, or a later edition took the place. */
  readonly withdrawn: number;
}

export interface BatchStates {
  readonly number: number;
  readonly kind: NoticeKind;
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly composedAt: EpochMs;
  /** In the school's own order. */
  readonly classes: readonly ClassStates[];
}

/** A family whose last slips did not come back. */
export interface SilentFamily {
  readonly pupilExternalId: string;
  readonly className: string;
  /** How many in a row. */
  readonly slips: number;
  /** The hand-out of the oldest of them. */
  readonly sinceAt: EpochMs;
}

export const KIND_NAMES: Readonly<Record<NoticeKind, string>> = {
  regular: "очередные",
  first: "первые, новым семьям",
  final: "с итоговыми отметками",
  "by-hand": "вручную",
};

/** What is left to be done with the notices of a class, in a few words; «всё вернулось» when nothing is. */
export function openStep({
  notices,
  printed,
  handed,
  missing,
}: Pick<ClassStates, "notices" | "printed" | "handed" | "missing">): string {
  if (notices === 0) return "все отозваны";
  if (printed < notices) return `ждут печати: ${notices - printed}`;
  if (handed < notices) return `не отмечено передачи: ${notices - handed}`;
  return missing > 0 ? `ждём ${counted(missing, "корешок", "корешка", "корешков")}` : "всё вернулось";
}

/** From so many slips in a row on a family is asked for. */
export const SILENT_CYCLES = 2;

/** What to do about families whose slips do not come back. */
export const SILENT_TODO =
  "Что делать: спросите семью, доходят ли распечатки; если ребёнок не довозит их – отдайте лично или отправьте письмом; если семья согласна на электронный дневник – впишите это в список и загрузите его: sverka import delivery.";
