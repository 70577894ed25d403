import { z } from "zod";
import { day, PRINTABLE } from "../doors/form.ts";
import { ApiProblem, problem } from "./problem.ts";

// The parameters of `/api/v1`. Each one's description is both what the document says and what a wrong value is answered with.

const text = (longest: number) => z.string().min(1).max(longest).regex(PRINTABLE);
const id = () => text(100);
const whole = (most: number) =>
  z
    .string()
    .regex(/^\d{1,10}$/)
    .transform(Number)
    .pipe(z.int().min(1).max(most));

const page = {
  limit: whole(200).default(50).describe("сколько за раз: целое число от 1 до 200"),
  cursor: text(300).optional().describe("откуда продолжать: next из прежнего ответа, без перемен"),
};

export const findingsQuestion = z.strictObject({
  status: z.enum(["open", "settled", "waived", "withdrawn"]).optional().describe("open, settled, waived или withdrawn"),
  severity: z.enum(["violation", "warning", "hint"]).optional().describe("violation, warning или hint"),
  verdict: z
    .enum(["late", "missing", "violation", "unproved"])
    .optional()
    .describe("late, missing, violation или unproved"),
  rule: text(40).optional().describe("правило, до 40 знаков"),
  class: id().optional().describe("номер класса в журнале, до 100 знаков"),
  from: day().optional().describe("с какого дня, ГГГГ-ММ-ДД"),
  to: day().optional().describe("по какой день, ГГГГ-ММ-ДД"),
  changedSince: z.iso
    .datetime()
    .refine((moment) => moment >= "1900" && moment < "2200")
    .optional()
    .describe("открытые, исправленные, снятые или отозванные с этого мгновения, как 2026-11-16T09:00:00Z"),
  ...page,
});

export const passesQuestion = z.strictObject(page);
export const controlsQuestion = z.strictObject(page);
export const noticesQuestion = z.strictObject({
  batch: whole(2_147_483_647).optional().describe("номер партии: целое число"),
  class: id().optional().describe("номер класса в журнале, до 100 знаков"),
  ...page,
});
export const noQuestion = z.strictObject({});

/** What stands behind «?». Throws `query-invalid`: nothing unknown, nothing twice, nothing out of bounds. */
export function questionOf<Schema extends z.ZodObject>(schema: Schema, given: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(given ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.code === "unrecognized_keys") {
    const known = Object.keys(schema.shape);
    const possible = known.length === 0 ? "здесь параметров нет" : `есть ${known.join(", ")}`;
    throw new ApiProblem(problem("query-invalid", `Неизвестный параметр: ${possible}.`));
  }
  const name = String(issue?.path[0] ?? "");
  const field = schema.shape[name] as z.ZodType | undefined;
  throw new ApiProblem(
    problem("query-invalid", `Параметр «${name}» задан неверно. Нужно: ${field?.description ?? ""}.`),
  );
}

/** A cursor is a place in the order, opaque to programs. */
export const cursorOf = (place: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(place)).toString("base64url");

/** Throws `query-invalid` for what is no cursor of this list. */
export function placeOf<Schema extends z.ZodType>(cursor: string | undefined, schema: Schema): z.infer<Schema> | null {
  if (cursor === undefined) return null;
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch {
    throw new ApiProblem(
      problem(
        "query-invalid",
        "Параметр «cursor» задан неверно. Нужно: next из прежнего ответа этого же списка, без перемен.",
      ),
    );
  }
}
