import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type IncomingHttpHeaders, request as plainRequest } from "node:http";
import { createServer, request as secureRequest } from "node:https";
import type { AddressInfo } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { invite } from "../../src/access/accounts.ts";
import { accessNeeds } from "../../src/cli/needs.ts";
import type { House } from "../../src/main.ts";
import { type Service, startService } from "../../src/service.ts";
import { listAudit } from "../../src/store/access/audit.ts";
import { makeCertificate } from "../support/certificate.ts";
import { type LivingHouse, openLivingHouse } from "../support/living-house.ts";

// The page beyond this computer: over its own certificate, and behind a proxy that speaks TLS for it. Every request here goes over the wire.

const NAME = "sverka.school.example";
const PASSWORD = "дождь по крыше стучит";
const own = makeCertificate([NAME, "127.0.0.1"]);
let folder = "";
let living: LivingHouse;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sverka-tls-"));
  const other = makeCertificate([NAME]);
  const files = { "own.pem": own.cert, "own.key": own.key, "other.key": other.key, "broken.pem": "-----BEGIN" };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  living = await openLivingHouse({ generate: { seed: 1, classes: 1, pupils: 2 } });
});
afterAll(async () => {
  await living.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

async function ask(
  address: string,
  path: string,
  { host = NAME, form, ...headers }: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const url = new URL(path, address);
  const method = form === undefined ? "GET" : "POST";
  const type = form === undefined ? {} : { "content-type": "application/x-www-form-urlencoded" };
  const all = { host, ...type, ...headers };
  const asked =
    url.protocol === "https:"
      ? secureRequest(url, { method, headers: all, ca: own.cert, servername: NAME, agent: false })
      : plainRequest(url, { method, headers: all, agent: false });
  asked.end(form);
  const [response] = await once(asked, "response");
  const body = (await response.setEncoding("utf8").toArray()).join("");
  return { status: response.statusCode, headers: response.headers, body };
}

const cookiesOf = ({ headers }: Answer) => headers["set-cookie"] ?? [];
const pair = (cookie: string | undefined) => cookie?.split(";")[0] ?? "";

/** Takes an invitation as its owner would, and answers with the cookie that it gave. */
async function comeIn(house: House, address: string, login: string, more: Readonly<Record<string, string>> = {}) {
  const terminal = { accountId: null, address: "terminal", who: null };
  const order = { login, name: "Полев И. И.", staffName: null, roles: ["subject-teacher"] as const, mail: null };
  const { code } = await invite(accessNeeds(house), terminal, order);
  const page = await ask(address, `/invite/${code}`, more);
  const visit = pair(cookiesOf(page)[0]);
  const token = /name="form" value="([^"]+)"/.exec(page.body)?.[1] ?? "";
  const form = new URLSearchParams({ form: token, code, password: PASSWORD, again: PASSWORD }).toString();
  const done = await ask(address, "/invite/password", { ...more, cookie: visit, form });
  expect([done.status, done.headers.location]).toEqual([303, "/"]);
  return cookiesOf(done)[0] ?? "";
}

describe("over its own certificate", () => {
  let house: House;
  let service: Service;
  let address = "";
  beforeAll(async () => {
    house = await living.again({
      SVERKA_HOST: "0.0.0.0",
      SVERKA_ADDRESS: `https://${NAME}`,
      SVERKA_TLS_CERT: join(folder, "own.pem"),
      SVERKA_TLS_KEY: join(folder, "own.key"),
    });
    service = await startService(house, { clock: false, web: true });
    address = `https://127.0.0.1:${new URL(service.address ?? "").port}`;
  });
  afterAll(async () => {
    await service.stop();
    await house.close();
  });

  it("lets somebody in with a cookie that goes over TLS to this server alone, and asks browsers never to come without", async () => {
    const cookie = await comeIn(house, address, "polev");
    expect(cookie).toMatch(/^__Host-sverka=/);
    for (const part of ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"]) expect(cookie).toContain(part);
    expect(cookie).not.toContain("Domain");
    const page = await ask(address, "/", { cookie: pair(cookie) });
    expect([page.status, page.body.includes("Здравствуйте, Полев И. И.")]).toEqual([200, true]);
    expect(page.headers["strict-transport-security"]).toContain("max-age=31536000");
  });

  it("answers nobody who comes without TLS, or by another name", async () => {
    await expect(ask(address.replace("https", "http"), "/sign-in")).rejects.toThrow();
    expect((await ask(address, "/sign-in", { host: "evil.example" })).status).toBe(421);
  });

  it.each([
    ["of another certificate", { SVERKA_TLS_CERT: "own.pem", SVERKA_TLS_KEY: "other.key" }, "не от сертификата"],
    ["that is missing", { SVERKA_TLS_CERT: "own.pem" }, "задают вместе"],
    ["that is not there", { SVERKA_TLS_CERT: "own.pem", SVERKA_TLS_KEY: "nowhere.key" }, "не читается"],
    ["to a broken certificate", { SVERKA_TLS_CERT: "broken.pem", SVERKA_TLS_KEY: "own.key" }, "PEM"],
  ])("does not open with a key %s, and says why", async (_, names, why) => {
    const paths = Object.fromEntries(Object.entries(names).map(([name, file]) => [name, join(folder, file)]));
    const refused = await living.again({ SVERKA_HOST: "0.0.0.0", ...paths });
    await expect(startService(refused, { clock: false, web: true })).rejects.toMatchObject({
      kind: "configuration",
      code: "tls-files",
      message: expect.stringContaining(why),
    });
    await refused.close();
  });
});

describe("behind a proxy that is named", () => {
  let house: House;
  let service: Service;
  let address = "";
  let inner = "";
  // Speaks TLS to browsers and plainly to the page, and adds who has come, as proxies do.
  const proxy = createServer({ cert: own.cert, key: own.key }, (near, answer) => {
    const { method, url, headers } = near;
    const before = headers["x-forwarded-for"];
    const forwarded = `${before === undefined ? "" : `${before}, `}203.0.113.9`;
    const far = plainRequest(new URL(url ?? "/", inner), {
      method,
      headers: { ...headers, "x-forwarded-for": forwarded, "x-forwarded-proto": "https" },
    });
    far.on("response", (response) => {
      answer.writeHead(response.statusCode ?? 500, response.headers);
      response.pipe(answer);
    });
    near.pipe(far);
  });
  beforeAll(async () => {
    house = await living.again({
      SVERKA_HOST: "0.0.0.0",
      SVERKA_ADDRESS: `https://${NAME}`,
      SVERKA_PROXY: "127.0.0.1",
    });
    service = await startService(house, { clock: false, web: true });
    inner = `http://127.0.0.1:${new URL(service.address ?? "").port}`;
    proxy.listen(0, "127.0.0.1");
    await once(proxy, "listening");
    address = `https://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    proxy.close();
    await service.stop();
    await house.close();
  });

  it("knows who has come, whatever they say of themselves", async () => {
    const cookie = await comeIn(house, address, "ruchyov", { "x-forwarded-for": "127.0.0.1" });
    expect(cookie).toMatch(/^__Host-sverka=.*Secure/);
    const page = await ask(address, "/", { cookie: pair(cookie) });
    expect(page.body).toContain("Здравствуйте");
    expect(page.headers["strict-transport-security"]).toContain("max-age");
    const [accepted] = await listAudit(house.store.pool, house.school.id, { action: "people.accepted", limit: 1 });
    expect(accepted?.address).toBe("203.0.113.9");
  });

  it("takes nobody who comes through it for a program on this computer", async () => {
    expect((await ask(inner, "/metrics")).status).toBe(200);
    const through = await ask(address, "/metrics");
    expect([through.status, through.headers.location]).toEqual([303, "/sign-in?to=%2Fmetrics"]);
  });

  const outer = Object.values(networkInterfaces())
    .flat()
    .find((one) => one !== undefined && !one.internal && one.family === "IPv4")?.address;
  it.runIf(outer !== undefined)("answers nobody who goes round it", async () => {
    const round = inner.replace("127.0.0.1", outer ?? "");
    for (const path of ["/sign-in", "/metrics", "/healthz"]) expect((await ask(round, path)).status).toBe(421);
  });
});
