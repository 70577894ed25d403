import { SaxesParser } from "saxes";

export interface Element {
  /** Without a namespace's prefix. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Handlers {
  open?(element: Element): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** Reads one part as it comes. Throws what the parser throws for a text that is no XML; a document type is refused: no workbook has one. */
export async function readXml(chunks: AsyncIterable<string>, handlers: Handlers): Promise<void> {
  const parser = new SaxesParser({ xmlns: false });
  parser.on("doctype", () => {
    throw new Error("a document type in a workbook");
  });
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const local: Record<string, string> = {};
    for (const [key, value] of Object.entries(attributes)) local[withoutPrefix(key)] = String(value);
    handlers.open?.({ name: withoutPrefix(name), attributes: local });
  });
  parser.on("text", (text) => handlers.text?.(text));
  parser.on("cdata", (text) => handlers.text?.(text));
  parser.on("closetag", ({ name }) => handlers.close?.(withoutPrefix(name)));
  for await (const chunk of chunks) parser.write(chunk);
  parser.close();
}

function withoutPrefix(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}
