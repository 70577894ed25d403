import { readFileSync } from "node:fs";
import type { IncomingHttpHeaders } from "node:http";
import compress from "@fastify/compress";
import cookie from "@fastify/cookie";
import formBody from "@fastify/formbody";
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { AccessNeeds } from "../access/needs.ts";
import type { Seat } from "../access/training.ts";
import type { EpochMs } from "../domain/time.ts";
import type { Clock } from "../ports/clock.ts";
import type { Store } from "../store/connect.ts";
import { loadOverview } from "../store/overview.ts";
import { schoolById } from "../store/schools.ts";
import { isApi, problem, sendProblem } from "./api/problem.ts";
import { addApi } from "./api/routes.ts";
import { type BoardQueues, createBoard } from "./board.ts";
import { cookieNames } from "./doors/cookies.ts";
import { type DeclaredRoute, type Denial, guard } from "./doors/guard.ts";
import { type Contents, createDoors, framed, type Seen } from "./doors/pages.ts";
import { createNeighbours, isSecure, LOCAL_SITE, refuseOpenHost, type Site } from "./doors/site.ts";
import { takeUploads } from "./doors/upload.ts";
import { type Html, html } from "./html.ts";
import { isOwnHost } from "./loopback.ts";
import { createMetrics, type QueueCounts } from "./metrics.ts";
import type { MailPlace } from "./overview-view.ts";
import { page } from "./page.ts";
import { addImport } from "./pages/import/index.ts";
import { addPages } from "./pages/index.ts";
import { portError } from "./port-error.ts";
import { sendPage } from "./send-page.ts";
import type { Verbs } from "./verbs.ts";

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
  readonly access: AccessNeeds;
  readonly verbs: Verbs;
  readonly site: Site;
  /** Of a training school. */
  readonly seats: readonly Seat[];
  readonly log: { error(object: object, message: string): void; warn(object: object, message: string): void };
}

const ASSETS = [
  ["style.css", "text/css; charset=utf-8"],
  ["board.css", "text/css; charset=utf-8"],
  ["live.js", "text/javascript; charset=utf-8"],
  ["icon.svg", "image/svg+xml"],
] as const;
/** A monitor does not wait for a queue that is silent for ever. */
const READY_WITHIN_MS = 5_000;
const CSP =
  "default-src 'none'; object-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
// Bull Board is somebody else's page: its dialogs style themselves inline. No script of it does, and it loads nothing from outside.
const BOARD_CSP =
  "default-src 'none'; object-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

const securityHeaders = (csp: string, secure: boolean) => ({
  "Content-Security-Policy": csp,
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
  ...(secure ? { "Strict-Transport-Security": "max-age=31536000; includeSubDomains" } : {}),
});

export interface Web {
  readonly app: FastifyInstance;
  /** Every route as it was declared; full once the server is ready. */
  readonly routes: readonly DeclaredRoute[];
}

/** The pages, `/queues`, and what monitors ask: `/healthz`, `/readyz`, `/metrics`. Reading and writing work without scripts. */
export async function createWeb(needs: WebNeeds): Promise<Web> {
  const { store, schoolId, site } = needs;
  const { tls, proxies } = site;
  const secure = isSecure(site);
  const app = Fastify({
    logger: false,
    forceCloseConnections: true,
    // An address that cannot be read has no route, and passes none of what stands before them.
    frameworkErrors: (error: { statusCode?: number }, request: FastifyRequest, reply: FastifyReply) => {
      const status = error.statusCode ?? 400;
      reply.headers(securityHeaders(CSP, secure));
      if (isApi(request)) return sendProblem(reply, { ...problem("request-invalid"), status });
      return sendPage(reply.code(status), message(needs, ...DENIALS["no-such-thing"]));
    },
    trustProxy: proxies.length > 0 ? [...proxies] : false,
    ...(tls === null ? {} : { https: { cert: tls.cert, key: tls.key, minVersion: "TLSv1.2" } }),
  } as { logger: false });
  const cookies = cookieNames(secure);
  const isNeighbour = createNeighbours(proxies);

  app.addHook("onRequest", async (request, reply) => {
    if (tls === null && !isNeighbour(request.socket.remoteAddress))
      return reply.code(421).type("text/plain; charset=utf-8").send("Откройте страницу по её адресу.");
    if (!isOwnHost(request.host, site.address))
      return reply
        .code(421)
        .type("text/plain; charset=utf-8")
        .send(`Откройте страницу по адресу ${site.address ?? "127.0.0.1"}.`);
    const board = request.url === "/queues" || request.url.startsWith("/queues/");
    reply.headers(securityHeaders(board ? BOARD_CSP : CSP, secure));
    // Only our own pages send forms and press the buttons of the queues.
    if (request.method !== "GET" && request.method !== "HEAD" && isForeign(request.headers, request.host))
      return reply.code(403).send();
  });
  // Who tries what they may not, or sends what nobody's page sends, leaves a line: the route and who, never what they sent.
  app.addHook("onResponse", async (request, reply) => {
    const { statusCode: status } = reply;
    if (status < 400 || status === 404 || status >= 500) return;
    const { method, ip: address, visitor, program } = request;
    const accountId = visitor?.account.id ?? program?.who.accountId ?? null;
    needs.log.warn({ status, method, route: request.routeOptions.url ?? null, accountId, address }, "отказ странице");
  });
  // Quick rather than small: a page shrinks to an eighth by the least effort. Nobody sends us anything compressed.
  await app.register(compress, {
    encodings: ["gzip", "identity"],
    zlibOptions: { level: 1 },
    globalDecompression: false,
  });
  await app.register(cookie);
  await app.register(formBody, { bodyLimit: 512 * 1024 });

  const schoolName = async () => needs.schoolName ?? (await schoolById(store, schoolId)).name;
  const deny = (request: FastifyRequest, reply: FastifyReply, status: number, why: Denial) =>
    isApi(request)
      ? sendProblem(reply, problem("no-such-thing"))
      : sendPage(reply.code(status), message(needs, ...DENIALS[why]));
  const routes = guard(app, {
    access: needs.access,
    cookies,
    isLocal: ({ socket, headers }) =>
      isOwnHost(socket.remoteAddress?.replace(/^::ffff:/, "")) &&
      headers["x-forwarded-for"] === undefined &&
      headers.forwarded === undefined,
    deny,
  });

  // Before the routes: they take over what stands here.
  app.setNotFoundHandler((request, reply) => deny(request, reply, 404, "no-such-thing"));
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) needs.log.error({ err: error }, "страница не составлена");
    if (isApi(request))
      return sendProblem(reply, status >= 500 ? problem("trouble") : { ...problem("request-invalid"), status });
    return sendPage(reply.code(status), message(needs, ...failureOf(status)));
  });

  const pages = new Set<string>(["/queues"]);
  app.addHook("onRoute", ({ method, url }) => {
    if ([method].flat().includes("GET")) pages.add(url);
  });
  const frame = async (seen: Seen, contents: Contents) => framed(needs, await schoolName(), seen, contents, pages);
  addPages(createDoors(app, needs, frame), cookies);
  await app.register(async (scope) => {
    await takeUploads(scope);
    addImport(createDoors(scope, needs, frame));
  });
  addApi(app, needs);
  addMonitors(app, needs);
  await createBoard(app, needs);

  return { app, routes };
}

const DENIALS: Readonly<Record<Denial, readonly [title: string, text: string]>> = {
  "not-signed-in": [
    "Вход завершён",
    "Вы долго ничего не делали или вышли на другом устройстве. Откройте страницу заново и войдите.",
  ],
  "no-right": [
    "У вас нет доступа к этому",
    "Эта страница открыта другим сотрудникам («Порядок», п. 2.4). Если она нужна вам для работы, попросите ответственного за работу в системе или директора.",
  ],
  "no-such-thing": ["Такой страницы нет", "Вернитесь к обзору: ссылка вверху."],
  form: [
    "Форма устарела",
    "Она открыта до входа или с другой страницы, и ничего не сделано. Откройте страницу заново и повторите.",
  ],
};

function failureOf(status: number): readonly [title: string, text: string] {
  if (status === 413)
    return [
      "Слишком много данных",
      "Ничего не принято: файл больше 20 МБ или форма слишком длинна. Оставьте в таблице один лист с нужными столбцами, без картинок.",
    ];
  if (status < 500) return ["Запрос непонятен", "Ничего не сделано. Откройте страницу заново и повторите."];
  return [
    "Страница не составлена",
    "Обновите её через минуту. Если не поможет, выполните в терминале «npx sverka doctor».",
  ];
}

function addMonitors(app: FastifyInstance, { store, schoolId, queueCounts }: WebNeeds): void {
  const open = { config: { door: { kind: "open" } as const } };
  const metrics = createMetrics();
  for (const [name, type] of ASSETS) {
    const content = readFileSync(new URL(`assets/${name}`, import.meta.url));
    app.get(`/assets/${name}`, open, (_request, reply) =>
      reply.type(type).header("Cache-Control", "no-cache").send(content),
    );
  }
  app.get("/healthz", open, () => ({ ok: true }));
  app.get("/readyz", open, async (_request, reply) => {
    try {
      await within(READY_WITHIN_MS, Promise.all([store.pool.query("SELECT 1"), queueCounts()]));
      return { ready: true };
    } catch {
      return reply.code(503).send({ ready: false });
    }
  });
  app.get("/metrics", { config: { door: { kind: "local", action: "health.see" } } }, async (_request, reply) =>
    reply
      .type(metrics.type)
      .send(await metrics.text(await loadOverview(store, schoolId), await within(READY_WITHIN_MS, queueCounts()))),
  );
}

/**
 * Whether another page sent it, by what its browser says of itself. `Sec-Fetch-Site` decides where there is one: under our own `no-referrer` a browser calls the
 * origin of our own forms «null».
 */
function isForeign({ origin, "sec-fetch-site": site }: IncomingHttpHeaders, host: string): boolean {
  if (site !== undefined) return site !== "same-origin";
  return origin !== undefined && URL.parse(origin)?.host !== host;
}

/** Listens on this computer only, or where the way is encrypted; answers the address. Throws `web-host`, `web-port` (configuration). */
export async function listen(
  app: FastifyInstance,
  { host, port }: { host: string; port: number },
  site: Site = LOCAL_SITE,
): Promise<string> {
  refuseOpenHost(host, site);
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

function message(
  { simulation, schoolName }: Pick<WebNeeds, "simulation" | "schoolName">,
  title: string,
  text: string,
): Html {
  return page({
    title,
    simulation,
    school: schoolName ?? "",
    body: html`<section class="hero running"><h1>${title}</h1><p>${text}</p><p><a href="/">На первую страницу</a></p></section>`,
  });
}
