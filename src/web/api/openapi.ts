import { z } from "zod";
import type { OperationWords } from "./operation.ts";
import { OPERATIONS } from "./operations.ts";
import { API, PROBLEMS, type ProblemCode } from "./problem.ts";
import { SHAPES } from "./shapes.ts";

type Json = Readonly<Record<string, unknown>>;

export interface DocumentedParameter {
  readonly name: string;
  readonly in: "path" | "query";
  readonly required: boolean;
  readonly description: string;
  readonly schema: Json;
}

/** Which problems an operation may answer with. */
const usual: readonly ProblemCode[] = [
  "query-invalid",
  "token-missing",
  "token-unknown",
  "token-expired",
  "token-revoked",
  "token-owner",
  "scope-missing",
  "owner-right",
  "too-many",
  "trouble",
];
export const problemsOf = ({ parts }: OperationWords): readonly ProblemCode[] =>
  Object.keys(parts).length === 0 ? usual : [...usual, "no-such-thing"];

export function parametersOf({ parts, question }: OperationWords): readonly DocumentedParameter[] {
  const { properties = {} } = z.toJSONSchema(question, { io: "output" });
  return [
    ...Object.entries(parts).map(([name, description]) => ({
      name,
      in: "path" as const,
      required: true,
      description,
      schema: { type: "string" },
    })),
    ...Object.entries(properties).map(([name, property]) => {
      const { description = "", ...schema } = property as { description?: string } & Json;
      return { name, in: "query" as const, required: false, description, schema };
    }),
  ];
}

/** The document of `/api/v1`, OpenAPI 3.1, made from what the operations check and answer by. */
export function openApiDocument(): Json {
  return {
    openapi: "3.1.1",
    info: {
      title: "Сверка",
      version: "1",
      description:
        "Чтение замечаний, проходов, контролей и состояний распечаток программами школы. Только GET. Ключ с правами и сроком выдают на странице «Программы» или командой «sverka tokens create». Время – ISO 8601, UTC. Списки отдаются частями: next из ответа – это cursor следующего запроса. У каждого ответа есть ETag: с If-None-Match неизменившийся ответ приходит пустым, с кодом 304. Не больше 120 запросов в минуту на ключ.",
    },
    servers: [{ url: API }],
    security: [{ token: [] }],
    tags: [],
    paths: Object.fromEntries(OPERATIONS.map((one) => [one.path, { get: operationObject(one) }])),
    components: {
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "Ключ, начинается с «sverka_»." },
      },
      schemas: componentSchemas(),
    },
  };
}

function operationObject(of: OperationWords): Json {
  const id = SHAPES.get(of.answer)?.id ?? "";
  return {
    operationId: of.path.replace(/[/{}]+(\w)/g, (_, letter: string) => letter.toUpperCase()).replace(/\W/g, ""),
    summary: of.summary,
    description: `${of.description} Право ключа: ${of.scope}.`,
    parameters: [
      ...parametersOf(of),
      {
        name: "If-None-Match",
        in: "header",
        required: false,
        description: "ETag прежнего ответа",
        schema: { type: "string" },
      },
    ],
    responses: {
      "200": {
        description: of.answer.description ?? "",
        headers: { ETag: { description: "Меняется вместе с ответом.", schema: { type: "string" } } },
        content: { "application/json": { schema: { $ref: `#/components/schemas/${id}` } } },
      },
      "304": { description: "Ничего не изменилось с ответа, чей ETag прислан." },
      ...problemResponses(problemsOf(of)),
    },
  };
}

function problemResponses(codes: readonly ProblemCode[]): Json {
  const byStatus = Map.groupBy(codes, (code) => PROBLEMS[code][0]);
  const content = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };
  return Object.fromEntries(
    [...byStatus].map(([status, own]) => [
      String(status),
      {
        description: own.map((code) => `${code}: ${PROBLEMS[code][2]}`).join(" "),
        ...(status === 429
          ? {
              headers: {
                "Retry-After": { description: "Через сколько секунд повторить.", schema: { type: "integer" } },
              },
            }
          : {}),
        content,
      },
    ]),
  );
}

function componentSchemas(): Json {
  const { schemas } = z.toJSONSchema(SHAPES, { uri: (id) => `#/components/schemas/${id}`, io: "output" });
  return Object.fromEntries(Object.entries(schemas).map(([id, { $schema: _, $id: _id, ...schema }]) => [id, schema]));
}
