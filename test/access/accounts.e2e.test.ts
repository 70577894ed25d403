import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accept, changePassword } from "../../src/access/accept.ts";
import { changeRoles, disable, firstCode, invite, renewCode, signOutOther } from "../../src/access/accounts.ts";
import { confirmPassword } from "../../src/access/confirm-password.ts";
import { endEntitled, entitle } from "../../src/access/entitle.ts";
import { mailInvitation } from "../../src/access/invitation-letter.ts";
import type { AccessNeeds } from "../../src/access/needs.ts";
import { confirmSecret, dropSecret, giveCode, secretToSet } from "../../src/access/second-factor.ts";
import { createCipher, hmacSha1 } from "../../src/access/secrets.ts";
import { ownSessions, signOut, visitorOf, whoOf } from "../../src/access/sessions.ts";
import { signIn } from "../../src/access/sign-in.ts";
import type { Role } from "../../src/domain/access/roles.ts";
import { codeAt, stepAt } from "../../src/domain/access/totp.ts";
import { accountById, listAccounts, secretsOf } from "../../src/store/access/accounts.ts";
import { auditAfter, listAudit, verifyAudit } from "../../src/store/access/audit.ts";
import { listEntitlements } from "../../src/store/access/entitlements.ts";
import { connectStore, type Store } from "../../src/store/connect.ts";
import { type Attempt, attemptDueLetter } from "../../src/store/outbox.ts";
import { ensureSchool } from "../../src/store/schools.ts";
import { freshDatabase } from "../support/postgres.ts";

const PASSWORD = "дождь по крыше стучит";
const MINUTE = 60_000;
const here = { address: "192.0.2.1", agent: "Браузер" };
const elsewhere = { address: "198.51.100.7", agent: "Чужой" };
const terminal = { accountId: null, address: "terminal", who: null };

let database: Awaited<ReturnType<typeof freshDatabase>>;
let store: Store;
let needs: AccessNeeds;
let now = Date.parse("2026-11-16T08:00:00Z");
beforeAll(async () => {
  database = await freshDatabase();
  store = connectStore(database.url);
  const school = await ensureSchool(store, { externalId: "school", name: "Школа", year: 2026, at: now });
  needs = {
    store,
    schoolId: school.id,
    clock: { now: () => now },
    limits: { idleMs: 60 * MINUTE, absoluteMs: 12 * 60 * MINUTE },
    cipher: createCipher(randomBytes(32)),
  };
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

async function visitor(token: string) {
  const found = await visitorOf(needs, token);
  if (found === null) throw new Error("no session");
  return found;
}
async function made(login: string, roles: readonly Role[]) {
  const { code } = await invite(needs, terminal, { login, name: `Имя ${login}`, staffName: null, roles, mail: null });
  return accept(needs, { code, password: PASSWORD, again: PASSWORD, login: null, name: null }, here);
}
const code = (secret: Buffer, shift = 0) => codeAt(hmacSha1, secret, stepAt(now) + shift);
async function secretOf(accountId: number): Promise<Buffer> {
  const { totpSecret } = await secretsOf(store.pool, needs.schoolId, accountId);
  return needs.cipher.open(totpSecret ?? Buffer.alloc(0), `totp/${accountId}`) ?? Buffer.alloc(0);
}
const refusal = (code: string) => expect.objectContaining({ kind: "input", code });

describe("the first account", () => {
  let first = "";
  it("gets a code that a later one replaces, as long as nobody has used one", async () => {
    const one = await firstCode(needs);
    const other = await firstCode(needs);
    expect(other?.account.id).toBe(one?.account.id);
    const given = { password: PASSWORD, again: PASSWORD, login: "rodnikova", name: "Родникова  В. И." };
    await expect(accept(needs, { ...given, code: one?.code ?? "" }, here)).rejects.toEqual(refusal("code-void"));
    await expect(
      accept(needs, { ...given, code: other?.code ?? "", password: "123", again: "123" }, here),
    ).rejects.toEqual(refusal("password-weak"));
    await expect(accept(needs, { ...given, code: other?.code ?? "", again: "иное" }, here)).rejects.toEqual(
      refusal("password-again"),
    );
    first = await accept(needs, { ...given, code: other?.code ?? "" }, here);
    await expect(accept(needs, { ...given, code: other?.code ?? "" }, here)).rejects.toEqual(refusal("code-void"));
    expect(await firstCode(needs)).toBeNull();
  });

  it("has to set up the second factor before anything else", async () => {
    const setting = await visitor(first);
    expect(setting.session.stage).toBe("setup");
    expect(setting.account).toMatchObject({ login: "rodnikova", name: "Родникова В. И.", state: "active" });
    expect(await secretToSet(needs, setting)).toBe(await secretToSet(needs, setting));
    expect(await confirmSecret(needs, setting, "000000", here)).toEqual({ kind: "refused" });
    const secret = await secretOf(setting.account.id);
    const done = await confirmSecret(needs, setting, code(secret), here);
    if (done.kind !== "in") throw new Error("not in");
    expect(new Set(done.recoveryCodes).size).toBe(10);
    expect(await visitorOf(needs, first)).toBeNull();
    expect((await visitor(done.token)).session.stage).toBe("full");

    now += MINUTE;
    const again = await signIn(needs, { login: "Rodnikova ", password: PASSWORD }, here);
    if (again.kind !== "in") throw new Error("not in");
    const waiting = await visitor(again.token);
    expect(waiting.session.stage).toBe("code");
    // Of two requests with one code at once one gets in.
    const twice = await Promise.all([
      giveCode(needs, waiting, code(secret), here),
      giveCode(needs, waiting, code(secret), here),
    ]);
    expect(twice.map(({ kind }) => kind).sort()).toEqual(["in", "refused"]);

    const third = await signIn(needs, { login: "rodnikova", password: PASSWORD }, here);
    if (third.kind !== "in") throw new Error("not in");
    const recovery = done.recoveryCodes[3]?.toLowerCase() ?? "";
    expect((await giveCode(needs, await visitor(third.token), recovery, here)).kind).toBe("in");
    const fourth = await signIn(needs, { login: "rodnikova", password: PASSWORD }, here);
    if (fourth.kind !== "in") throw new Error("not in");
    expect((await giveCode(needs, await visitor(fourth.token), recovery, here)).kind).toBe("refused");
    await expect(dropSecret(needs, setting, here)).rejects.toEqual(refusal("totp-needed"));
  });
});

describe("signing in", () => {
  it("tells nothing of which part was wrong, and makes the next attempt wait; the owner elsewhere is not kept out", async () => {
    await made("polev", ["subject-teacher"]);
    const wrong = () => signIn(needs, { login: "polev", password: "не тот пароль" }, elsewhere);
    for (let i = 0; i < 3; i++) expect(await wrong()).toEqual({ kind: "refused" });
    expect(await signIn(needs, { login: "nobody", password: PASSWORD }, elsewhere)).toEqual({ kind: "refused" });
    const wait = await wrong();
    expect(wait).toEqual({ kind: "wait", until: now + 1000 });
    expect((await signIn(needs, { login: "polev", password: PASSWORD }, here)).kind).toBe("in");
    now += 2000;
    expect((await signIn(needs, { login: "polev", password: PASSWORD }, elsewhere)).kind).toBe("in");
  });

  it("counts a hundred attempts at once as a hundred", async () => {
    const many = await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        signIn(needs, { login: "polev", password: `догадка ${i}` }, { ...elsewhere, address: "203.0.113.5" }),
      ),
    );
    expect(many.filter(({ kind }) => kind === "refused").length).toBeLessThanOrEqual(4);
    now += 60 * MINUTE;
  });

  it("takes hostile words as words", async () => {
    for (const login of ["' OR 1=1 --", "<script>", "../../etc", "polev\u0000", "ＰＯＬＥＶ", "a".repeat(10_000)])
      expect(
        (await signIn(needs, { login, password: "x'; DROP TABLE account; --" }, { ...here, address: "203.0.113.9" }))
          .kind,
      ).not.toBe("in");
    expect((await listAccounts(store.pool, needs.schoolId)).length).toBeGreaterThan(0);
  });
});

describe("a session", () => {
  it("ends when idle, when old, by «выйти везде», and when rights change", async () => {
    const token = await made("ruchyova", ["class-teacher"]);
    now += 40 * MINUTE;
    const { account } = await visitor(token);
    now += 40 * MINUTE;
    expect(await visitorOf(needs, token)).not.toBeNull();
    now += 31 * MINUTE;
    // A page that keeps itself fresh keeps nobody signed in.
    expect(await visitorOf(needs, token, { byItself: true })).not.toBeNull();
    now += 30 * MINUTE;
    expect(await visitorOf(needs, token)).toBeNull();

    const inAgain = async () => {
      const done = await signIn(needs, { login: "ruchyova", password: PASSWORD }, here);
      if (done.kind !== "in") throw new Error("not in");
      return done.token;
    };
    const old = await inAgain();
    for (let hours = 0; hours < 14; hours++) {
      now += 55 * MINUTE;
      await visitorOf(needs, old);
    }
    expect(await visitorOf(needs, old)).toBeNull();

    const [one, other] = [await inAgain(), await inAgain()];
    expect(await ownSessions(needs, await visitor(one))).toHaveLength(2);
    await signOut(needs, await visitor(one), { sessionId: "all", address: here.address });
    expect([await visitorOf(needs, one), await visitorOf(needs, other)]).toEqual([null, null]);

    const last = await inAgain();
    await changeRoles(needs, terminal, account.id, ["subject-teacher"]);
    expect(await visitorOf(needs, last)).toBeNull();
  });

  it("of a changed password stays, the others end", async () => {
    const token = await made("kamneva", ["subject-teacher"]);
    const second = await signIn(needs, { login: "kamneva", password: PASSWORD }, elsewhere);
    const given = { old: PASSWORD, password: "четыре новых слова", again: "четыре новых слова" };
    await expect(changePassword(needs, await visitor(token), { ...given, old: "иной" }, here)).rejects.toEqual(
      refusal("password-old"),
    );
    await changePassword(needs, await visitor(token), given, here);
    expect(await visitorOf(needs, token)).not.toBeNull();
    expect(second.kind === "in" && (await visitorOf(needs, second.token))).toBeNull();
  });
});

describe("people", () => {
  it("are promoted by the director once there is one, and the last administrator stays", async () => {
    const administrator = (await listAccounts(store.pool, needs.schoolId)).find(({ login }) => login === "rodnikova");
    if (!administrator) throw new Error("no administrator");
    const actor = { accountId: administrator.id, address: here.address, who: await whoOf(needs, administrator) };
    const order = { name: "Имя", staffName: null, mail: null };
    const { account } = await invite(needs, actor, { ...order, login: "zavuch", roles: ["deputy"] });
    const director = await made("director", ["director"]);
    await expect(invite(needs, actor, { ...order, login: "zavuch2", roles: ["deputy"] })).rejects.toEqual(
      refusal("account-promote"),
    );
    await expect(changeRoles(needs, actor, account.id, ["subject-teacher"])).rejects.toEqual(
      refusal("account-promote"),
    );
    await expect(renewCode(needs, actor, account.id)).rejects.toEqual(refusal("account-promote"));
    await expect(invite(needs, actor, { ...order, login: "ZAVUCH", roles: ["subject-teacher"] })).rejects.toEqual(
      refusal("account-taken"),
    );
    await expect(disable(needs, actor, administrator.id)).rejects.toEqual(refusal("account-own"));
    const head = await visitor(director);
    await expect(
      disable(needs, { accountId: head.account.id, address: "", who: head.who }, administrator.id),
    ).rejects.toEqual(refusal("account-last"));
  });

  it("who are disabled, or get a new code, are out at once", async () => {
    const token = await made("lugova", ["subject-teacher"]);
    const { account } = await visitor(token);
    await renewCode(needs, terminal, account.id);
    expect(await visitorOf(needs, token)).toBeNull();
    expect((await signIn(needs, { login: "lugova", password: PASSWORD }, here)).kind).toBe("refused");
    await disable(needs, terminal, account.id);
    expect(await accountById(store.pool, needs.schoolId, account.id)).toMatchObject({ state: "disabled" });
  });

  it("who are invited by letter leave no code in the outbox once it is on its way", async () => {
    const place = {
      schoolId: needs.schoolId,
      school: "Школа",
      simulation: true,
      zone: "Europe/Moscow",
      page: "http://127.0.0.1",
      sender: "s@school.example",
      now,
    };
    const order = {
      login: "pochtin",
      name: "Почтин О. О.",
      staffName: null,
      roles: ["subject-teacher"] as const,
      mail: "pochtin@school.example",
    };
    const { code } = await invite(needs, terminal, order, (client, invited) => mailInvitation(client, invited, place));
    const held = async () => JSON.stringify((await store.pool.query("SELECT text, html FROM delivery")).rows);
    const attempt = (outcome: Attempt) => attemptDueLetter(store, now, async () => outcome);
    await attempt({ state: "waiting", nextAttemptAt: now, answer: "451" });
    expect(await held()).toContain(code);
    await attempt({ state: "sent", at: now, answer: "250" });
    expect(await held()).not.toContain(code);
  });

  it("who forgot the password keep the phone, and prove it; who lost the phone too set up another", async () => {
    await made("ivnyakova", ["subject-teacher"]);
    const sign = async () => {
      const done = await signIn(needs, { login: "ivnyakova", password: PASSWORD }, here);
      if (done.kind !== "in") throw new Error("not in");
      return done.token;
    };
    const one = await visitor(await sign());
    const { id } = one.account;
    await secretToSet(needs, one);
    expect((await confirmSecret(needs, one, code(await secretOf(id)), here)).kind).toBe("in");

    const again = async (options: { phoneLost?: boolean }) => {
      const { code: given } = await renewCode(needs, terminal, id, options);
      const own = { code: given, password: PASSWORD, again: PASSWORD, login: null, name: null };
      return visitor(await accept(needs, own, here));
    };
    const forgot = await again({});
    expect([forgot.session.stage, forgot.account.hasTotp]).toEqual(["code", true]);
    const lost = await again({ phoneLost: true });
    expect([lost.session.stage, lost.account.hasTotp]).toEqual(["full", false]);
  });

  it("are signed out by the administrator without losing anything else", async () => {
    const token = await made("kholmov", ["subject-teacher"]);
    const { account } = await visitor(token);
    await signOutOther(needs, terminal, account.id);
    expect(await visitorOf(needs, token)).toBeNull();
    expect((await signIn(needs, { login: "kholmov", password: PASSWORD }, here)).kind).toBe("in");
  });

  it("are asked for the password again before what changes how they sign in, and not for ever", async () => {
    const own = await visitor(await made("rechnaya", ["subject-teacher"]));
    await expect(confirmPassword(needs, own, PASSWORD)).resolves.toBeUndefined();
    for (let i = 0; i < 5; i++)
      await expect(confirmPassword(needs, own, "не тот")).rejects.toEqual(refusal("password-old"));
    await expect(confirmPassword(needs, own, PASSWORD)).rejects.toEqual(refusal("password-wait"));
  });

  it("are in the director's list once, with the order", async () => {
    const token = await made("sadova", ["administrator"]);
    const { account } = await visitor(token);
    const actor = { accountId: account.id, address: here.address };
    const order = { accountId: account.id, orderNumber: "31-ОД", orderDate: "2026-09-01" };
    await expect(entitle(needs, actor, { ...order, orderNumber: " " })).rejects.toEqual(refusal("entitlement-order"));
    await entitle(needs, actor, order);
    await expect(entitle(needs, actor, order)).rejects.toEqual(refusal("entitlement-stands"));
    expect((await visitor(token)).who.entitled).toBe(true);
    const [line] = await listEntitlements(store.pool, needs.schoolId);
    expect(line).toMatchObject({ orderNumber: "31-ОД", orderDate: "2026-09-01" });
    await endEntitled(needs, actor, line?.id ?? 0);
    await expect(endEntitled(needs, actor, line?.id ?? 0)).rejects.toEqual(refusal("entitlement-unknown"));
    expect((await visitor(token)).who.entitled).toBe(false);
  });
});

describe("the audit", () => {
  it("holds it all in one chain, and no secret", async () => {
    const lines = await listAudit(store.pool, needs.schoolId, { limit: 10_000 });
    const actions = new Set(lines.map(({ action }) => action));
    for (const action of [
      "sign-in",
      "sign-in.refused",
      "sign-out",
      "second-factor",
      "second-factor.set",
      "people.invite",
      "people.accepted",
      "people.roles",
      "people.code",
      "people.disable",
      "people.sign-out",
      "entitlements.add",
      "entitlements.end",
      "password.changed",
    ])
      expect(actions).toContain(action);
    expect(await verifyAudit(store, needs.schoolId)).toMatchObject({ lines: lines.length, found: null });
    expect(JSON.stringify(lines)).not.toMatch(/дождь|Имя|[A-Z2-7]{4}-[A-Z2-7]{4}/);
  });

  it("can be taken to another computer from any line on", async () => {
    const all = await Array.fromAsync(auditAfter(store, needs.schoolId, 0));
    expect(all.length).toBeGreaterThan(20);
    expect((await Array.fromAsync(auditAfter(store, needs.schoolId, 10)))[0]).toEqual(all[10]);
  });

  it("lets nobody change, take out or empty it by a statement", async () => {
    for (const sql of ["UPDATE audit_event SET account_id = NULL", "DELETE FROM audit_event", "TRUNCATE audit_event"])
      await store.pool.query(sql).then(
        () => expect.unreachable(sql),
        (error: Error) => expect(error.message).toContain("append-only"),
      );
  });

  it("shows where somebody who switched the trigger off has been", async () => {
    await store.pool.query(
      "ALTER TABLE audit_event DISABLE TRIGGER USER; UPDATE audit_event SET account_id = 999 WHERE number = 5",
    );
    expect((await verifyAudit(store, needs.schoolId)).found).toEqual({ number: 5, what: "content" });
  });
});
