import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { changeRoles, disable } from "../../../src/access/accounts.ts";
import { endToken, issueToken } from "../../../src/access/tokens.ts";
import { accessNeeds, batchPrintNeeds, composeNeeds, controlNeeds } from "../../../src/cli/needs.ts";
import { conclude, makeControl } from "../../../src/control/monthly-control.ts";
import { SCOPES, type TokenScope } from "../../../src/domain/access/matrix.ts";
import type { Role } from "../../../src/domain/access/roles.ts";
import { composeDue } from "../../../src/notices/compose-due.ts";
import { type Service, startService } from "../../../src/service.ts";
import { accountByLogin } from "../../../src/store/access/accounts.ts";
import { listAudit, verifyAudit } from "../../../src/store/access/audit.ts";
import { addEntitlement } from "../../../src/store/access/entitlements.ts";
import { listTokens } from "../../../src/store/access/tokens.ts";
import { listFindings } from "../../../src/store/findings.ts";
import { openApiDocument } from "../../../src/web/api/openapi.ts";
import { sverka } from "../../cli/sverka.ts";
import { generateSchool } from "../../emulator/index.ts";
import { type LivingHouse, openLivingHouse } from "../../support/living-house.ts";
import { passesAt } from "../../support/service.ts";
import { SESSION_COOKIE, signedIn } from "../support.ts";

const SCHOOL = { seed: 20, classes: 2, pupils: 8 };
let living: LivingHouse;
let service: Service;
let director = "";
beforeAll(async () => {
  const families = generateSchool(SCHOOL).pupils.map(({ id }) => `{ pupil: ${id} }`);
  living = await openLivingHouse({
    generate: SCHOOL,
    files: { "paper-families.yaml": `families: [${families.join(", ")}]\n` },
  });
  const { house } = living;
  service = await startService(house, { clock: false, web: true });
  await passesAt(house, service, ["2026-11-16T12:00", "2026-12-02T07:30"]);
  await makeControl(await controlNeeds(house), "2026-11");
  await composeDue(await composeNeeds(house), await batchPrintNeeds(house), { anyHour: true });
});
// Each test has its own allowance of questions.
beforeEach(async () => {
  director = await tokenOf(["director"], SCOPES);
});
afterAll(async () => {
  await service.stop();
  await living.close();
});

/** The account of somebody with these duties. */
async function accountOf(roles: readonly Role[], options: Parameters<typeof signedIn>[2] = {}): Promise<number> {
  const login = options.login ?? `api-${roles.join("-")}`;
  const known = () => accountByLogin(living.house.store.pool, living.house.school.id, login);
  if ((await known()) === null) await signedIn(living.house, roles, { ...options, login });
  return (await known())?.id ?? 0;
}

const TERMINAL = { accountId: null, address: "terminal", who: null };
const issue = (accountId: number, scopes: readonly TokenScope[], days = 1) =>
  issueToken(accessNeeds(living.house), TERMINAL, { accountId, name: "Проверка", scopes, days });
const tokenOf = async (roles: readonly Role[], scopes: readonly TokenScope[]) =>
  (await issue(await accountOf(roles), scopes)).token;

function ask(path: string, token: string | null = director, init: RequestInit = {}): Promise<Response> {
  const headers = { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...(init.headers as object) };
  return fetch(`${service.address}/api/v1${path}`, { ...init, headers, redirect: "manual" });
}

interface List {
  readonly items: readonly Readonly<Record<string, unknown>>[];
  readonly next: string | null;
}
const list = async (path: string, token = director) => (await (await ask(path, token)).json()) as List;

async function expectProblem(answer: Response, status: number, code: string): Promise<string> {
  const body = (await answer.json()) as { detail: string };
  expect([answer.status, answer.headers.get("content-type"), body]).toEqual([
    status,
    "application/problem+json; charset=utf-8",
    {
      type: `urn:sverka:problem:${code}`,
      title: expect.any(String),
      status,
      code,
      detail: expect.stringMatching(/[а-я]/),
    },
  ]);
  return body.detail;
}

/** Says by the document itself whether an answer is what it promises. */
const document = openApiDocument() as {
  paths: Record<string, { get: { responses: Record<string, { content?: Record<string, { schema: object }> }> } }>;
  components: { schemas: Record<string, object> };
};
const ajv = new Ajv2020.default({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema({ $id: "doc", components: document.components });
async function expectAsDocumented(path: string, answer: Response): Promise<void> {
  const promised = document.paths[path]?.get.responses[String(answer.status)];
  expect([path, answer.status, promised !== undefined]).toEqual([path, answer.status, true]);
  const [[type, { schema }] = ["", { schema: {} }]] = Object.entries(promised?.content ?? {});
  expect(answer.headers.get("content-type")).toBe(`${type}; charset=utf-8`);
  const ref = (schema as { $ref: string }).$ref.replace("#", "doc#");
  const validate = ajv.compile({ $ref: ref });
  expect([path, validate(await answer.json()), validate.errors]).toEqual([path, true, null]);
}

describe("what a program reads", () => {
  it("is what the document says, for every operation", async () => {
    const [finding] = (await list("/findings?limit=1")).items;
    const samples: Record<string, string> = { "{finding}": String(finding?.id), "{month}": "2026-11" };
    for (const path of Object.keys(document.paths)) {
      const address = path.replace(/\{\w+\}/, (part) => samples[part] ?? part);
      const answer = await ask(`${address}${path.includes("{") ? "" : "?limit=200"}`);
      expect([path, answer.status]).toEqual([path, 200]);
      if (!path.includes("{"))
        expect([path, ((await answer.clone().json()) as List).items.length > 0]).toEqual([path, true]);
      await expectAsDocumented(path, answer);
      await expectAsDocumented(path, await ask(address, null));
      await expectAsDocumented(path, await ask(`${address}?limit=0&nothing=1`));
    }
    const openapi = await ask("/openapi.json");
    expect(await openapi.json()).toEqual(JSON.parse(JSON.stringify(document)));
  });

  it("is all findings, each once, part by part, whatever is asked for", async () => {
    const { store, school } = living.house;
    const all = await listFindings(store, school.id);
    expect(all.length).toBeGreaterThan(30);
    const seen: unknown[] = [];
    for (let next: string | null = ""; next !== null; ) {
      const part: List = await list(`/findings?limit=23${next === "" ? "" : `&cursor=${next}`}`);
      expect(part.items.length).toBeLessThanOrEqual(23);
      seen.push(...part.items.map(({ id }) => id));
      next = part.next;
    }
    expect(seen.toSorted()).toEqual(all.map(({ id }) => id).toSorted());
    const violations = await list(
      "/findings?limit=200&severity=violation&status=open&changedSince=2026-11-16T00:00:00Z",
    );
    expect(violations.items.length).toBeGreaterThan(0);
    expect(violations.items.every(({ severity, status }) => severity === "violation" && status === "open")).toBe(true);
    expect((await list("/findings?changedSince=2100-01-01T00:00:00Z")).items).toEqual([]);
  });

  it("holds no pupil's name, no mark and no slip's code", async () => {
    const texts = await Promise.all(
      ["/findings?limit=200", "/notices?limit=200", "/controls/2026-11", "/passes"].map(async (path) =>
        (await ask(path)).text(),
      ),
    );
    const text = texts.join();
    for (const { fullName } of living.school.pupils)
      expect([fullName, text.includes(fullName)]).toEqual([fullName, false]);
    const notices = await living.house.store.prisma.notice.findMany();
    expect(notices.length).toBeGreaterThan(0);
    for (const { slipCode } of notices) expect(text).not.toContain(slipCode);
  });

  it("keeps the conclusion of a control to itself until it is fixed", async () => {
    const control = async () => (await (await ask("/controls/2026-11")).json()) as { conclusion: string | null };
    expect((await control()).conclusion).toBeNull();
    await conclude(await controlNeeds(living.house), "2026-11", "Устранить до пятницы.");
    expect((await control()).conclusion).toBe("Устранить до пятницы.");
  });

  it("comes with an ETag, and not again while nothing has changed", async () => {
    const first = await ask("/findings?limit=5");
    const etag = first.headers.get("etag") ?? "";
    expect(first.headers.get("cache-control")).toBe("no-store");
    expect(first.headers.get("content-encoding")).toBe("gzip");
    for (const known of [etag, etag.replace("W/", ""), `"other", ${etag}`]) {
      const again = await ask("/findings?limit=5", director, { headers: { "if-none-match": known } });
      expect([again.status, await again.text()]).toEqual([304, ""]);
    }
    const other = await ask("/findings?limit=6", director, { headers: { "if-none-match": etag } });
    expect(other.status).toBe(200);
  });

  it("stands in the audit, by the token, and the last use beside it", async () => {
    const { store, school } = living.house;
    const { id, token } = await issue(await accountOf(["deputy"]), ["findings"]);
    await ask("/findings?limit=3", token);
    const [line] = await listAudit(store.pool, school.id, { action: "api.read", limit: 1 });
    expect([line?.object, line?.details]).toEqual([`token/${id}`, '{"count":3,"what":"findings"}']);
    const used = (await listTokens(store.pool, school.id)).find((one) => one.id === id);
    expect([used?.usedFrom, typeof used?.usedAt]).toEqual(["127.0.0.1", "number"]);
    expect((await verifyAudit(store, school.id)).found).toBeNull();
  });
});

describe("a token", () => {
  const refusal = (code: string) => expect.objectContaining({ code, kind: "input" });

  it("is nowhere in the store", async () => {
    const { rows } = await living.house.store.pool.query("SELECT * FROM api_token");
    expect(JSON.stringify(rows)).not.toContain(director.slice(7));
    expect(JSON.stringify(await listAudit(living.house.store.pool, 1, { limit: 1000 }))).not.toContain(
      director.slice(7),
    );
  });

  it.each([
    ["none", null, "token-missing"],
    ["a strange one", `sverka_${"A".repeat(43)}`, "token-unknown"],
    ["a session's", "A".repeat(43), "token-unknown"],
    ["not even one", "../../etc/passwd", "token-missing"],
    ["a statement", "'; DROP TABLE api_token; --", "token-missing"],
    ["a very long one", `sverka_${"A".repeat(5000)}`, "token-missing"],
  ])("has to be there and right: %s", async (_, token, code) => {
    const answer = await ask("/passes", token);
    expect(answer.headers.get("www-authenticate")).toBe('Bearer realm="sverka"');
    await expectProblem(answer, 401, code);
  });

  it("is not taken from a browser's session, from the address or from a form", async () => {
    const cookie = `${SESSION_COOKIE}=${await signedIn(living.house, ["director"])}`;
    await expectProblem(await ask("/passes", null, { headers: { cookie } }), 401, "token-missing");
    await expectProblem(await ask(`/passes?token=${director}`, null), 401, "token-missing");
    const page = await fetch(`${service.address}/findings`, {
      headers: { authorization: `Bearer ${director}` },
      redirect: "manual",
    });
    expect(page.headers.get("location")).toMatch(/^\/sign-in/);
  });

  it("opens its own scopes only, and the attempt is written down", async () => {
    const paths: Record<TokenScope, string> = {
      findings: "/findings",
      passes: "/passes",
      controls: "/controls",
      notices: "/notices",
    };
    for (const scope of SCOPES) {
      const token = await tokenOf(["director"], [scope]);
      for (const other of SCOPES) {
        const answer = await ask(paths[other], token);
        if (scope === other) expect([scope, answer.status]).toEqual([scope, 200]);
        else await expectProblem(answer, 403, "scope-missing");
      }
    }
    const { store, school } = living.house;
    const denied = await listAudit(store.pool, school.id, { action: "denied", limit: 100 });
    expect(denied.filter(({ object }) => object.startsWith("token/")).length).toBe(12);
  });

  it("is issued only by the rights of its owner (п. 2.4)", async () => {
    const administrator = await accountOf(["administrator"]);
    for (const scope of ["findings", "controls", "notices"] as const)
      await expect(issue(administrator, [scope])).rejects.toEqual(refusal("token-foreign"));
    await expect(issue(administrator, ["passes"])).resolves.toBeTruthy();
    await expect(issue(await accountOf(["subject-teacher"]), ["passes"])).rejects.toEqual(refusal("token-foreign"));
    await expect(issue(administrator, [])).rejects.toEqual(refusal("token-scopes"));
    for (const days of [0, -1, 366, 1.5, Number.NaN])
      await expect(issue(administrator, ["passes"], days)).rejects.toEqual(refusal("token-days"));
    await expect(issue(987_654, ["passes"])).rejects.toEqual(refusal("account-unknown"));
  });

  it("reaches what its owner reaches at that moment, and no more", async () => {
    const { store, school } = living.house;
    const findings = await listFindings(store, school.id);
    const staffName = findings.find(({ accountable }) => accountable !== null)?.accountable?.name ?? "";
    const teacher = await accountOf(["subject-teacher"], { login: "api-teacher", staffName });
    const { token } = await issue(teacher, ["findings"]);
    const own = (await list("/findings?limit=200", token)).items;
    expect(own.length).toBeGreaterThan(0);
    expect(own.length).toBeLessThan(findings.length);
    expect(new Set(own.map(({ accountable }) => (accountable as { name: string }).name))).toEqual(new Set([staffName]));
    const foreign = findings.find(({ accountable }) => accountable !== null && accountable.name !== staffName);
    await expectProblem(await ask(`/findings/${foreign?.id}`, token), 403, "owner-right");
    expect((await ask(`/findings/${own[0]?.id}`, token)).status).toBe(200);

    const entitled = await accountOf(["administrator"], { login: "api-entitled" });
    const entitlement = {
      schoolId: school.id,
      accountId: entitled,
      orderNumber: "31",
      orderDate: "2026-09-01",
      at: 0,
      by: teacher,
    };
    await addEntitlement(store.pool, entitlement);
    const lent = (await issue(entitled, ["findings"])).token;
    expect((await ask("/findings", lent)).status).toBe(200);
    await store.pool.query("UPDATE entitlement SET ended_at = now() WHERE account_id = $1", [entitled]);
    await expectProblem(await ask("/findings", lent), 403, "owner-right");

    const deputy = await accountOf(["deputy"], { login: "api-deputy" });
    const changing = (await issue(deputy, ["findings", "controls"])).token;
    await changeRoles(accessNeeds(living.house), TERMINAL, deputy, ["subject-teacher"]);
    await expectProblem(await ask("/controls", changing), 403, "owner-right");
    expect((await list("/findings", changing)).items).toEqual([]);
    await disable(accessNeeds(living.house), TERMINAL, deputy);
    await expectProblem(await ask("/findings", changing), 401, "token-owner");
  });

  it("holds no longer when it is revoked or its time is over", async () => {
    const { store } = living.house;
    const account = await accountOf(["director"]);
    const revoked = await issue(account, ["passes"]);
    await endToken(accessNeeds(living.house), TERMINAL, revoked.id);
    await expectProblem(await ask("/passes", revoked.token), 401, "token-revoked");
    await expect(endToken(accessNeeds(living.house), TERMINAL, revoked.id)).rejects.toEqual(refusal("token-unknown"));
    const old = await issue(account, ["passes"]);
    expect((await ask("/passes", old.token)).status).toBe(200);
    await store.pool.query("UPDATE api_token SET expires_at = now() WHERE id = $1", [old.id]);
    await expectProblem(await ask("/passes", old.token), 401, "token-expired");
  });

  it("of another school opens nothing here", async () => {
    const { token, id } = await issue(await accountOf(["director"]), ["passes"]);
    await living.house.store.pool.query("UPDATE api_token SET school_id = 999 WHERE id = $1", [id]);
    await expectProblem(await ask("/passes", token), 401, "token-unknown");
  });
});

describe("a wrong question", () => {
  it.each([
    "/findings?limit=0",
    "/findings?limit=201",
    "/findings?limit=-1",
    "/findings?limit=1e2",
    "/findings?limit=",
    "/findings?limit=5&limit=6",
    "/findings?limit=99999999999999999999",
    "/findings?status=OPEN",
    "/findings?status[]=open",
    "/findings?severity=' OR 1=1 --",
    "/findings?from=2026-02-30",
    "/findings?from=0000-01-01",
    "/findings?to=вчера",
    "/findings?changedSince=2026-11-16",
    "/findings?changedSince=0000-01-01T00:00:00Z",
    "/findings?class=%00",
    `/findings?class=${"x".repeat(101)}`,
    "/findings?rule=",
    "/findings?cursor=abc",
    "/findings?cursor=W10",
    `/findings?cursor=${Buffer.from('[1e308,"a"]').toString("base64url")}`,
    `/findings?cursor=${Buffer.from('[0,"\' OR 1=1 --"]').toString("base64url")}`,
    `/findings?cursor=${"A".repeat(400)}`,
    "/findings?unknown=1",
    "/findings?__proto__=1",
    "/passes?status=open",
    `/passes?cursor=${Buffer.from("[99999999999]").toString("base64url")}`,
    "/notices?batch=0",
    "/notices?batch=3000000000",
    "/controls?cursor=W251bGxd",
    "/controls/2026-11?limit=5",
  ])("is answered with what is wrong with it: %s", async (path) => {
    const detail = await expectProblem(await ask(path), 400, "query-invalid");
    expect(detail).toMatch(/араметр/);
  });

  it.each([
    "/nothing",
    "/findings/0123456789abcdef",
    "/findings/..%2f..%2fetc",
    "/findings/%27%20OR%201=1",
    "/controls/2026-13",
    "/controls/%00",
    "/controls/2001-01",
    "/",
    "",
  ])("about what is not there: %s", async (path) => {
    await expectProblem(await ask(path), 404, "no-such-thing");
  });

  it("in an address that cannot be read is a problem too, not a page", async () => {
    await expectProblem(await ask("/findings/%E0%A4%A"), 400, "request-invalid");
  });

  it.each(["POST", "PUT", "PATCH", "DELETE"])("that would change something is refused: %s", async (method) => {
    const answer = await ask("/findings", director, { method });
    expect(answer.headers.get("allow")).toBe("GET, HEAD");
    await expectProblem(answer, 405, "read-only");
  });
});

describe("the page of tokens", () => {
  const visit = async (roles: readonly Role[]) => {
    const cookie = `${SESSION_COOKIE}=${await signedIn(living.house, roles)}`;
    const page = async () => (await fetch(`${service.address}/tokens`, { headers: { cookie } })).text();
    const form = /name="form" value="([^"]+)"/.exec(await page())?.[1] ?? "";
    const send = (path: string, fields: Readonly<Record<string, string>>, own = form) =>
      fetch(`${service.address}${path}`, {
        method: "POST",
        headers: { cookie },
        body: new URLSearchParams({ form: own, ...fields }),
        redirect: "manual",
      });
    return { page, send };
  };
  const good = { name: "Отчёты", scopes: "findings", days: "30" };

  it("shows a token once, counts its use, and takes it back", async () => {
    const { page, send } = await visit(["director"]);
    const made = await (await send("/tokens", good)).text();
    const token = /sverka_[\w-]{43}/.exec(made)?.[0] ?? "";
    expect(made).toContain("показан один раз");
    expect((await ask("/findings", token)).status).toBe(200);
    const shown = await page();
    expect(shown).not.toContain(token);
    expect(shown).toContain(`${token.slice(0, 11)}…`);
    expect(shown).toContain("Отчёты");
    const id = /action="\/tokens\/end">.*?name="id" value="(\d+)"/s.exec(shown)?.[1] ?? "";
    expect((await send("/tokens/end", { id })).headers.get("location")).toBe("/tokens?done=token-ended");
    await expectProblem(await ask("/findings", token), 401, "token-revoked");
    expect((await send("/tokens/end", { id })).status).toBe(422);
    const { store, school } = living.house;
    for (const action of ["tokens.add", "tokens.end"])
      expect((await listAudit(store.pool, school.id, { action, limit: 1 })).length).toBe(1);
  });

  it.each([
    ["empty", { ...good, name: " " }],
    ["too long", { ...good, name: "я".repeat(101) }],
    ["without a scope", { name: "Отчёты", days: "30" }],
    ["with a strange scope", { ...good, scopes: "everything" }],
    ["for ever", { ...good, days: "99999" }],
    ["for no time", { ...good, days: "-1" }],
  ])("refuses a form that is %s", async (_, fields) => {
    const { send } = await visit(["director"]);
    const answer = await send("/tokens", fields);
    expect([answer.status, (await answer.text()).includes("Не получилось")]).toEqual([422, true]);
  });

  it("gives an administrator no scope with marks, and takes no foreign form", async () => {
    const { page, send } = await visit(["administrator"]);
    expect(await page()).not.toContain('value="findings"');
    const answer = await send("/tokens", good);
    expect([answer.status, (await answer.text()).includes("п. 2.4")]).toEqual([422, true]);
    expect((await send("/tokens", { ...good, scopes: "passes" }, "x")).status).toBe(403);
  });

  it("shows a hostile name as it is", async () => {
    const { page, send } = await visit(["director"]);
    await send("/tokens", { ...good, name: "<script>alert(1)</script>" });
    expect(await page()).toContain("&#60;script&#62;alert(1)");
  });

  it("has a guide beside it, and the document to take away", async () => {
    const cookie = `${SESSION_COOKIE}=${await signedIn(living.house, ["administrator"])}`;
    const guide = await (await fetch(`${service.address}/api`, { headers: { cookie } })).text();
    for (const path of Object.keys(document.paths)) expect(guide).toContain(`GET /api/v1${path}`);
    const taken = await fetch(`${service.address}/api/openapi.json`, { headers: { cookie } });
    expect(await taken.json()).toEqual(JSON.parse(JSON.stringify(document)));
  });
});

describe("sverka tokens", () => {
  const run = (...args: readonly string[]) =>
    sverka(["tokens", ...args], {
      DATABASE_URL: living.house.databaseUrl,
      SVERKA_DATA: living.data,
      SVERKA_CONFIG: living.environment.config,
      SVERKA_CLOCK: "2026-12-02T08:00:00+03:00",
      LOG_LEVEL: "silent",
    });

  it("makes, lists and revokes a token for an owner who may", async () => {
    await accountOf(["director"], { login: "api-cli" });
    const made = await run("create", "Выгрузка", "--owner", "api-cli", "--scope", "passes", "--days", "7");
    const token = /sverka_[\w-]{43}/.exec(made.stdout)?.[0] ?? "";
    expect([made.code, made.stderr]).toEqual([0, ""]);
    expect((await ask("/passes", token)).status).toBe(200);
    const { stdout } = await run("list");
    const id = /№ (\d+) {2}Выгрузка/.exec(stdout)?.[1] ?? "";
    expect(stdout).toMatch(/Выгрузка \(sverka_.{4}…\): проходы; владелец api-cli; до .*; читала/);
    expect(stdout).not.toContain(token);
    expect(await run("revoke", id)).toMatchObject({ code: 0, stdout: `Ключ № ${id} отозван.\n` });
    await expectProblem(await ask("/passes", token), 401, "token-revoked");
  });

  it("says in one sentence what is wrong", async () => {
    await accountOf(["administrator"]);
    const foreign = await run("create", "Выгрузка", "--owner", "api-administrator", "--scope", "findings");
    expect([foreign.code, foreign.stderr]).toEqual([2, expect.stringContaining("п. 2.4")]);
    const wrong = await run("create", "Выгрузка", "--owner", "x", "--scope", "marks");
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("findings, passes, controls, notices")]);
  });
});

describe("too many questions", () => {
  it("have to wait, token by token", async () => {
    const account = await accountOf(["director"]);
    const [one, other] = [await issue(account, ["passes"]), await issue(account, ["passes"])];
    let last = await ask("/openapi.json", one.token);
    for (let i = 0; i < 200 && last.status === 200; i++) {
      await last.text();
      last = await ask("/openapi.json", one.token);
    }
    expect(Number(last.headers.get("retry-after"))).toBeGreaterThan(0);
    await expectProblem(last, 429, "too-many");
    expect((await ask("/openapi.json", other.token)).status).toBe(200);
  });

  it("without a right token have to wait too, and shut out nobody who has one", async () => {
    const { store, school } = living.house;
    const refused = async () => (await listAudit(store.pool, school.id, { action: "api.refused", limit: 1000 })).length;
    const before = await refused();
    const strange = `sverka_${"B".repeat(43)}`;
    const statuses = [];
    for (let i = 0; i < 80; i++) statuses.push((await ask("/passes", strange)).status);
    expect(statuses.at(-1)).toBe(429);
    expect((await refused()) - before).toBeLessThan(70);
    expect((await ask("/passes", director)).status).toBe(200);
  });
});
