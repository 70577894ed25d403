import { basename } from "node:path";
import type { TemplateTexts } from "../../domain/notice/templates.ts";
import type { EpochMs } from "../../domain/time.ts";
import { createSetter, inputOf, type TemplateFault } from "./compile.ts";

export interface PrintOrder {
  readonly template: string;
  readonly title: string;
  readonly data: unknown;
  readonly at: EpochMs;
  /** Texts instead of the files beside the template, by their names. */
  readonly own?: TemplateTexts;
}

export type PrintOutcome =
  | { readonly kind: "pdf"; readonly pdf: Uint8Array; readonly pages: number }
  | { readonly kind: "template"; readonly fault: TemplateFault };

/** One document of any number of pages as PDF/A-2a: `sys.inputs.data` is its contents, `sys.inputs.title` its title. */
export function setPrint({ template, title, data, at, own }: PrintOrder): PrintOutcome {
  const setter = createSetter(template, own);
  try {
    const document = setter.set({ title: setter.placed(title), data: inputOf(data, setter.placed) });
    if ("fault" in document) return { kind: "template", fault: document.fault };
    return { kind: "pdf", pdf: setter.pdf(document, at), pages: document.numOfPages };
  } catch (error) {
    return { kind: "template", fault: { file: basename(template), line: null, says: String(error) } };
  } finally {
    setter.forget();
  }
}
