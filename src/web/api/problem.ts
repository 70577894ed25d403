import type { FastifyReply, FastifyRequest } from "fastify";

/** RFC 9457, with a stable word for programs and one Russian sentence for people. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
}

export const API = "/api/v1";
const PROBLEM_TYPE = "application/problem+json; charset=utf-8";

/** What an operation throws. */
export class ApiProblem extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = "ApiProblem";
    this.problem = problem;
  }
}

export const isApi = ({ url }: FastifyRequest): boolean =>
  url === API || url.startsWith(`${API}/`) || url.startsWith(`${API}?`);

export function sendProblem(reply: FastifyReply, { status, code, title, detail }: Problem): FastifyReply {
  return reply
    .code(status)
    .type(PROBLEM_TYPE)
    .header("Cache-Control", "no-store")
    .send(JSON.stringify({ type: `urn:sverka:problem:${code}`, title, status, detail, code }));
}

/** What may go wrong with any operation; the page and the document list them. */
export const PROBLEMS = {
  "query-invalid": [400, "Запрос составлен неверно", "Параметр задан неверно: какой и как надо, сказано в ответе."],
  "request-invalid": [400, "Запрос составлен неверно", "Адрес или тело запроса составлены неверно."],
  "token-missing": [
    401,
    "Нужен ключ",
    "Пришлите ключ заголовком «Authorization: Bearer sverka_…»; ключи выдают на странице «Программы».",
  ],
  "token-unknown": [401, "Ключ не подходит", "Такого ключа нет: проверьте, целиком ли он скопирован."],
  "token-expired": [401, "Ключ не подходит", "Срок ключа вышел: попросите новый у того, кто выдал этот."],
  "token-revoked": [401, "Ключ не подходит", "Ключ отозван."],
  "token-owner": [401, "Ключ не подходит", "Учётная запись владельца ключа не работает, и ключ вместе с ней."],
  "scope-missing": [403, "Нет права", "Ключ этого не открывает: нужен ключ с другим правом."],
  "owner-right": [403, "Нет права", "Владелец ключа сам этого не видит («Порядок», п. 2.4)."],
  "no-such-thing": [404, "Не найдено", "Такого здесь нет: проверьте адрес."],
  "read-only": [405, "Только чтение", "Через /api/v1 ничего не меняют: только GET."],
  "too-many": [
    429,
    "Слишком часто",
    "Слишком много запросов: повторите через столько секунд, сколько сказано в Retry-After.",
  ],
  trouble: [
    500,
    "Ответ не составлен",
    "Повторите через минуту. Если не поможет, скажите ответственному за работу в системе.",
  ],
} as const satisfies Record<string, readonly [status: number, title: string, detail: string]>;

export type ProblemCode = keyof typeof PROBLEMS;

export function problem(code: ProblemCode, detail?: string): Problem {
  const [status, title, usual] = PROBLEMS[code];
  return { status, code, title, detail: detail ?? usual };
}
