import { basename, dirname, join } from "node:path";
import {
  NodeCompiler,
  type NodeError,
  type NodeTypstDocument,
  PdfStandard,
} from "@myriaddreamin/typst-ts-node-compiler";
import { z } from "zod";
import type { TemplateTexts } from "../../domain/notice/templates.ts";
import { remember } from "../../domain/remember.ts";
import type { EpochMs } from "../../domain/time.ts";
import { loadFonts } from "../fonts.ts";
import { breakLongWords, createPrintable } from "../glyphs.ts";

/** Where a template is wrong. */
export interface TemplateFault {
  readonly file: string;
  /** From 1; null when nobody knows. */
  readonly line: number | null;
  /** What the typesetter says, in its English words. */
  readonly says: string;
}

/** One template, set with our own fonts. Texts come as JSON and stay texts: nothing that stands in the journal is ever read as markup. */
export interface Setter {
  /** Only signs that the fonts have, long words breakable. */
  placed(text: string): string;
  /** The document, or what the template's author has to know. */
  set(inputs: Readonly<Record<string, string>>): NodeTypstDocument | { readonly fault: TemplateFault };
  /** The values of all `metadata` with this label. */
  told(document: NodeTypstDocument, label: string): unknown[];
  /** Tagged PDF/A-2a, dated `at`; nothing is kept for another layout. Throws when the document cannot be one. */
  pdf(document: NodeTypstDocument, at: EpochMs): Uint8Array;
  /** Drops what of the layouts is kept for the next one; in all threads. */
  forget(): void;
}

/** `template` is a path; `own` replaces files beside it, by their names. */
export function createSetter(template: string, own: TemplateTexts = {}): Setter {
  const fonts = loadFonts();
  const printable = createPrintable(fonts);
  const folder = dirname(template);
  const compiler = NodeCompiler.create({ workspace: folder, fontArgs: [{ fontBlobs: [...fonts] }] });
  for (const [name, text] of Object.entries(own)) compiler.addSource(join(folder, name), text);
  return {
    placed: remember((text: string) => breakLongWords(printable(text))),
    set(inputs) {
      // What the last layout did not need is dropped: it would be most of the memory. The cache is that of all threads.
      compiler.evictCache(1);
      const compiled = compiler.compile({ mainFilePath: template, inputs });
      const trouble = compiled.result === null ? compiled.takeDiagnostics() : null;
      return compiled.result ?? { fault: faultOf(trouble === null ? [] : traced(compiler, trouble), template, own) };
    },
    told: (document, label) => compiler.query(document, { selector: `<${label}>`, field: "value" }) as unknown[],
    pdf(document, at) {
      compiler.evictCache(0);
      return compiler.pdf(document, { pdfStandard: PdfStandard.A_2a, creationTimestamp: Math.floor(at / 1000) });
    },
    forget: () => compiler.evictCache(0),
  };
}

/** Plain data as the template's JSON input, its texts placed. */
export function inputOf(data: unknown, placed: Setter["placed"]): string {
  return JSON.stringify(data, (_, value: unknown) => (typeof value === "string" ? placed(value) : value));
}

const diagnostics = z.array(
  z.object({
    message: z.string(),
    path: z.string().default(""),
    range: z.object({ start: z.object({ line: z.number() }) }).nullish(),
  }),
);

function traced(compiler: NodeCompiler, trouble: NodeError): z.infer<typeof diagnostics> {
  return diagnostics.catch([]).parse(compiler.fetchDiagnostics(trouble));
}

/** The first place is where it went wrong, those after it where that was called from: of interest is what the school itself wrote. */
function faultOf(places: z.infer<typeof diagnostics>, template: string, own: TemplateTexts): TemplateFault {
  const theirs = places.find(({ path }) => Object.hasOwn(own, basename(path)));
  const { path, range } = theirs ?? places[0] ?? { path: template, range: null };
  return {
    file: basename(path) || basename(template),
    line: range ? range.start.line + 1 : null,
    says: places[0]?.message ?? "no diagnostics",
  };
}
