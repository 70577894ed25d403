import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPackage } from "../../adapters/tables/zip.ts";
import { newToken } from "../../src/access/secrets.ts";
import { whoOf } from "../../src/access/sessions.ts";
import { accessNeeds } from "../../src/cli/needs.ts";
import { may } from "../../src/domain/access/may.ts";
import { ROLES, type Role } from "../../src/domain/access/roles.ts";
import { type Service, startService } from "../../src/service.ts";
import { accountByLogin, listAccounts } from "../../src/store/access/accounts.ts";
import { verifyAudit } from "../../src/store/access/audit.ts";
import { listFindings } from "../../src/store/findings.ts";
import { formField } from "../../src/web/doors/pages.ts";
import { type LivingHouse, openLivingHouse } from "../support/living-house.ts";
import { passesAt } from "../support/service.ts";
import { halfPrinted } from "./half-printed.ts";
import { SESSION_COOKIE, signedIn } from "./support.ts";

// What no honest browser sends, to every form that the server itself declares: a new form without a line here fails the first test.

/** The fields of each form, with what would be a good answer to the rest of a form while one field is bad. */
const FORMS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "/sign-in": { login: "nobody", password: "x", to: "/" },
  "/invite": { code: "ABCD" },
  "/invite/password": { code: "ABCD", password: "x", again: "x", login: "nobody", name: "Никто" },
  "/sign-in/code": { code: "000000" },
  "/own/phone": { code: "000000", password: "x" },
  "/own/phone/drop": { password: "x" },
  "/own/password": { old: "x", password: "y", again: "y" },
  "/own/sessions/end": { session: "2147483647", password: "x" },
  "/own/sign-out": {},
  "/own/sign-out-everywhere": { password: "x" },
  "/findings/waive": { ids: "0000000000000000", reason: "Болезнь", until: "2026-12-31", back: "/findings" },
  "/control": { month: "2026-10" },
  "/control/:month/conclude": { conclusion: "Устранить." },
  "/control/:month/send": {},
  "/control/:month/readers": { people: "Полев И. И.", on: "2026-11-16" },
  "/control/:month/readers/remove": { person: "Полев И. И." },
  "/prints/:print/continue": { word: "from", page: "7", gone: "yes" },
  "/notices/compose": {},
  "/notices/:batch/:class/handed": { pupils: "1", on: "2026-11-16" },
  "/notices/:batch/:class/print": { prints: "0" },
  "/slips/enter": { code: "1234 5678 9018", file: "1", page: "1" },
  "/slips/clear": { file: "1", page: "1" },
  "/passes/start": {},
  "/passes/held": { class: "1", kind: "entries", mark: "x", decision: "wait" },
  "/passes/held/leavers": { mark: "x" },
  "/policy/accept": { version: "order-204/9" },
  "/people/invite": { name: "Полев И. И.", login: "polev", mail: "", roles: "subject-teacher", how: "paper" },
  "/people/code": { account: "2147483647", seen: "0" },
  "/people/roles": { account: "2147483647", seen: "0", roles: "subject-teacher" },
  "/people/disable": { account: "2147483647", seen: "0" },
  "/people/sign-out": { account: "2147483647", seen: "0" },
  "/access": { account: "2147483647", order: "31-ОД", date: "2026-09-01" },
  "/access/end": { id: "2147483647" },
  "/settings/letter": { to: "nobody@school.example" },
  "/import": { kind: "load", file: "x", sheet: "", class: "", subject: "", group: "", whole: "yes" },
  "/import/cancel": {},
  "/import/confirm": { digest: "0".repeat(64), seal: "0".repeat(64) },
  "/import/undo": { kind: "load", import: "2147483647" },
  "/tokens": { name: "Отчёты", scopes: "findings", days: "90" },
  "/tokens/end": { id: "2147483647" },
};

const HOSTILE = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "'; DROP TABLE account; --",
  "../../../../etc/passwd",
  "=cmd|' /C calc'!A0",
  '#include("/etc/passwd") $ x $ *[',
  "\u202Eпёс\u0000\u200B\uD83D\uDE00e\u0301",
  "-1e999",
  "__proto__",
];

let living: LivingHouse;
let service: Service;
let print = 0;
beforeAll(async () => {
  living = await openLivingHouse({ generate: { seed: 20, classes: 2, pupils: 8 } });
  service = await startService(living.house, { clock: false, web: true });
  const { house } = living;
  await passesAt(house, service, ["2026-11-16T12:00", "2026-11-16T23:50", "2026-11-17T07:30"]);
  for (const role of ROLES) await signedIn(house, [role], { login: role });
  print = await halfPrinted(house, "");
});
afterAll(async () => {
  await service.stop();
  await living.close();
});

/** Programs send no forms: what a token's door declares for every method is not here. */
const forms = () =>
  service.routes.flatMap(({ method, url, door }) =>
    method === "POST" && !url.startsWith("/queues") && door.kind !== "token" ? [{ url, door }] : [],
  );
const fieldOf = (token: string) => /value="([^"]+)"/.exec(formField(token).text)?.[1] ?? "";

/** Somebody who may send this form, and what binds it to them. */
async function senderOf({ url, door }: ReturnType<typeof forms>[number]) {
  if (door.kind === "open") {
    const visit = newToken();
    return { cookie: `sverka-visit=${visit}`, form: fieldOf(visit) };
  }
  const needs = accessNeeds(living.house);
  for (const role of ROLES) {
    const token = await signedIn(living.house, [role], {
      login: role,
      stage: door.kind === "stage" ? (door.stages[0] ?? "full") : "full",
    });
    const account = await accountByLogin(needs.store.pool, needs.schoolId, role);
    if (account === null) throw new Error("no account");
    const who = await whoOf(needs, account);
    if (door.kind === "stage" || may(who, door.action, door.kind === "right" && door.thing ? {} : undefined))
      return { cookie: `${SESSION_COOKIE}=${token}`, form: fieldOf(token) };
  }
  throw new Error(`nobody may send ${url}`);
}

const filled = (url: string) =>
  url
    .replace(":month", "2026-10")
    .replace(":print", String(print))
    .replace(":batch", "1")
    .replace(":class", living.school.classes[0]?.id ?? "");

async function send(
  url: string,
  { cookie, ...fields }: Readonly<Record<string, string | readonly string[]>>,
  headers: Readonly<Record<string, string>> = {},
) {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one);
  const answer = await fetch(`${service.address}${filled(url)}`, {
    method: "POST",
    redirect: "manual",
    headers: { cookie: String(cookie ?? ""), ...headers },
    body,
  });
  return { status: answer.status, text: await answer.text(), type: answer.headers.get("content-type") ?? "" };
}

/** No trouble of ours, and nothing of what was sent comes back as markup. */
function expectCalm(what: readonly unknown[], { status, text, type }: Awaited<ReturnType<typeof send>>): void {
  expect([...what, status < 500]).toEqual([...what, true]);
  if (type.startsWith("text/html")) expect([...what, /<script>alert|<img src=x/.test(text)]).toEqual([...what, false]);
}

describe("every form", () => {
  it("is known here with its fields", () => {
    expect(
      forms()
        .map(({ url }) => url)
        .toSorted(),
    ).toEqual(Object.keys(FORMS).toSorted());
  });

  it("does nothing without what binds it to its page, with that of somebody else, and when another site sends it", async () => {
    const before = await state();
    for (const form of forms()) {
      const good = FORMS[form.url] ?? {};
      const { cookie, form: token } = await senderOf(form);
      const told = async (fields: Record<string, string>, headers = {}) =>
        (await send(form.url, { ...good, ...fields, cookie }, headers)).status;
      expect([form.url, await told({})]).toEqual([form.url, 403]);
      expect([form.url, await told({ form: "" })]).toEqual([form.url, 403]);
      expect([form.url, await told({ form: fieldOf(newToken()) })]).toEqual([form.url, 403]);
      for (const headers of [{ "sec-fetch-site": "cross-site" }, { origin: "https://evil.example" }])
        expect([form.url, await told({ form: token }, headers)]).toEqual([form.url, 403]);
    }
    expect(await state()).toEqual(before);
  });

  it("is told what is missing when it comes empty", async () => {
    for (const form of forms()) {
      if (Object.keys(FORMS[form.url] ?? {}).length === 0) continue;
      const answer = await send(form.url, await senderOf(form));
      expectCalm([form.url, "empty"], answer);
      expect([form.url, answer.status >= 400]).toEqual([form.url, true]);
    }
  });

  it("bears a field that is far too long, comes twice, or is hostile", async () => {
    for (const form of forms()) {
      const good = FORMS[form.url] ?? {};
      for (const field of Object.keys(good)) {
        const sender = await senderOf(form);
        const bad = { long: "я".repeat(60_000), twice: ["a", "b"], ...Object.fromEntries(HOSTILE.entries()) };
        for (const [how, value] of Object.entries(bad))
          expectCalm([form.url, field, how], await send(form.url, { ...good, ...sender, [field]: value }));
      }
    }
    const { store, school } = living.house;
    expect((await verifyAudit(store, school.id)).found).toBeNull();
    expect((await listAccounts(store.pool, school.id)).length).toBeGreaterThan(ROLES.length);
  });

  it("bears bodies that are no form at all, and says so", async () => {
    for (const form of forms()) {
      const { cookie, form: token } = await senderOf(form);
      const post = async (type: string, body: string) => {
        const headers = { cookie, "content-type": type };
        const answer = await fetch(`${service.address}${filled(form.url)}`, {
          method: "POST",
          redirect: "manual",
          headers,
          body,
        });
        return { status: answer.status, text: await answer.text(), type: answer.headers.get("content-type") ?? "" };
      };
      for (const [type, body] of [
        ["application/json", "{"],
        ["application/json", `{"form":"${token}","__proto__":{"x":1}}`],
        ["application/json", `{"form":["${token}"]}`],
        ["application/json", "null"],
        ["text/plain", token],
        ["application/xml", "<a/>"],
        ["application/x-www-form-urlencoded", "%E0%A4%A=%&form"],
        ["application/x-www-form-urlencoded", `form=${token}&x=${"x".repeat(600_000)}`],
      ] as const) {
        const answer = await post(type, body);
        expectCalm([form.url, type, body.slice(0, 20)], answer);
        expect([form.url, type, body.slice(0, 20), answer.status >= 400]).toEqual([
          form.url,
          type,
          body.slice(0, 20),
          true,
        ]);
      }
    }
  });
});

describe("every page", () => {
  it("takes what stands in its address as if it were not there, when it makes no sense", async () => {
    const names = [
      "status",
      "severity",
      "verdict",
      "rule",
      "class",
      "person",
      "from",
      "to",
      "page",
      "action",
      "before",
      "check",
      "done",
      "look",
    ];
    const cookie = `${SESSION_COOKIE}=${await signedIn(living.house, ["deputy", "administrator", "director"])}`;
    const pages = service.routes.filter(
      ({ method, url, door }) => method === "GET" && door.kind === "right" && !/[:*]|^\/queues/.test(url),
    );
    for (const { url } of pages) {
      for (const value of [...HOSTILE, "9".repeat(400)]) {
        const query = new URLSearchParams(names.map((name) => [name, value]));
        const answer = await fetch(`${service.address}${url}?${query}`, { headers: { cookie } });
        const text = await answer.text();
        expect([url, value.slice(0, 20), answer.status]).toEqual([url, value.slice(0, 20), 200]);
        expect([url, /<script>alert|<img src=x/.test(text)]).toEqual([url, false]);
      }
    }
  });
});

describe("a form that comes twice", () => {
  const cookieOf = async (role: Role) => {
    const token = await signedIn(living.house, [role], { login: role });
    return { cookie: `${SESSION_COOKIE}=${token}`, form: fieldOf(token) };
  };

  it("takes findings away once, keeps a formula a text, and tells the second", async () => {
    const { store, school } = living.house;
    const open = (await listFindings(store, school.id, { statuses: ["open"] })).find(
      ({ verdict }) => verdict !== "unproved",
    );
    const deputy = await cookieOf("deputy");
    const waive = () =>
      send("/findings/waive", { ...deputy, ids: open?.id ?? "", reason: HOSTILE[4] ?? "", back: "//evil.example" });
    expect((await waive()).status).toBe(303);
    const second = await waive();
    expect([second.status, second.text.includes("Ничего не снято")]).toEqual([422, true]);
    const xlsx = await fetch(`${service.address}/findings.xlsx?status=all`, { headers: { cookie: deputy.cookie } });
    const parts = await openPackage(Buffer.from(await xlsx.arrayBuffer()), "findings.xlsx");
    const sheet = (await Array.fromAsync(parts.part("xl/worksheets/sheet1.xml") ?? [])).join("");
    expect(sheet).toContain("<row");
    expect(sheet).not.toContain("<f>");
  });

  it("fixes a conclusion once: the second one is told, and the first stands", async () => {
    const deputy = await cookieOf("deputy");
    await send("/control", { ...deputy, month: "2026-10" });
    const answers = await Promise.all(
      ["Первое.", "Второе."].map((conclusion) => send("/control/:month/conclude", { ...deputy, conclusion })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 422]);
    expect(answers.find(({ status }) => status === 422)?.text).toContain("уже утверждено");
  });

  it("changes an account once: who saw an older one is told", async () => {
    const { store, school } = living.house;
    const director = await cookieOf("director");
    const account = await accountByLogin(store.pool, school.id, "subject-teacher");
    const of = { ...director, account: String(account?.id), seen: String(account?.rights) };
    const answers = await Promise.all([
      send("/people/roles", { ...of, roles: "class-teacher" }),
      send("/people/disable", of),
      send("/people/code", of),
    ]);
    expect(answers.filter(({ status }) => status === 422)).toHaveLength(2);
    expect(answers.find(({ status }) => status === 422)?.text).toContain("изменил кто-то другой");
  });

  it("names somebody in the director's list once", async () => {
    const { store, school } = living.house;
    const account = await accountByLogin(store.pool, school.id, "administrator");
    const director = await cookieOf("director");
    const entitle = () =>
      send("/access", { ...director, account: String(account?.id), order: "31-ОД", date: "2026-09-01" });
    const answers = await Promise.all([entitle(), entitle()]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 422]);
  });
});

/** What forms change: how many rows there are. */
async function state() {
  const { pool } = living.house.store;
  const tables = [
    "account",
    "invitation",
    "waiver",
    "control",
    "delivery",
    "notice_batch",
    "print_job",
    "scanned_slip",
    "entitlement",
    "audit_event",
  ];
  const { rows } = await pool.query(
    `SELECT ${tables.map((name) => `(SELECT count(*)::int FROM ${name}) AS ${name}`).join(", ")}`,
  );
  return rows[0];
}
