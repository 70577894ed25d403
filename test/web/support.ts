import type { Browser, Page } from "playwright-core";
import { beginSession } from "../../src/access/sessions.ts";
import { accessNeeds } from "../../src/cli/needs.ts";
import type { Role } from "../../src/domain/access/roles.ts";
import type { SessionStage } from "../../src/domain/access/session.ts";
import type { House } from "../../src/main.ts";
import { accountById, accountByLogin, addAccount, changeAccount } from "../../src/store/access/accounts.ts";
import { inTransaction } from "../../src/store/transaction.ts";

/** A cookie of somebody with these duties, signed in a moment ago. `staffName`: as the journal names them. */
export async function signedIn(
  house: House,
  roles: readonly Role[],
  {
    login = `test-${roles.join("-")}`,
    name = "Проверяющий П. П.",
    staffName = null as string | null,
    stage = "full" as SessionStage,
  } = {},
): Promise<string> {
  const needs = accessNeeds(house);
  const { pool } = house.store;
  const known = await accountByLogin(pool, needs.schoolId, login);
  const at = needs.clock.now();
  const id =
    known?.id ??
    (await addAccount(pool, { schoolId: needs.schoolId, login, name, staffName, roles, mail: null, at, by: null })) ??
    0;
  if (known === null) await changeAccount(pool, needs.schoolId, id, { state: "active", lastSignInAt: at });
  const account = await accountById(pool, needs.schoolId, id);
  if (account === null) throw new Error("no account");
  const origin = { address: "127.0.0.1", agent: "test" };
  return inTransaction(house.store, (client) => beginSession(client, needs, { account, stage, origin, before: null }));
}

export const SESSION_COOKIE = "sverka";

/** Lets a browser's page in. */
export async function letIn(page: Page, address: string | null, token: string): Promise<void> {
  await page.context().addCookies([{ name: SESSION_COOKIE, value: token, url: address ?? "" }]);
}

export interface Watched {
  readonly page: Page;
  /** Every address that the browser asked for. */
  readonly asked: string[];
  /** What it refused, missed or complained of. */
  readonly complaints: string[];
}

/** A page of a real browser, all of whose requests and complaints are noted. */
export async function openPage(browser: Browser, options: Parameters<Browser["newPage"]>[0] = {}): Promise<Watched> {
  const page = await browser.newPage({ viewport: { width: 1366, height: 900 }, ...options });
  const asked: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("requestfailed", (request) => complaints.push(`${request.url()}: ${request.failure()?.errorText}`));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  return { page, asked, complaints };
}

/** A page without scripts, of somebody with this duty who is signed in. `staffName`: as the journal names them. */
export async function openAs(
  browser: Browser,
  { house, address }: { readonly house: House; readonly address: string | null },
  role: Role,
  { staffName = null, ...options }: { staffName?: string | null } & Parameters<typeof openPage>[1] = {},
): Promise<Page> {
  const { page } = await openPage(browser, { locale: "ru-RU", javaScriptEnabled: false, ...options });
  await letIn(page, address, await signedIn(house, [role], { login: `${role}-${staffName}`, staffName }));
  return page;
}

/** What a reader sees, its spaces all alike. */
export async function textOf(page: Page): Promise<string> {
  // A page comes in pieces: after a click its document may be there before anything stands in it.
  await page.waitForLoadState();
  return (await page.evaluate<string>("document.body.innerText")).replaceAll(/[\s\u00a0]+/g, " ");
}

/** How far the page can be moved sideways, in pixels. */
export function sideways(page: Page): Promise<number> {
  return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
}

/** Opens whatever can be opened. */
export function unfold(page: Page): Promise<void> {
  return page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })");
}

/** Texts whose contrast against what lies behind them is below 4.5 to 1 (WCAG AA). */
export function faintTexts(page: Page): Promise<string[]> {
  return page.evaluate(`(${FAINT_TEXTS})()`);
}

// Runs in the browser, whose types the program's own code is better without.
const FAINT_TEXTS = String.raw`() => {
  const rgba = (color) => (color.match(/[\d.]+/g) ?? []).map(Number);
  const linear = (v) => (v <= 10 ? v / 3294 : ((v / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const ground = (element) => {
    if (element === null) return [255, 255, 255];
    const color = rgba(getComputedStyle(element).backgroundColor);
    return (color[3] ?? 1) === 0 ? ground(element.parentElement) : color;
  };
  return [...document.querySelectorAll("body *")].flatMap((element) => {
    const own = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE);
    const text = own.map((node) => node.textContent.trim()).join("");
    if (text === "" || element.getClientRects().length === 0) return [];
    const [one, other] = [luminance(rgba(getComputedStyle(element).color)), luminance(ground(element))];
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    return contrast < 4.5 ? [text + " (" + contrast.toFixed(1) + ")"] : [];
  });
}`;
