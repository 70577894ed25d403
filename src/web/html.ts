/** A part shorter than this is written into what stands around it. */
const LONG = 2_000;

/** A stretch of markup. It is encoded once, however often it is sent: what readers share is not made into bytes for each of them. */
class Stretch {
  readonly text: string;
  #bytes: Buffer | undefined;
  constructor(text: string) {
    this.text = text;
  }
  get bytes(): Buffer {
    this.#bytes ??= Buffer.from(this.text);
    return this.#bytes;
  }
}

/** Markup that has been escaped already. */
export class Html {
  readonly stretches: readonly Stretch[];
  constructor(markup: string | readonly Stretch[]) {
    this.stretches = typeof markup === "string" ? [new Stretch(markup)] : markup;
  }
  get text(): string {
    return this.stretches.map(({ text }) => text).join("");
  }
}

type Part = string | number | Html | null | readonly Part[];

/** Makes markup; everything put into it is escaped, unless it is markup itself. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const stretches: Stretch[] = [];
  let text = "";
  const add = (part: Part): void => {
    if (part === null) return;
    if (part instanceof Html) part.stretches.forEach(addStretch);
    else if (Array.isArray(part)) part.forEach(add);
    else text += String(part).replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
  };
  const addStretch = (stretch: Stretch): void => {
    if (stretch.text.length < LONG) {
      text += stretch.text;
      return;
    }
    end();
    stretches.push(stretch);
  };
  const end = () => {
    if (text !== "") stretches.push(new Stretch(text));
    text = "";
  };
  for (const [i, string] of strings.entries()) {
    if (i > 0) add(parts[i - 1] ?? null);
    text += string;
  }
  end();
  return new Html(stretches);
}
