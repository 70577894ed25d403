import multipart from "@fastify/multipart";
import type { FastifyInstance } from "fastify";
import { z } from "zod";

/** A file of a form, whole. */
export interface UploadedFile {
  /** Without a folder and control characters; «» where none was chosen. */
  readonly fileName: string;
  readonly bytes: Buffer;
}

const LARGEST = 20 * 1024 * 1024;
const LONGEST_NAME = 200;

/** Lets the forms of these routes bring one file; nobody else's may. What is larger is refused while it comes. */
export async function takeUploads(app: FastifyInstance): Promise<void> {
  await app.register(multipart, {
    attachFieldsToBody: "keyValues",
    limits: { fileSize: LARGEST, files: 1, fields: 20, fieldSize: 10_000, parts: 21, headerPairs: 50 },
    async onFile(part) {
      const bytes = await part.toBuffer();
      (part as unknown as { value: UploadedFile }).value = { fileName: plainName(part.filename ?? ""), bytes };
    },
  });
}

/** For a form's schema: a file was chosen. */
export const uploaded = () =>
  z
    .object({ fileName: z.string().min(1), bytes: z.instanceof(Buffer) })
    .refine(({ bytes }) => bytes.length > 0) satisfies z.ZodType<UploadedFile>;

const plainName = (name: string): string =>
  (name.split(/[/\\]/).at(-1) ?? "")
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}]/gu, "")
    .trim()
    .slice(0, LONGEST_NAME);
