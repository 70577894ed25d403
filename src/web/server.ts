import { readFileSync } from "node:fs";
import type { IncomingHttpHeaders } from "node:http";
import Fastify, { type FastifyInstance } from "fastify";
import type { EpochMs } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { Store } from "../store/connect.ts";
import { loadOverview } from "../store/overview.ts";
import { type BoardQueues, createBoard } from "./board.ts";
import { html } from "./html.ts";
import { isOwnHost, refuseOpenHost } from "./loopback.ts";
import { createMetrics, type QueueCounts } from "./metrics.ts";
import { type MailPlace, overviewPage } from "./overview-view.ts";
import { page } from "./page.ts";
import { portError } from "./port-error.ts";

export interface WebNeeds {
  readonly store: Store;
  readonly schoolId: number;
  /** As the settings name it; null: as the journal does. */
  readonly schoolName: string | null;
  readonly simulation: boolean;
  readonly clock: Clock;
  readonly zone: string;
  readonly version: string;
  readonly mailPlace: MailPlace;
  readonly nextTicks: (now: EpochMs) => readonly { readonly job: string; readonly at: EpochMs | null }[];
  readonly queues: BoardQueues;
  readonly queueCounts: () => Promise<QueueCounts>;
  readonly log: { error(object: object, message: string): void };
}

const ASSETS = [
  ["style.css", "text/css; charset=utf-8"],
  ["board.css", "text/css; charset=utf-8"],
  ["icon.svg", "image/svg+xml"],
] as const;
/** A monitor does not wait for a queue that is silent for ever. */
const READY_WITHIN_MS = 5_000;
const CSP =
  "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
// Bull Board is somebody else's page: its dialogs style themselves inline. No script of it does, and it loads nothing from outside.
const BOARD_CSP =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

/** The first page and its neighbours: `/`, `/queues`, `/healthz`, `/readyz`, `/metrics`. Reading works without scripts. */
export async function createWeb(needs: WebNeeds): Promise<FastifyInstance> {
  const { store, schoolId, clock, zone } = needs;
  const app = Fastify({ logger: false, forceCloseConnections: true });
  const metrics = createMetrics();

  app.addHook("onRequest", async (request, reply) => {
    if (!isOwnHost(request.headers.host))
      return reply.code(421).type("text/plain; charset=utf-8").send("Откройте страницу по адресу 127.0.0.1.");
    const board = request.url === "/queues" || request.url.startsWith("/queues/");
    reply.headers({
      "Content-Security-Policy": board ? BOARD_CSP : CSP,
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "no-referrer",
      "Cross-Origin-Opener-Policy": "same-origin",
    });
    // Only the page itself may press the buttons of the queues.
    if (request.method !== "GET" && request.method !== "HEAD" && isForeign(request.headers))
      return reply.code(403).send();
  });

  // Before the routes: they take over what stands here.
  app.setNotFoundHandler((_request, reply) =>
    reply
      .code(404)
      .type("text/html; charset=utf-8")
      .send(message(needs, "Такой страницы нет", "Вернитесь к обзору: ссылка вверху.")),
  );
  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) needs.log.error({ err: error }, "страница не составлена");
    return reply
      .code(status)
      .type("text/html; charset=utf-8")
      .send(
        message(
          needs,
          "Страница не составлена",
          "Обновите её через минуту. Если не поможет, выполните в терминале «npx sverka doctor».",
        ),
      );
  });

  app.get("/", async (_request, reply) => {
    const now = clock.now();
    const view = { now, zone, version: needs.version, mailPlace: needs.mailPlace, nextTicks: needs.nextTicks(now) };
    const known = await loadOverview(store, schoolId);
    const overview = { ...known, schoolName: needs.schoolName ?? known.schoolName };
    return reply
      .type("text/html; charset=utf-8")
      .header("Cache-Control", "no-store")
      .send(overviewPage({ overview, ...view }));
  });
  for (const [name, type] of ASSETS) {
    const content = readFileSync(new URL(`assets/${name}`, import.meta.url));
    app.get(`/assets/${name}`, (_request, reply) => reply.type(type).header("Cache-Control", "no-cache").send(content));
  }
  app.get("/healthz", () => ({ ok: true }));
  app.get("/readyz", async (_request, reply) => {
    try {
      await within(READY_WITHIN_MS, Promise.all([store.pool.query("SELECT 1"), needs.queueCounts()]));
      return { ready: true };
    } catch {
      return reply.code(503).send({ ready: false });
    }
  });
  app.get("/metrics", async (_request, reply) =>
    reply
      .type(metrics.type)
      .send(
        await metrics.text(await loadOverview(store, schoolId), await within(READY_WITHIN_MS, needs.queueCounts())),
      ),
  );
  await createBoard(app, needs);

  return app;
}

/** Whether another page sent it, by what its browser says of itself. */
function isForeign({ host, origin, "sec-fetch-site": site }: IncomingHttpHeaders): boolean {
  return (site !== undefined && site !== "same-origin") || (origin !== undefined && URL.parse(origin)?.host !== host);
}

/** Listens on this computer only; answers the address. Throws `web-host`, `web-port` (configuration). */
export async function listen(app: FastifyInstance, { host, port }: { host: string; port: number }): Promise<string> {
  refuseOpenHost(host);
  try {
    return await app.listen({ host, port });
  } catch (cause) {
    throw portError(port, cause, `SVERKA_PORT=${port === 3000 ? 3001 : 3000}`);
  }
}

/** Rejects when the work lasts longer; the work itself goes on. */
async function within<Result>(ms: number, work: Promise<Result>): Promise<Result> {
  const limit = Promise.withResolvers<never>();
  const timer = setTimeout(() => limit.reject(new Error("time-out")), ms);
  return Promise.race([work, limit.promise]).finally(() => clearTimeout(timer));
}

function message({ simulation, schoolName }: WebNeeds, title: string, text: string): string {
  return page({
    title,
    simulation,
    school: schoolName ?? "",
    body: html`<section class="hero running"><h1>${title}</h1><p>${text}</p></section>`,
  });
}
