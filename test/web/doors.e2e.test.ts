import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { whoOf } from "../../src/access/sessions.ts";
import { accessNeeds } from "../../src/cli/needs.ts";
import { may, type Thing, type Who } from "../../src/domain/access/may.ts";
import { ROLES, type Role } from "../../src/domain/access/roles.ts";
import { type Service, startService } from "../../src/service.ts";
import { accountByLogin } from "../../src/store/access/accounts.ts";
import { listAudit } from "../../src/store/access/audit.ts";
import { listFindings } from "../../src/store/findings.ts";
import { journalPages } from "../../src/store/journal-pages.ts";
import { listPupils } from "../../src/store/pupils.ts";
import { listClasses } from "../../src/store/snapshot.ts";
import { pageId } from "../../src/web/doors/page-key.ts";
import { findThing, THINGS, type ThingKind } from "../../src/web/doors/things.ts";
import { type LivingHouse, openLivingHouse } from "../support/living-house.ts";
import { passesAt } from "../support/service.ts";
import { halfPrinted } from "./half-printed.ts";
import { SESSION_COOKIE, signedIn } from "./support.ts";

// Every role at every route with things of its own and of others; the routes are those that the server itself declares, so a new one is here by itself.

let living: LivingHouse;
let service: Service;
const ids: Record<ThingKind, readonly string[]> = { finding: [], class: [], pupil: [], page: [], print: [] };
const who = new Map<Role, Who>();
beforeAll(async () => {
  living = await openLivingHouse({ generate: { seed: 20, classes: 6, pupils: 36 } });
  service = await startService(living.house, { clock: false, web: true });
  const { house } = living;
  await passesAt(house, service, ["2026-11-16T12:00", "2026-11-16T23:50", "2026-11-17T07:30"]);
  const findings = await listFindings(house.store, house.school.id);
  const classes = await listClasses(house.store, house.school.id);
  const pupils = await listPupils(house.store, house.school.id);
  ids.finding = findings.map(({ id }) => id);
  ids.class = classes.map(({ externalId }) => externalId);
  ids.pupil = pupils.map(({ externalId }) => externalId);
  ids.print = [String(await halfPrinted(house, classes[0]?.externalId ?? "")), String(await halfPrinted(house, ""))];
  ids.page = (await journalPages(house.store, house.school.id)).map(pageId);
  const staffName = findings.find(({ accountable }) => accountable !== null)?.accountable?.name ?? null;
  const leader = living.school.classes[0]?.teacherName ?? null;
  for (const role of ROLES) {
    await signedIn(house, [role], { login: role, staffName: role === "class-teacher" ? leader : staffName });
    const account = await accountByLogin(house.store.pool, house.school.id, role);
    if (account !== null) who.set(role, await whoOf(accessNeeds(house), account));
  }
});
afterAll(async () => {
  await service.stop();
  await living.close();
});

const cookieOf = async (role: Role | null) =>
  role === null ? "" : `${SESSION_COOKIE}=${await signedIn(living.house, [role], { login: role })}`;

/** What a route answers: let in, refused for want of a right, or sent to sign in. A form that is sent without its token does nothing, but says which door it passed. */
async function knock(
  cookie: string,
  method: string,
  path: string,
): Promise<"in" | "no-right" | "sign-in" | "no-such-thing"> {
  const answer = await fetch(`${service.address}${path}`, { method, redirect: "manual", headers: { cookie } });
  const text = await answer.text();
  if (answer.status === 401 || answer.headers.get("location")?.startsWith("/sign-in")) return "sign-in";
  if (answer.status === 404 && text.includes("Такой страницы нет")) return "no-such-thing";
  if (answer.status === 403 && text.includes("У вас нет доступа")) return "no-right";
  if (method !== "GET" && !path.startsWith("/queues"))
    expect([path, answer.status, text.includes("Форма устарела")]).toEqual([path, 403, true]);
  return "in";
}

/** The address with a thing in it; what the board of queues has in its own addresses does not matter. */
const fill = (url: string, thing: string | null) =>
  url.replaceAll(/:(\w+)\??/g, (_, name) => (name in THINGS ? encodeURIComponent(thing ?? "") : "1")).replace("*", "x");

describe("every door", () => {
  it("is declared, and there are all kinds of them", () => {
    const { routes } = service;
    expect(routes.length).toBeGreaterThan(20);
    expect(new Set(routes.map(({ door }) => door.kind))).toEqual(new Set(["open", "stage", "local", "right", "token"]));
    // Programs have their own part of the house, and nobody else is in it.
    for (const { url, door } of routes) expect([url, door.kind === "token"]).toEqual([url, url.startsWith("/api/v1/")]);
  });

  it("of an open route is known by name: a new one has to be thought of", () => {
    const open = service.routes
      .filter(({ door, method }) => door.kind === "open" && method !== "HEAD")
      .map(({ url, method }) => `${method} ${url}`);
    expect(open.sort()).toEqual([
      "GET /assets/board.css",
      "GET /assets/icon.svg",
      "GET /assets/live.js",
      "GET /assets/style.css",
      "GET /healthz",
      "GET /invite",
      "GET /invite/:code",
      "GET /readyz",
      "GET /sign-in",
      "POST /invite",
      "POST /invite/password",
      "POST /sign-in",
    ]);
  });

  it.each([null, ...ROLES])("lets in whom the matrix lets in, and nobody else: %s", async (role) => {
    const cookie = await cookieOf(role);
    const self = role === null ? null : (who.get(role) ?? null);
    for (const { url, method, door } of service.routes) {
      if (method === "HEAD" || door.kind !== "right" || url === "/queues/static/*") continue;
      const things = door.thing === undefined ? [null] : await sample(door.thing, self);
      for (const { id, thing } of things.map((one) => one ?? { id: null, thing: undefined })) {
        const allowed = self !== null && may(self, door.action, thing);
        const expected = self === null ? "sign-in" : allowed ? "in" : "no-right";
        const answered = await knock(cookie, method, fill(url, id));
        // The queues' own pages have their own «no such thing».
        const told = url.startsWith("/queues") && answered === "no-such-thing" ? "in" : answered;
        expect([role, method, url, id, told]).toEqual([role, method, url, id, expected]);
      }
    }
  });

  it("tells of no thing that there is not, and writes down who tried to come in where they may not", async () => {
    for (const { url, door, method } of service.routes) {
      if (method !== "GET" || door.kind !== "right" || door.thing === undefined) continue;
      for (const strange of ["nobody", "'; --", "../../etc/passwd", "\u202e<script>"])
        expect([url, await knock(await cookieOf("deputy"), method, fill(url, strange))]).toEqual([
          url,
          "no-such-thing",
        ]);
    }
    const { store, school } = living.house;
    expect((await listAudit(store.pool, school.id, { action: "denied", limit: 1 })).length).toBe(1);
  });
});

/** One thing within the reach of a role and one outside, where there are. */
async function sample(kind: ThingKind, self: Who | null): Promise<{ id: string; thing: Thing }[]> {
  const { store, school } = living.house;
  const own: { id: string; thing: Thing }[] = [];
  const foreign: { id: string; thing: Thing }[] = [];
  for (const id of ids[kind]) {
    const thing = await findThing({ store, schoolId: school.id }, kind, id);
    if (thing === null) throw new Error(`${kind} ${id} is not there`);
    const mine =
      self !== null &&
      (self.ownClasses.includes(thing.classExternalId ?? "") || (thing.holders ?? []).includes(self.staffName ?? ""));
    (mine ? own : foreign).push({ id, thing });
    if (own.length > 0 && foreign.length > 0) break;
  }
  expect(foreign.length).toBeGreaterThan(0);
  return [...own.slice(0, 1), ...foreign.slice(0, 1)];
}
