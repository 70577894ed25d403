const width = 72;

/** Words in lines of at most 72 signs, the first line after `first`, the others after `next`. */
export function wrap(text: string, first = "", next = ""): string[] {
  const lines: string[] = [];
  let line = first;
  for (const word of text.split(" ")) {
    const fits = line.length + word.length < width || line === first || line === next;
    if (fits) line += line === first || line === next ? word : ` ${word}`;
    else {
      lines.push(line);
      line = next + word;
    }
  }
  return [...lines, line];
}
