import { readFile } from "node:fs/promises";
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { SverkaError } from "../../src/domain/error.ts";

/**
 * One YAML file through its schema; a missing or empty file is an empty one, and a key without a value is a missing key.
 * Throws a `SverkaError` that names the file, the line, what is wrong and what to do.
 */
export async function readYaml<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>> {
  const lines = new LineCounter();
  const document = parseDocument(await textOf(path), { lineCounter: lines, prettyErrors: false });
  const fault = document.errors[0];
  if (fault !== undefined) {
    const { line } = lines.linePos(fault.pos[0]);
    throw invalid(path, line, "запись не по правилам YAML: проверьте отступы, двоеточия и кавычки", fault);
  }
  const result = schema.safeParse(withoutEmpty(document.toJS()) ?? {});
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => ({
    line: lineOf(document, lines, issue),
    sentence: sentenceOf(issue),
  }));
  const first = faults.reduce((one, other) => (other.line < one.line ? other : one));
  throw invalid(path, first.line, first.sentence, result.error);
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    if ((cause as { code?: unknown }).code === "ENOENT") return "";
    throw new SverkaError("configuration", "config-unreadable", `${path}: файл не читается; проверьте права на него.`, {
      cause,
    });
  }
}

function invalid(path: string, line: number, sentence: string, cause: unknown): SverkaError {
  return new SverkaError("configuration", "config-invalid", `${path}, строка ${line}: ${sentence}.`, { cause });
}

function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (value === null || typeof value !== "object") return value ?? undefined;
  const kept = Object.entries(value).flatMap(([key, inner]) => (inner === null ? [] : [[key, withoutEmpty(inner)]]));
  return Object.fromEntries(kept);
}

function sentenceOf(issue: z.core.$ZodIssue): string {
  const place = issue.path.map(String).join(".");
  return place === "" || issue.code === "unrecognized_keys" ? issue.message : `«${place}» – ${issue.message}`;
}

/** The line of the key that is meant, or of the nearest thing around it that is there. */
function lineOf(document: Document, lines: LineCounter, issue: z.core.$ZodIssue): number {
  const unknownKey = issue.code === "unrecognized_keys" ? issue.keys[0] : undefined;
  const path = unknownKey === undefined ? issue.path : [...issue.path, unknownKey];
  for (let length = path.length; length > 0; length--) {
    const parent: unknown = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    const pair = isMap(parent)
      ? parent.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key))
      : undefined;
    const node = pair?.key ?? (isMap(parent) ? undefined : document.getIn(path.slice(0, length), true));
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
