import type { TemplateTexts } from "../domain/notice/templates.ts";

/** The templates that a school has made its own. */
export interface Templates {
  /** As they stand now; none: `{}`. Throws `template-unreadable` (configuration). */
  own(): Promise<TemplateTexts>;
  /** Those with which a print last came out well; null while there was none. */
  lastGood(): Promise<TemplateTexts | null>;
  keepGood(templates: TemplateTexts): Promise<void>;
}
