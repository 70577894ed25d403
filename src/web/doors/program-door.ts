import type { FastifyReply, FastifyRequest } from "fastify";
import type { AccessNeeds } from "../../access/needs.ts";
import { nets } from "../../access/sign-in.ts";
import { programOf } from "../../access/tokens.ts";
import type { Allowance } from "../../domain/access/bucket.ts";
import { TOKEN_SCOPES } from "../../domain/access/matrix.ts";
import { may } from "../../domain/access/may.ts";
import type { ApiToken } from "../../domain/access/tokens.ts";
import { noteAudit } from "../../store/access/audit.ts";
import { type ProblemCode, problem, sendProblem } from "../api/problem.ts";
import { createAllowances } from "./allowances.ts";
import type { Door } from "./door.ts";
import { findThing } from "./things.ts";

/** A program that reads all findings of a year by pages of 200 needs some hundred requests. */
const PER_TOKEN: Allowance = { most: 120, perMinute: 120 };
/** Refusals are written down: a stranger is not to fill the audit. A token that holds is let in all the same. */
const REFUSALS_PER_ADDRESS: Allowance = { most: 60, perMinute: 20 };

type TokenDoor = Door & { readonly kind: "token" };

/** The door of `/api/v1`: a token in the header, of the right scope, whose owner sees the thing, and not too often. */
export function createProgramDoor(access: AccessNeeds) {
  const byToken = createAllowances(PER_TOKEN);
  const byAddress = createAllowances(REFUSALS_PER_ADDRESS);

  return async (request: FastifyRequest, reply: FastifyReply, door: TokenDoor): Promise<FastifyReply | undefined> => {
    const now = access.clock.now();
    const given = /^Bearer +([\w-]{1,200})$/i.exec(request.headers.authorization ?? "")?.[1];
    if (given === undefined) return unknown("token-missing", null);
    const knock = await programOf(access, given, request.ip);
    if (knock.kind === "refused") return unknown(`token-${knock.why}`, knock.token);
    const { token, who } = knock.program;
    const waitMs = byToken(String(token.id), now);
    if (waitMs > 0) return tooMany(waitMs);
    request.program = knock.program;
    if (door.scope === null) return;
    if (!token.scopes.includes(door.scope)) return refused("scope-missing", token, door.scope);
    const action = TOKEN_SCOPES[door.scope];
    if (!may(who, action)) return refused("owner-right", token, door.scope);
    if (door.thing === undefined) return;
    const id = (request.params as Record<string, string>)[door.thing] ?? "";
    const thing = await findThing(access, door.thing, id);
    if (thing === null) return sendProblem(reply, problem("no-such-thing"));
    if (!may(who, action, thing)) return refused("owner-right", token, `${door.thing}/${id}`);
    return;

    function tooMany(ms: number): FastifyReply {
      return sendProblem(reply.header("Retry-After", Math.ceil(ms / 1000)), problem("too-many"));
    }

    async function unknown(code: ProblemCode, whose: ApiToken | null): Promise<FastifyReply> {
      const wait = byAddress(nets(request.ip), now);
      if (wait > 0) return tooMany(wait);
      if (code !== "token-missing") await noted("api.refused", whose, code);
      return sendProblem(reply.header("WWW-Authenticate", 'Bearer realm="sverka"'), problem(code));
    }

    async function refused(code: ProblemCode, whose: ApiToken, what: string): Promise<FastifyReply> {
      await noted("denied", whose, what);
      return sendProblem(reply, problem(code));
    }

    function noted(auditAction: string, whose: ApiToken | null, what: string): Promise<void> {
      return noteAudit(access.store, {
        schoolId: access.schoolId,
        at: now,
        accountId: whose?.accountId ?? null,
        action: auditAction,
        object: whose === null ? "" : `token/${whose.id}`,
        details: { what },
        address: request.ip,
      });
    }
  };
}
