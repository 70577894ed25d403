import { fileURLToPath } from "node:url";
import { batchName } from "../../domain/notice/hand-out.ts";
import { postRegister } from "../../domain/notice/post-register.ts";
import type { SheetOrder } from "../../domain/notice/sheet-order.ts";
import { print } from "../typst/print.ts";
import type { RenderOptions } from "./batch.ts";
import { refuseStrays } from "./template-names.ts";

const template = fileURLToPath(new URL("post-register.typ", import.meta.url));

/** The register of the batch's letters as tagged PDF/A-2a, a document of its own; null when nothing goes by post. Throws `print-template` (trouble). */
export async function printPostRegister(
  order: SheetOrder,
  { at, templates = {} }: RenderOptions,
): Promise<Uint8Array | null> {
  const data = postRegister(order);
  if (data === null) return null;
  refuseStrays(templates);
  return print({ template, title: `Реестр писем, ${batchName(order)}: ${order.span}`, data, at, own: templates });
}
