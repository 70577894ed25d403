import { once } from "node:events";
import { request } from "node:http";
import type { AddressInfo } from "node:net";
import { connect, createServer } from "node:net";
import { setTimeout } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { syncSchool } from "../../jobs/sync-school.ts";
import { newFormToken } from "../../src/access/secrets.ts";
import { sumTallies } from "../../src/domain/tallies.ts";
import { type Service, startService } from "../../src/service.ts";
import { lastCheck } from "../../src/store/checks.ts";
import { latestPasses } from "../../src/store/passes.ts";
import { type LivingHouse, openLivingHouse } from "../support/living-house.ts";
import { startRedis } from "../support/redis.ts";
import { idle, order } from "../support/service.ts";
import { SESSION_COOKIE, signedIn } from "./support.ts";

let living: LivingHouse;
let service: Service;
let token = "";
let cookie = "";
beforeAll(async () => {
  living = await openLivingHouse();
  service = await startService(living.house, { clock: false, web: true });
  const at = living.house.clock.now();
  await order(service.queue, syncSchool, { schoolId: living.house.school.id, scheduledAt: at }, at);
  await idle(service.queue);
  token = await signedIn(living.house, ["administrator"]);
  cookie = `${SESSION_COOKIE}=${token}`;
});
afterAll(async () => {
  await service.stop();
  await living.close();
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** A request as any program may make it, its headers whatever it likes. */
function ask(path: string, headers: Readonly<Record<string, string>> = {}, method = "GET"): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const asked = request(`${service.address}${path}`, { headers: { cookie, ...headers }, method }, (response) => {
    let body = "";
    response.setEncoding("utf8").on("data", (chunk: string) => {
      body += chunk;
    });
    response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
  });
  asked.on("error", reject).end();
  return promise;
}

describe("the web server", () => {
  it("is alive at /healthz and ready at /readyz", async () => {
    expect(await ask("/healthz")).toMatchObject({ status: 200, body: '{"ok":true}' });
    expect(await ask("/readyz")).toMatchObject({ status: 200, body: '{"ready":true}' });
  });

  it("compresses a page for whoever takes it so, with all its headers, and unpacks nothing that is sent", async () => {
    const [plain, packed] = [await ask("/passes"), await ask("/passes", { "accept-encoding": "gzip" })];
    expect([plain.headers["content-encoding"], packed.headers["content-encoding"]]).toEqual([undefined, "gzip"]);
    expect(packed.headers.vary).toContain("accept-encoding");
    for (const name of ["content-security-policy", "x-content-type-options", "cache-control", "content-type"])
      expect([name, packed.headers[name]]).toEqual([name, plain.headers[name]]);
    const body = new URLSearchParams({ form: newFormToken(token) }).toString();
    const type = "application/x-www-form-urlencoded";
    const send = (sent: string | Buffer<ArrayBuffer>, more: Record<string, string>) =>
      fetch(`${service.address}/own/sign-out`, {
        method: "POST",
        headers: { cookie, "content-type": type, ...more },
        body: sent,
        redirect: "manual",
      });
    expect((await send(gzipSync(body), { "content-encoding": "gzip" })).status).toBe(403);
    expect((await ask("/passes")).status).toBe(200);
  });

  it("tells a monitoring system of passes, findings, alerts, letters and queues, and of nobody by name", async () => {
    const { status, headers, body } = await ask("/metrics");
    const [last] = await latestPasses(living.house.store, living.house.school.id, 1);
    const value = (name: string) =>
      Number(
        body
          .split("\n")
          .find((line) => line.startsWith(`${name} `))
          ?.split(" ")
          .at(-1),
      );
    expect(status).toBe(200);
    expect(headers["content-type"]).toContain("version=0.0.4");
    expect(value('sverka_pass_pages{outcome="done"}')).toBe(last?.pagesDone);
    expect(value('sverka_pass_facts{change="added"}')).toBe(last?.added);
    expect(value("sverka_pass_complete")).toBe(1);
    expect(value("sverka_pass_finished_timestamp_seconds")).toBeCloseTo((last?.finishedAt ?? 0) / 1000, 3);
    const where = { rule: "lesson-same-day", severity: "violation", status: "open", verdict: { not: "unproved" } };
    const open = await living.house.store.prisma.finding.count({ where });
    expect(open).toBeGreaterThan(0);
    expect(value('sverka_findings_open{rule="lesson-same-day",severity="violation"}')).toBe(open);
    const tallies = (await lastCheck(living.house.store, living.house.school.id))?.tallies ?? [];
    const own = tallies.filter(({ rule }) => rule === "absence-same-day");
    expect(own.length).toBeGreaterThan(1);
    const sum = sumTallies(own);
    for (const [outcome, n] of Object.entries({ ...sum, unproved: sum.unproved - sum.unlooked }))
      expect([outcome, value(`sverka_deadlines{rule="absence-same-day",outcome="${outcome}"}`)]).toEqual([outcome, n]);
    expect(value('sverka_alerts_open{kind="letter-unknown"}')).toBe(1);
    expect(value('sverka_outbox_letters{state="waiting"}')).toBe(0);
    expect(value('sverka_queue_jobs{queue="sync-school",state="completed"}')).toBe(1);
    expect(value("sverka_process_resident_memory_bytes")).toBeGreaterThan(0);
    for (const { name } of living.school.staff) expect(body).not.toContain(name.split(" ")[0]);
  });

  it.each(["/", "/nowhere", "/queues"])(
    "sends %s with headers that let nothing in and nobody frame it",
    async (path) => {
      const { headers } = await ask(path);
      const csp = String(headers["content-security-policy"]);
      expect(csp).toContain("default-src 'none'");
      expect(csp).toContain("frame-ancestors 'none'");
      expect(csp).not.toMatch(/unsafe-eval|https?:|\*/);
      expect(csp.match(/script-src[^;]*/)?.[0] ?? "script-src 'none'").not.toContain("unsafe");
      expect(headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "content-type": "text/html; charset=utf-8",
      });
    },
  );

  it("keeps its own page free of everything inline, and out of every cache", async () => {
    const { headers, body } = await ask("/");
    expect(headers["content-security-policy"]).not.toContain("unsafe-inline");
    expect(headers["cache-control"]).toBe("no-store");
    expect(body).not.toMatch(/<script|<style|\sstyle=|\son\w+=|javascript:/i);
  });

  it("answers to no other name than this computer's own", async () => {
    const port = new URL(service.address ?? "").port;
    for (const host of ["journal.example", `evil.example:${port}`, `127.0.0.1.evil.example:${port}`]) {
      for (const path of ["/", "/queues", "/metrics", "/queues/api/queues"])
        expect((await ask(path, { host })).status).toBe(421);
    }
    for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`])
      expect((await ask("/", { host })).status).toBe(200);
  });

  it("lets no other page press the buttons of the queues", async () => {
    const path = "/queues/api/queues/sync-school/pause";
    for (const site of ["cross-site", "same-site", "none"])
      expect((await ask(path, { "sec-fetch-site": site }, "PUT")).status).toBe(403);
    expect((await ask(path, { origin: "http://evil.example" }, "PUT")).status).toBe(403);
    expect((await ask(path, { "sec-fetch-site": "same-origin" }, "PUT")).status).toBe(200);
    await ask("/queues/api/queues/sync-school/resume", { "sec-fetch-site": "same-origin" }, "PUT");
  });

  it("lets nobody past the door who hangs up before it is shut", async () => {
    const { hostname, port } = new URL(service.address ?? "");
    const [queue] = service.queue.queues.filter(({ name }) => name === "sync-school");
    const head = `PUT /queues/api/queues/sync-school/pause HTTP/1.1\r\nHost: ${hostname}:${port}\r\nCookie: ${SESSION_COOKIE}=${"a".repeat(43)}\r\n\r\n`;
    const dropped = async (afterMs: number) => {
      const socket = connect(Number(port), hostname);
      socket.on("error", () => undefined);
      await once(socket, "connect");
      socket.write(head);
      await setTimeout(afterMs);
      socket.destroy();
    };
    for (let round = 0; round < 12; round += 1) await dropped(round / 2);
    // Whatever was let in has reached the queue by now.
    await ask("/queues/api/queues");
    await setTimeout(300);
    expect(await queue?.isPaused()).toBe(false);
  });

  it("says in Russian that there is no such page, with the label of a simulation", async () => {
    const { status, body } = await ask("/nowhere/<script>");
    expect(status).toBe(404);
    expect(body).toContain("Такой страницы нет");
    expect(body).toContain("УЧЕБНЫЕ ДАННЫЕ");
    expect(body).not.toContain("<script");
  });

  it("refuses to listen on any address but this computer's, and leaves nothing running", async () => {
    for (const host of ["0.0.0.0", "::", "192.0.2.1"]) {
      const house = await living.again({ SVERKA_HOST: host });
      await expect(startService(house, { clock: true, web: true })).rejects.toMatchObject({
        kind: "configuration",
        code: "web-host",
      });
      await house.close();
    }
  });

  it("says what to do when its port is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as AddressInfo;
    const house = await living.again({ SVERKA_PORT: String(port) });
    await expect(startService(house, { clock: false, web: true })).rejects.toMatchObject({
      code: "web-port",
      message: expect.stringContaining(String(port)),
    });
    await house.close();
    other.close();
  });
});

describe("without its queue", () => {
  it("is not ready, though the queue itself never says so", async () => {
    const redis = await startRedis();
    const other = await openLivingHouse({
      generate: { seed: 1, classes: 1, pupils: 2 },
      variables: { REDIS_URL: redis.url },
    });
    const own = await startService(other.house, { clock: false, web: true });
    const ready = () => fetch(`${own.address}/readyz`).then(({ status }) => status);
    expect(await ready()).toBe(200);
    await redis.stop();
    expect(await ready()).toBe(503);
    await own.stop();
    await other.close();
  });
});

describe("without its database", () => {
  it("is alive and not ready, and its page says what to do instead of what broke", async () => {
    const { pool } = living.house.store;
    const name = new URL(living.environment.databaseUrl ?? "").pathname.slice(1);
    await living.elsewhere(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    await living.elsewhere(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`);
    await expect
      .poll(() =>
        pool.query("SELECT 1").then(
          () => "there",
          () => "away",
        ),
      )
      .toBe("away");

    expect((await ask("/healthz")).status).toBe(200);
    expect(await ask("/readyz")).toMatchObject({ status: 503, body: '{"ready":false}' });
    const { status, body } = await ask("/");
    expect(status).toBe(500);
    expect(body).toContain("Страница не составлена");
    expect(body).toContain("npx sverka doctor");
    expect(body).not.toMatch(/ECONN|at .*\.ts|postgres/i);

    await living.elsewhere(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
    await expect.poll(() => ask("/readyz").then(({ status }) => status)).toBe(200);
  });
});
