import { createBullBoard } from "@bull-board/api";
import { BullMQAdapter } from "@bull-board/api/bullMQAdapter";
import { FastifyAdapter } from "@bull-board/fastify";
import type { FastifyInstance } from "fastify";
import { html } from "./html.ts";
import { JOB_NAMES } from "./job-names.ts";

export type BoardQueues = readonly ConstructorParameters<typeof BullMQAdapter>[0][];

/** Bull Board at `/queues`, in Russian, with the label of a simulation. */
export async function createBoard(
  app: FastifyInstance,
  { queues, simulation }: { queues: BoardQueues; simulation: boolean },
): Promise<void> {
  const serverAdapter = new FastifyAdapter();
  createBullBoard({
    queues: queues.map(
      (queue) =>
        new BullMQAdapter(queue, { displayName: JOB_NAMES[queue.name] ?? queue.name, description: queue.name }),
    ),
    serverAdapter,
    options: {
      uiConfig: {
        boardTitle: "Сверка: очереди",
        boardLogo: { path: "/assets/icon.svg", width: 24, height: 24 },
        favIcon: { default: "/assets/icon.svg", alternative: "/assets/icon.svg" },
        locale: { lng: "ru-RU" },
        hideDocsLink: true,
        hideRedisDetails: true,
      },
    },
  });
  serverAdapter.setBasePath("/queues");
  app.addHook("onSend", async (request, reply, payload) => {
    const isPage = request.url.startsWith("/queues") && String(reply.getHeader("content-type")).startsWith("text/html");
    return isPage && typeof payload === "string" ? ownPage(payload, simulation) : payload;
  });
  await app.register(async (board) => {
    board.addHook("onRoute", (route) => {
      route.config = { ...route.config, door: { kind: "right", action: "queues.work" } };
    });
    await board.register(serverAdapter.registerPlugin(), { prefix: "/queues" });
  });
}

/** Its page asks for fonts from outside, which no page of ours does: the CSP would refuse them, loudly. */
function ownPage(page: string, simulation: boolean): string {
  const label = simulation ? html`<b role="note">УЧЕБНЫЕ ДАННЫЕ – это не журнал настоящей школы</b>` : null;
  const bar = html`<nav class="own-bar${simulation ? " simulation" : ""}"><a href="/">← Сверка</a>${label}</nav>`.text;
  return page
    .replace(/<link[^>]+fonts\.googleapis[^>]+>/g, '<link rel="stylesheet" href="/assets/board.css">')
    .replace(/<html lang="en"/, '<html lang="ru"')
    .replace(/<body[^>]*>/, (body) => `${body}${bar}`);
}
