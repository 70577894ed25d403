import type { SheetClass } from "./sheet-order.ts";

/** The classes in parts of at most `most` notices, in their order. A class is parted only when it alone has more. */
export function batchParts(classes: readonly SheetClass[], most: number): readonly (readonly SheetClass[])[] {
  const parts: SheetClass[][] = [];
  let room = 0;
  for (const piece of classes.flatMap((one) => pieces(one, most))) {
    if (piece.notices.length > room) {
      parts.push([]);
      room = most;
    }
    parts.at(-1)?.push(piece);
    room -= piece.notices.length;
  }
  return parts;
}

function pieces(one: SheetClass, most: number): SheetClass[] {
  const found: SheetClass[] = [];
  for (let from = 0; from < one.notices.length; from += most)
    found.push({ ...one, notices: one.notices.slice(from, from + most) });
  return found;
}
