import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Service, startService } from "../../src/service.ts";
import { type LivingHouse, openLivingHouse } from "../support/living-house.ts";
import { signedIn } from "./support.ts";

// Behind a proxy that speaks TLS, as the network sees it.

const HOST = "sverka.school.example";
let living: LivingHouse;
let service: Service;
beforeAll(async () => {
  living = await openLivingHouse({
    generate: { seed: 20, classes: 1, pupils: 2 },
    variables: { SVERKA_PROXY: "127.0.0.1", SVERKA_ADDRESS: `https://${HOST}` },
  });
  service = await startService(living.house, { clock: false, web: true });
});
afterAll(async () => {
  await service.stop();
  await living.close();
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

function ask(
  path: string,
  {
    method = "GET",
    headers = {},
    body = "",
  }: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const all = { host: HOST, "x-forwarded-for": "203.0.113.7", "x-forwarded-proto": "https", ...headers };
  const asked = request(`${service.address}${path}`, { headers: all, method }, (response) => {
    let text = "";
    response.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
    response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
  });
  asked.on("error", reject).end(body);
  return promise;
}

describe("a site that the network reaches", () => {
  it("binds its cookies to itself and to TLS, and asks browsers for TLS for a year", async () => {
    const { headers } = await ask("/sign-in");
    expect(headers["strict-transport-security"]).toBe("max-age=31536000; includeSubDomains");
    const [cookie = ""] = headers["set-cookie"] ?? [];
    expect(cookie).toMatch(/^__Host-sverka-visit=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  });

  it("takes no cookie of the loopback's name", async () => {
    const token = await signedIn(living.house, ["director"]);
    expect((await ask("/findings", { headers: { cookie: `sverka=${token}` } })).status).toBe(303);
    expect((await ask("/findings", { headers: { cookie: `__Host-sverka=${token}` } })).status).toBe(200);
  });

  it.each(["/sign-in", "/nowhere", "/assets/style.css", "/healthz", "/api/v1/passes", "/findings/%E0%A4%A"])(
    "sends the same strict headers with everything: %s",
    async (path) => {
      const { headers } = await ask(path);
      expect(headers["content-security-policy"]).toMatch(
        /^default-src 'none'; object-src 'none'; .*base-uri 'none'; .*frame-ancestors 'none'$/,
      );
      expect(headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "strict-transport-security": expect.any(String),
        "content-type": expect.stringMatching(/charset=utf-8|^image\/svg/),
      });
      expect(headers["access-control-allow-origin"]).toBeUndefined();
    },
  );

  it.each(["TRACE", "OPTIONS", "PROPFIND"])("does not know %s", async (method) => {
    const { status, body } = await ask("/sign-in", { method, headers: { "x-secret": "echo-me" } });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(body).not.toContain("echo-me");
  });

  it("writes down who was refused: route and address, never what was sent", async () => {
    living.logged.length = 0;
    await ask("/invite", { method: "POST", headers: { origin: "https://evil.example" }, body: "code=SECRET" });
    await ask("/sign-in", {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "login=lugova&password=SECRET",
    });
    const lines = living.logged.filter((line) => line.includes("отказ странице")).map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { status: 403, method: "POST", route: "/invite", address: "203.0.113.7" },
      { status: 403, method: "POST", route: "/sign-in", address: "203.0.113.7" },
    ]);
    expect(living.logged.join()).not.toMatch(/SECRET|lugova/);
  });
});

describe("what changes how one signs in", () => {
  it.each(["/own/sign-out-everywhere", "/own/phone/drop", "/own/sessions/end"])(
    "is done by nobody who only found the page open: %s",
    async (path) => {
      const cookie = `__Host-sverka=${await signedIn(living.house, ["subject-teacher"])}`;
      const form = /name="form" value="([^"]+)"/.exec((await ask("/own", { headers: { cookie } })).body)?.[1] ?? "";
      const body = new URLSearchParams({ form, session: "1", password: "не тот" }).toString();
      const headers = { cookie, "content-type": "application/x-www-form-urlencoded" };
      const answer = await ask(path, { method: "POST", headers, body });
      expect([answer.status, answer.body.includes("Пароль неверен")]).toEqual([422, true]);
      expect((await ask("/own", { headers: { cookie } })).status).toBe(200);
    },
  );
});

describe("files", () => {
  it("are given so many at once and no more", async () => {
    const cookie = `__Host-sverka=${await signedIn(living.house, ["director"])}`;
    let last = await ask("/audit.xlsx", { headers: { cookie } });
    for (let i = 0; i < 60 && last.status === 200; i++) last = await ask("/audit.xlsx", { headers: { cookie } });
    expect(last.status).toBe(429);
    expect(Number(last.headers["retry-after"])).toBeGreaterThan(0);
    expect(last.body).toContain("Слишком часто");
  });
});
