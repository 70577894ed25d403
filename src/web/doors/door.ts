import type { FastifyContextConfig, FastifyRequest } from "fastify";
import type { Visitor } from "../../access/sessions.ts";
import type { Program } from "../../access/tokens.ts";
import type { Action, TokenScope } from "../../domain/access/matrix.ts";
import type { SessionStage } from "../../domain/access/session.ts";
import type { ThingKind } from "./things.ts";

/** What a route asks of whoever comes. A route without one is not served. */
export type Door =
  /** Anybody at all. */
  | { readonly kind: "open" }
  /** Whoever has come so far with signing in. */
  | { readonly kind: "stage"; readonly stages: readonly SessionStage[] }
  /** Programs on this computer, or whoever has the right. */
  | { readonly kind: "local"; readonly action: Action }
  /** Whoever has the right, to the very thing that the address names. */
  | { readonly kind: "right"; readonly action: Action; readonly thing?: ThingKind }
  /** A program with a token of this scope, to the very thing that the address names; null: of any scope. No session opens it. */
  | { readonly kind: "token"; readonly scope: TokenScope | null; readonly thing?: ThingKind };

declare module "fastify" {
  interface FastifyContextConfig {
    door?: Door;
  }
  interface FastifyRequest {
    visitor: Visitor | null;
    /** From the cookie; whether it holds is another matter. */
    token: string | null;
    /** Behind a door for programs. */
    program: Program | null;
  }
}

export const doorOf = (request: FastifyRequest): Door | undefined =>
  (request.routeOptions.config as FastifyContextConfig | undefined)?.door;
