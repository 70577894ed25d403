import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { newFormToken } from "../../access/secrets.ts";
import type { Visitor } from "../../access/sessions.ts";
import type { Allowance } from "../../domain/access/bucket.ts";
import type { Action } from "../../domain/access/matrix.ts";
import { may, type Reach, reachOf, type Thing } from "../../domain/access/may.ts";
import { SverkaError } from "../../domain/error.ts";
import { counted } from "../../domain/notice/words.ts";
import type { EpochMs } from "../../domain/time.ts";
import { type AuditEntry, noteAudit, writeAudit } from "../../store/access/audit.ts";
import type { Also } from "../../store/transaction.ts";
import { type Html, html } from "../html.ts";
import { type Frame, type Link, page } from "../page.ts";
import { sendPage } from "../send-page.ts";
import type { WebNeeds } from "../server.ts";
import { createAllowances } from "./allowances.ts";
import { DONE } from "./done.ts";
import type { Door } from "./door.ts";

/** Files cost a processor's seconds or leave with a whole school's data: nobody needs more of them. */
const FILES: Allowance = { most: 40, perMinute: 20 };

/** What a page is made of: who looks, when, and what they may. */
export interface Seen {
  readonly visitor: Visitor;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** By the school's clock, which a simulation moves. */
  readonly now: EpochMs;
  readonly zone: string;
  /** What every form holds. */
  readonly form: Html;
  /** For the audit: who, and from where. */
  readonly actor: { readonly accountId: number; readonly address: string; readonly who: Visitor["who"] };
  may(action: Action, thing?: Thing): boolean;
  /** How far a right reaches; nowhere without it. */
  reach(action: Action): Reach;
  /** One of the address's parts. */
  part(name: string): string;
  /** Writes a line of the audit by itself: of a look, or before something that reaches beyond the store. */
  note(action: string, object: string, details?: AuditEntry["details"]): Promise<void>;
  /** A line of the audit for the transaction of a change. */
  also(action: string, object: string, details?: AuditEntry["details"]): Also;
}

export type Contents = Pick<Frame, "title" | "body"> & {
  readonly here?: string;
  readonly refreshSeconds?: number | undefined;
};

const NOWHERE: Reach = { all: false, classes: [], staffName: null, accountId: null };

const MENU: readonly (Link & { readonly action: Action })[] = [
  { address: "/", name: "Сегодня", action: "own.see" },
  { address: "/overview", name: "Обзор", action: "overview.see" },
  { address: "/findings", name: "Замечания", action: "findings.see" },
  { address: "/journal", name: "Журнал", action: "journal.see" },
  { address: "/control", name: "Контроль", action: "control.see" },
  { address: "/notices", name: "Уведомления", action: "notices.see" },
  { address: "/passes", name: "Проходы", action: "passes.see" },
  { address: "/queues", name: "Очереди", action: "queues.work" },
  { address: "/import", name: "Ввоз", action: "import.work" },
  { address: "/policy", name: "Правила", action: "policy.see" },
  { address: "/people", name: "Люди", action: "people.see" },
  { address: "/access", name: "Доступ", action: "entitlements.see" },
  { address: "/audit", name: "Аудит", action: "audit.see" },
  { address: "/tokens", name: "Программы", action: "tokens.see" },
  { address: "/settings", name: "Настройки", action: "settings.see" },
  { address: "/health", name: "Здоровье", action: "health.see" },
];

export const menuOf = (visitor: Visitor, pages: ReadonlySet<string>): readonly Link[] =>
  MENU.filter(({ address, action }) => pages.has(address) && may(visitor.who, action));

/** The makers of routes: each takes its door, so that none can be without. */
export interface Doors {
  readonly app: FastifyInstance;
  readonly needs: WebNeeds;
  page(url: string, door: Door, contents: (seen: Seen) => Promise<Contents>): void;
  /** A look at somebody's data: it stands in the audit as `object` says. */
  look(
    url: string,
    door: Door & { kind: "right" },
    object: (seen: Seen) => string,
    contents: (seen: Seen) => Promise<Contents>,
  ): void;
  /** A form: answers where to go on. What an administrator can mend is said on a page of its own. */
  act(url: string, door: Door, work: (seen: Seen) => Promise<string>): void;
  /** A form that answers with a page: what is told this once and never again. */
  tell(url: string, door: Door, work: (seen: Seen) => Promise<Contents>): void;
  /** For a route that sets cookies: the frame around what it made. */
  show(
    request: FastifyRequest,
    reply: FastifyReply,
    contents: (seen: Seen) => Promise<Contents>,
  ): Promise<FastifyReply>;
  /** A form or address that answers with a file. */
  file(method: "GET" | "POST", url: string, door: Door, work: (seen: Seen) => Promise<FileAnswer>): void;
}

export interface FileAnswer {
  readonly name: string;
  readonly type:
    | "application/pdf"
    | "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    | "text/csv; charset=utf-8"
    | "application/json; charset=utf-8";
  readonly bytes: Uint8Array | string;
  /** Shown in the browser instead of saved. */
  readonly inline?: boolean;
}

export function createDoors(
  app: FastifyInstance,
  needs: WebNeeds,
  frame: (seen: Seen, contents: Contents) => Promise<Html>,
): Doors {
  const seenBy = (request: FastifyRequest, reply: FastifyReply): Seen => {
    const { visitor } = request;
    if (visitor === null) throw new Error("a door let nobody in");
    const { who } = visitor;
    const { store, schoolId, clock } = needs.access;
    const line = (action: string, object: string, details: AuditEntry["details"] = {}): AuditEntry => {
      const [at, accountId, address] = [clock.now(), visitor.account.id, request.ip];
      return { schoolId, at, accountId, action, object, details, address };
    };
    return {
      visitor,
      request,
      reply,
      now: needs.clock.now(),
      zone: needs.zone,
      form: formField(request.token ?? ""),
      actor: { accountId: visitor.account.id, address: request.ip, who },
      may: (action, thing) => may(who, action, thing),
      reach: (action) => reachOf(who, action) ?? NOWHERE,
      part: (name) => (request.params as Record<string, string>)[name] ?? "",
      note: (...of) => noteAudit(store, line(...of)),
      also:
        (...of) =>
        (client) =>
          writeAudit(client, line(...of)),
    };
  };
  const show = async (seen: Seen, contents: Contents) => sendPage(seen.reply, await frame(seen, contents));
  const files = createAllowances(FILES);
  const refused = async (seen: Seen, error: unknown) => {
    if (!(error instanceof SverkaError) || error.kind === "configuration") throw error;
    seen.reply.code(error.kind === "input" ? 422 : 503);
    const back = html`<p>Нажмите в браузере «Назад»: то, что вы набрали, на месте.</p>`;
    const body = html`<section class="hero trouble" role="alert"><h1>Не получилось</h1><p>${error.message}</p>${back}</section>`;
    return show(seen, { title: "Не получилось", body });
  };
  const tooMany = async (seen: Seen, waitMs: number) => {
    const seconds = Math.ceil(waitMs / 1000);
    seen.reply.code(429).header("Retry-After", seconds);
    const body = html`<section class="hero trouble" role="alert"><h1>Слишком часто</h1><p>Вы открыли очень много файлов подряд. Подождите ${counted(seconds, "секунду", "секунды", "секунд")} и повторите.</p></section>`;
    return show(seen, { title: "Слишком часто", body });
  };
  return {
    app,
    needs,
    async show(request, reply, contents) {
      const seen = seenBy(request, reply);
      return show(seen, await contents(seen));
    },
    page(url, door, contents) {
      app.get(url, { config: { door } }, async (request, reply) => {
        const seen = seenBy(request, reply);
        return contents(seen).then(
          (made) => show(seen, made),
          (error) => refused(seen, error),
        );
      });
    },
    look(url, door, object, contents) {
      app.get(url, { config: { door } }, async (request, reply) => {
        const seen = seenBy(request, reply);
        return contents(seen).then(
          async (made) => {
            await seen.note(door.action, object(seen));
            return show(seen, made);
          },
          (error) => refused(seen, error),
        );
      });
    },
    act(url, door, work) {
      app.post(url, { config: { door } }, async (request, reply) => {
        const seen = seenBy(request, reply);
        return work(seen).then(
          (to) => reply.redirect(to, 303),
          (error) => refused(seen, error),
        );
      });
    },
    tell(url, door, work) {
      app.post(url, { config: { door } }, async (request, reply) => {
        const seen = seenBy(request, reply);
        return work(seen).then(
          (made) => show(seen, made),
          (error) => refused(seen, error),
        );
      });
    },
    file(method, url, door, work) {
      app.route({
        method,
        url,
        config: { door },
        handler: async (request, reply) => {
          const seen = seenBy(request, reply);
          const waitMs = files(String(seen.actor.accountId), needs.access.clock.now());
          if (waitMs > 0) return tooMany(seen, waitMs);
          return work(seen).then(
            ({ name, type, bytes, inline = false }) =>
              reply
                .type(type)
                .header("Cache-Control", "no-store")
                .header(
                  "Content-Disposition",
                  `${inline ? "inline" : "attachment"}; filename*=UTF-8''${encodeURIComponent(name)}`,
                )
                .send(typeof bytes === "string" ? bytes : Buffer.from(bytes)),
            (error) => refused(seen, error),
          );
        },
      });
    },
  };
}

export const formField = (token: string): Html =>
  html`<input type="hidden" name="form" value="${newFormToken(token)}">`;

export const framed = (
  needs: WebNeeds,
  school: string,
  seen: Seen,
  contents: Contents,
  pages: ReadonlySet<string>,
): Html => {
  const done = (seen.request.query as { done?: unknown } | undefined)?.done;
  return page({
    ...contents,
    simulation: needs.simulation,
    school,
    menu: seen.visitor.session.stage === "full" ? menuOf(seen.visitor, pages) : [],
    user: { name: seen.visitor.account.name, form: seen.form },
    done: typeof done === "string" ? DONE[done] : undefined,
  });
};
