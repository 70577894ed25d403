import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { EpochMs } from "../../src/domain/time.ts";
import { type Account, type AccountName, type Credentials, makeAccounts, sha1 } from "./accounts.ts";
import { createAnswers } from "./answers.ts";
import { bodyOf } from "./body.ts";
import { createEmulatorClock } from "./clock.ts";
import { createControl } from "./control.ts";
import { createFaults, type FaultOrder, type Faults, soil } from "./faults.ts";
import type { EmulatedSchool } from "./school/model.ts";
import type { Version } from "./wire/question.ts";

export interface EmulatorOptions {
  readonly school: EmulatedSchool;
  /** The journal's own time at first. */
  readonly at?: EpochMs;
  /** Whether its time goes on by itself; otherwise it stands still until it is set. */
  readonly runs?: boolean;
  /** Somebody else's clock instead of its own; it cannot be set then. */
  readonly clock?: () => EpochMs;
  readonly version?: Version;
  readonly port?: number;
  /** A path under which the journal lives, like `/journal`. */
  readonly prefix?: string;
}

export interface Emulator {
  readonly url: string;
  readonly credentials: Readonly<Record<AccountName, Credentials>>;
  readonly faults: Faults;
  readonly requests: readonly { readonly action: string; readonly student: string | undefined; readonly at: EpochMs }[];
  now(): EpochMs;
  setClock(at: EpochMs): void;
  close(): Promise<void>;
}

const BUILDS: Record<Version, string> = { "3.1": "3.1 (9012)", "4.1": "4.1 (23813)" };
const DOORS: Readonly<Record<string, string>> = { "/login": "POST", "/auth": "POST", "/auth/logout": "GET" };

/** Speaks avers-protocol.md over a generated school, as of its own clock. */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const { school, version = "4.1", prefix = "", at = Date.parse("2026-10-05T12:00:00+03:00"), runs = false } = options;
  const faults = createFaults();
  const accounts = makeAccounts(school, version);
  const everybody = Object.values(accounts);
  const requests: { action: string; student: string | undefined; at: EpochMs }[] = [];
  const clock = createEmulatorClock(at, { runs, foreign: options.clock });
  const answers = createAnswers(school, version, clock.now);
  const control = createControl({ school, clock, faults, requests });

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      response.statusCode = 500;
      response.end(String(error));
    });
  });

  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "/", "http://emulator");
    const path = url.pathname.startsWith(`${prefix}/`) ? url.pathname.slice(prefix.length) : null;
    if (path === null) return void response.writeHead(404).end();
    if (path === "/") return startPage(response, version);
    if (path.startsWith("/emulator/")) return control(request, response, path);
    const isAction = path.startsWith("/act/");
    const method = isAction ? request.method : DOORS[path];
    if (method === undefined) return void response.writeHead(404).end();
    if (request.method !== method || !["GET", "POST"].includes(method)) return void response.writeHead(405).end();
    const params = method === "POST" ? new URLSearchParams(await bodyOf(request)) : url.searchParams;
    const action = (isAction ? path.slice("/act/".length) : path.slice(1)).toUpperCase();
    const student = params.get("student") ?? undefined;
    requests.push({ action, student, at: clock.now() });
    const struck = faults.strike(action, student);
    const locked = struck.some((fault) => fault.kind === "changed-password");
    const known = locked ? undefined : everybody.find((one) => one.cookies === cookiesIn(request));
    const body = isAction
      ? known === undefined
        ? Buffer.from("[]")
        : answers.to(known, action, params)
      : Buffer.from(door(path, params, locked ? [] : everybody, known));
    await send(request, response, body, struck);
  };

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}${prefix}`,
    credentials: accounts,
    faults,
    requests,
    now: clock.now,
    setClock: clock.set,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Signing in and out (avers-protocol.md § 2). Nothing is kept: the cookies are all that a later call has. */
function door(path: string, params: URLSearchParams, accounts: readonly Account[], known: Account | undefined): string {
  if (path === "/login") {
    const account = accounts.find((one) => one.login === params.get("l") && sha1(one.password) === params.get("p"));
    return account?.row ?? "[error_symbol]";
  }
  if (path === "/auth")
    return known !== undefined && params.get("uId") === known.userId && params.get("act") === "1" ? "ok" : "[]";
  return "ok";
}

/** The page `/` lies twice: about its encoding, and about its length, by 42 bytes. */
function startPage(response: ServerResponse, version: Version): void {
  const page = Buffer.from(
    `<!DOCTYPE html><html><head><title>АВЕРС: Электронный Классный Журнал ${BUILDS[version]}</title></head><body>Вход</body></html>`,
  );
  response.writeHead(200, { "Content-Type": "text/html; charset=windows-1251", "Content-Length": page.length + 42 });
  response.write(page);
  response.socket?.end();
}

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
  struck: readonly FaultOrder[],
): Promise<void> {
  let content = body;
  for (const fault of struck) {
    if (fault.kind === "latency") await wait(fault.latencyMs ?? 50);
    if (fault.kind === "reset") return void request.socket.destroy();
    if (fault.kind === "error-500") return void response.writeHead(500).end("Internal error");
    if (fault.kind === "too-many")
      return void response.writeHead(429, { "Retry-After": fault.retryAfter ?? "1" }).end();
    content = Buffer.from(soil(fault.kind, content.toString()));
  }
  response.writeHead(200, { "Content-Type": "text/plain; charset=UTF-8", "Content-Length": content.length });
  if (struck.some((fault) => fault.kind === "broken-off")) {
    response.write(content.subarray(0, content.length >> 1), () => request.socket.destroy());
    return;
  }
  response.end(content);
}

function cookiesIn(request: IncomingMessage): string {
  const cookies = new Map(
    (request.headers.cookie ?? "")
      .split("; ")
      .map((pair) => [pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1)]),
  );
  return ["ys-user", "ys-password", "ys-userId"].map((name) => cookies.get(name) ?? "").join(" ");
}
