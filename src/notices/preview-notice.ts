import { renderNotices } from "../documents/notice/render.ts";
import type { Span } from "../domain/calendar.ts";
import { SverkaError } from "../domain/error.ts";
import type { NoticeFacts } from "../domain/notice/facts.ts";
import type { Notice } from "../domain/notice/notice.ts";
import type { TemplateTexts } from "../domain/notice/templates.ts";
import type { EpochMs } from "../domain/time.ts";

export interface PreviewNeeds {
  readonly now: EpochMs;
  /** The class that the pupil is in now, by its external id; null: nobody knows this pupil. */
  classOf(pupilExternalId: string): Promise<string | null>;
  facts(classExternalId: string, span: Span): Promise<readonly NoticeFacts[]>;
  compose(facts: NoticeFacts): Notice;
  /** The school's own templates as they stand now: here a broken one is refused. */
  templates(): Promise<TemplateTexts>;
}

/**
 * One pupil's notice of these days as PDF/A, as it would be printed now, with a place instead of the code. Records nothing. Throws `pupil-unknown` (input), and what
 * the templates are guilty of.
 */
export async function previewNotice(
  { now, classOf, facts, compose, templates }: PreviewNeeds,
  { pupil, span }: { pupil: string; span: Span },
): Promise<Uint8Array> {
  const classExternalId = await classOf(pupil);
  const found =
    classExternalId === null
      ? undefined
      : (await facts(classExternalId, span)).find((one) => one.pupil.externalId === pupil);
  if (found === undefined)
    throw new SverkaError(
      "input",
      "pupil-unknown",
      `Ученика с номером ${pupil} в журнале нет: номера покажет «sverka notices --list».`,
    );
  return renderNotices([compose(found)], { at: now, templates: await templates(), sample: true });
}
