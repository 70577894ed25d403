import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { HandOutList } from "../../domain/notice/hand-out.ts";
import type { Notice } from "../../domain/notice/notice.ts";
import type { Layout, PostPlace } from "../../domain/notice/sheet-order.ts";
import type { TemplateTexts } from "../../domain/notice/templates.ts";
import { remember } from "../../domain/remember.ts";
import type { EpochMs } from "../../domain/time.ts";
import { createSetter, inputOf, type TemplateFault } from "../typst/compile.ts";
import { firstTrial, nextTrial, type Trial } from "./fit.ts";
import { type NoticePages, pagesTrouble } from "./pages-trouble.ts";
import { slipSquare } from "./square.ts";

const folder = dirname(fileURLToPath(import.meta.url));
const template = join(folder, "batch.typ");

export interface TypesetSheet {
  readonly id: number;
  readonly notice: Notice;
  /** «№ 3 в списке · партия № 17», where it is of a batch. */
  readonly place: string | null;
  readonly correction: string | null;
  /** Null: the slip has no code. */
  readonly slipCode: string | null;
  /** How the code is printed for people. */
  readonly code: string | null;
  /** The place of the code is shown instead of a code. */
  readonly sample: boolean;
  readonly post: PostPlace | null;
}

export interface TypesetOrder {
  readonly title: string;
  readonly layout: Layout;
  readonly classes: readonly { readonly list: HandOutList | null; readonly sheets: readonly TypesetSheet[] }[];
  readonly at: EpochMs;
  readonly templates: TemplateTexts;
}

export type TypesetOutcome =
  | { readonly kind: "pdf"; readonly pdf: Uint8Array; readonly pages: number; readonly places: readonly NoticePages[] }
  | { readonly kind: "pages"; readonly trouble: string }
  | { readonly kind: "template"; readonly fault: TemplateFault };

/** A thread that sets several files reads fonts and templates once. */
const setterOf = remember((templates: string) => createSetter(template, JSON.parse(templates) as TemplateTexts));

const toldPlaces = z.array(z.tuple([z.number(), z.number(), z.number()]));
const toldFilled = z.array(z.tuple([z.number(), z.number(), z.number().nullable()]));

/**
 * Sets the notices as PDF/A-2a, and answers with what is wrong when they do not stand on pages of their own. Takes half a second of the thread for 60. They are set in
 * sizes of type that are guessed, and again in better ones where they ran over or left much room: the typesetter lays out anew only what changed.
 */
export function typesetBatch({ title, layout, classes, at, templates }: TypesetOrder): TypesetOutcome {
  const setter = setterOf(JSON.stringify(templates));
  const sheets = classes.flatMap((one) => one.sheets);
  const squares = JSON.stringify(
    Object.fromEntries(sheets.flatMap(({ id, slipCode }) => (slipCode === null ? [] : [[id, slipSquare(slipCode)]]))),
  );
  const set = (trials: readonly Trial[]) => {
    const sizes = new Map(trials.map(({ sheet, size }) => [sheet.id, size]));
    const sized = (sheet: TypesetSheet) => ({ ...sheet, size: sizes.get(sheet.id) ?? null });
    const data = { layout, classes: classes.map((one) => ({ ...one, sheets: one.sheets.map(sized) })) };
    return setter.set({ title: setter.placed(title), data: inputOf(data, setter.placed), squares });
  };
  try {
    // Halves of a page are another matter: there each is measured where it stands.
    let trials = layout === "two-up" ? [] : sheets.map(firstTrial);
    for (;;) {
      const document = set(trials);
      if ("fault" in document) return { kind: "template", fault: document.fault };
      const better = betterTrials(trials, setter.told(document, "filled"));
      if (better !== null) {
        trials = better;
        continue;
      }
      const places = placesIn(setter.told(document, "places"));
      const trouble = pagesTrouble(sheets, places, layout);
      if (trouble !== null) return { kind: "pages", trouble };
      return { kind: "pdf", pdf: setter.pdf(document, at), pages: document.numOfPages, places };
    }
  } catch (error) {
    return { kind: "template", fault: { file: basename(template), line: null, says: String(error) } };
  } finally {
    setter.forget();
  }
}

/** Null when each stands well. A template of the school's own may tell nothing: then each that is not known to stand well is measured where it stands. */
function betterTrials(trials: readonly Trial[], [told]: readonly unknown[]): Trial[] | null {
  const filled = new Map(
    toldFilled
      .catch([])
      .parse(told)
      .map(([id, tall, room]) => [id, { tall, room }]),
  );
  const better = trials.map((trial) => nextTrial(trial, filled.get(trial.sheet.id) ?? null));
  return better.some((trial, index) => trial !== trials[index]) ? better : null;
}

function placesIn([told]: readonly unknown[]): NoticePages[] {
  return toldPlaces
    .catch([])
    .parse(told)
    .map(([noticeId, page, last]) => ({ noticeId, page, last }));
}
