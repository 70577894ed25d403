import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { noteAudit } from "../../store/access/audit.ts";
import type { WebNeeds } from "../server.ts";
import { openApiDocument } from "./openapi.ts";
import type { Operation } from "./operation.ts";
import { OPERATIONS } from "./operations.ts";
import { API, ApiProblem, problem, sendProblem } from "./problem.ts";

const JSON_TYPE = "application/json; charset=utf-8";

/** `/api/v1`: what programs read, each operation behind the door of its scope. */
export function addApi(app: FastifyInstance, { access, log }: WebNeeds): void {
  const { store, schoolId, clock } = access;
  const any = { config: { door: { kind: "token", scope: null } as const } };

  for (const operation of OPERATIONS) {
    const { path, scope, thing } = operation;
    const door = { kind: "token" as const, scope, ...(thing === undefined ? {} : { thing }) };
    app.get(`${API}${path.replaceAll(/\{(\w+)\}/g, ":$1")}`, { config: { door } }, async (request, reply) =>
      read(operation, request, reply).catch((error: unknown) => {
        if (error instanceof ApiProblem) return sendProblem(reply, error.problem);
        log.error({ err: error }, "ответ программе не составлен");
        return sendProblem(reply, problem("trouble"));
      }),
    );
  }

  const document = JSON.stringify(openApiDocument());
  app.get(`${API}/openapi.json`, any, (request, reply) => send(request, reply, document));
  for (const method of ["POST", "PUT", "PATCH", "DELETE"] as const)
    app.route({
      method,
      url: `${API}/*`,
      ...any,
      handler: (_request, reply) => sendProblem(reply.header("Allow", "GET, HEAD"), problem("read-only")),
    });

  async function read(operation: Operation, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const { program } = request;
    if (program === null) throw new Error("a door let nobody in");
    const part = (name: string) => (request.params as Record<string, string>)[name] ?? "";
    const { answer, count } = await operation.read({ store, schoolId }, program.who, { query: request.query, part });
    const body = JSON.stringify(answer);
    // What has not changed is told nobody anew.
    if (operation.personal && !isKnown(request, etagOf(body)))
      await noteAudit(store, {
        schoolId,
        at: clock.now(),
        accountId: program.who.accountId,
        action: "api.read",
        object: `token/${program.token.id}`,
        details: { what: `${operation.scope}${Object.keys(operation.parts).map((name) => `/${part(name)}`)}`, count },
        address: request.ip,
      });
    return send(request, reply, body);
  }
}

function send(request: FastifyRequest, reply: FastifyReply, body: string): FastifyReply {
  const etag = etagOf(body);
  // No cache on the way keeps personal data; a program that kept its own answer may ask whether it still stands.
  reply.header("Cache-Control", "no-store").header("ETag", etag);
  return isKnown(request, etag) ? reply.code(304).send() : reply.type(JSON_TYPE).send(body);
}

/** A weak one: the same answer may come compressed. */
const etagOf = (body: string): string => `W/"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;

function isKnown({ headers }: FastifyRequest, etag: string): boolean {
  const plain = (one: string) => one.trim().replace(/^W\//, "");
  const given = (headers["if-none-match"] ?? "").split(",").map(plain);
  return given.includes(plain(etag)) || given.includes("*");
}
