import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from "fastify";
import type { AccessNeeds } from "../../access/needs.ts";
import { isFormToken } from "../../access/secrets.ts";
import { visitorOf } from "../../access/sessions.ts";
import { may } from "../../domain/access/may.ts";
import { noteAudit } from "../../store/access/audit.ts";
import type { CookieNames } from "./cookies.ts";
import { type Door, doorOf } from "./door.ts";
import { createProgramDoor } from "./program-door.ts";
import { findThing } from "./things.ts";

export interface GuardNeeds {
  readonly access: AccessNeeds;
  readonly cookies: CookieNames;
  /** Whether the peer is this computer, with nobody before it. */
  readonly isLocal: (request: FastifyRequest) => boolean;
  /** A page that says why not. */
  readonly deny: (request: FastifyRequest, reply: FastifyReply, status: 401 | 403 | 404, why: Denial) => FastifyReply;
}

export type Denial = "not-signed-in" | "no-right" | "no-such-thing" | "form";

/** Each route, as it was declared. */
export interface DeclaredRoute {
  readonly method: string;
  readonly url: string;
  readonly door: Door;
}

/** Stands before every route: who comes, whether they may, and whether a form is our own. Answers the routes that there are. */
export function guard(app: FastifyInstance, needs: GuardNeeds): readonly DeclaredRoute[] {
  const { access, cookies, deny } = needs;
  const routes: RouteOptions[] = [];
  const declared: DeclaredRoute[] = [];
  app.decorateRequest("visitor", null);
  app.decorateRequest("token", null);
  app.decorateRequest("program", null);
  const letProgramIn = createProgramDoor(access);
  app.addHook("onRoute", (route) => {
    routes.push(route);
  });
  app.addHook("onReady", async () => {
    for (const { method, url, config } of routes) {
      const door = config?.door;
      if (door === undefined) throw new Error(`route without a door: ${String(method)} ${url}`);
      for (const one of [method].flat()) declared.push({ method: one, url, door });
    }
  });

  app.addHook("onRequest", async (request, reply) => {
    if (request.is404) return;
    const door = doorOf(request);
    if (door === undefined) return deny(request, reply, 403, "no-right");
    if (door.kind === "token") return letProgramIn(request, reply, door);
    request.token = request.cookies[cookies.session] ?? null;
    if (door.kind === "open" && isAsset(request)) return;
    request.visitor =
      request.token === null
        ? null
        : await visitorOf(access, request.token, { byItself: request.headers["x-by-itself"] === "1" });
    if (door.kind === "open") return;
    if (door.kind === "local" && needs.isLocal(request)) return;
    const { visitor } = request;
    if (visitor === null) return notSignedIn(request, reply, deny);
    const { stage } = visitor.session;
    if (door.kind === "stage") return door.stages.includes(stage) ? undefined : reply.redirect(placeOf(stage), 303);
    if (stage !== "full") return reply.redirect(placeOf(stage), 303);
    if (!may(visitor.who, door.action)) return refuse(request, reply, door.action, "");
    if (door.kind === "local" || door.thing === undefined) return;
    const id = (request.params as Record<string, string>)[door.thing] ?? "";
    const thing = await findThing(access, door.thing, id);
    if (thing === null) return deny(request, reply, 404, "no-such-thing");
    if (!may(visitor.who, door.action, thing)) return refuse(request, reply, door.action, `${door.thing}/${id}`);
  });

  // A form that another page made does not know what our own carry; the queues' own page sends none, and says by its headers where it comes from.
  app.addHook("preHandler", async (request, reply) => {
    if (request.is404 || isReading(request) || request.routeOptions.url?.startsWith("/queues")) return;
    // A program comes without cookies, so that no other page can send it.
    if (doorOf(request)?.kind === "token") return;
    const bound = request.visitor === null ? request.cookies[cookies.visit] : request.token;
    const given = (request.body as Record<string, unknown> | null | undefined)?.form;
    if (!bound || typeof given !== "string" || !isFormToken(given, bound)) return deny(request, reply, 403, "form");
  });

  async function refuse(request: FastifyRequest, reply: FastifyReply, action: string, object: string) {
    const accountId = request.visitor?.account.id ?? null;
    const { schoolId, clock, store } = access;
    await noteAudit(store, {
      schoolId,
      at: clock.now(),
      accountId,
      action: "denied",
      object,
      details: { action },
      address: request.ip,
    });
    return deny(request, reply, 403, "no-right");
  }
  return declared;
}

const isReading = ({ method }: FastifyRequest) => method === "GET" || method === "HEAD" || method === "OPTIONS";
const isAsset = ({ url }: FastifyRequest) => url.startsWith("/assets/") || url === "/healthz" || url === "/readyz";

const placeOf = (stage: "code" | "setup" | "full") =>
  ({ code: "/sign-in/code", setup: "/own/phone", full: "/" })[stage];

function notSignedIn(request: FastifyRequest, reply: FastifyReply, deny: GuardNeeds["deny"]) {
  const page = isReading(request) && !request.url.startsWith("/queues/api");
  if (!page) return deny(request, reply, 401, "not-signed-in");
  const to = request.url === "/" ? "" : `?to=${encodeURIComponent(request.url)}`;
  return reply.redirect(`/sign-in${to}`, 303);
}

/** Where to go on after signing in: a page of our own, or the first one. */
export function ownPath(to: unknown): string {
  if (typeof to !== "string" || !/^\/(?![/\\])[\x21-\x7e]*$/.test(to)) return "/";
  const url = URL.parse(to, "http://own.invalid");
  return url?.host === "own.invalid" ? `${url.pathname}${url.search}` : "/";
}
