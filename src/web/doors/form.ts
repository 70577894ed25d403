import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { SverkaError } from "../../domain/error.ts";

/** No control character: the store takes no NUL, and no id has one. */
export const PRINTABLE = /^\P{Cc}*$/u;

/** A line that a person typed: trimmed, without control characters, not longer than said. */
export const line = (longest: number) =>
  z
    .string()
    .transform((text) =>
      text
        .normalize("NFC")
        .replace(/\p{Cc}/gu, "")
        .trim(),
    )
    .pipe(z.string().max(longest));

/** Several lines. */
export const lines = (longest: number) =>
  z
    .string()
    .transform((text) =>
      text
        .normalize("NFC")
        .replaceAll("\r\n", "\n")
        .replace(/[^\P{Cc}\n\t]/gu, "")
        .trim(),
    )
    .pipe(z.string().max(longest));

/** A secret stays as it is. */
export const secret = () => z.string().max(1000);

/** A day of this or a neighbouring century: the calendar of the store begins later than that of the standard. */
export const day = () => z.iso.date().refine((text) => text >= "1900" && text < "2200");

export const number = () => z.coerce.number().int().min(1).max(2_147_483_647);

/** One box, several, or none. */
export const choices = (most = 2_000) =>
  z.preprocess(
    (value) => (value === undefined ? [] : [value].flat()),
    z.array(z.string().max(200).regex(PRINTABLE)).max(most),
  );

/** What a form sent. Throws `form-invalid` (input) in the words of `hints`, by field. */
export function formOf<Schema extends z.ZodObject>(
  request: Pick<FastifyRequest, "body">,
  schema: Schema,
  hints: Readonly<Record<string, string>> = {},
): z.infer<Schema> {
  const parsed = schema.safeParse(request.body ?? {});
  if (parsed.success) return parsed.data;
  const field = String(parsed.error.issues[0]?.path[0] ?? "");
  const sentence = hints[field] ?? "Форма заполнена не так: вернитесь и проверьте поля.";
  // Also where no page of ours catches it, it is the sender's mistake and not our trouble.
  throw Object.assign(new SverkaError("input", "form-invalid", sentence), { statusCode: 422 });
}

/** What stands in the address after «?»: what does not fit is as if it were not there. */
export function queryOf<Schema extends z.ZodObject>(
  request: Pick<FastifyRequest, "query">,
  schema: Schema,
): Partial<z.infer<Schema>> {
  const given = (request.query ?? {}) as Record<string, unknown>;
  const fields = Object.entries(schema.shape).flatMap(([name, type]) => {
    const value = given[name];
    if (typeof value === "string" && !PRINTABLE.test(value)) return [];
    const parsed = (type as z.ZodType).safeParse(value);
    return parsed.success && parsed.data !== undefined && parsed.data !== "" ? [[name, parsed.data] as const] : [];
  });
  return Object.fromEntries(fields) as Partial<z.infer<Schema>>;
}
