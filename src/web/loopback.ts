import { SverkaError } from "../domain/error.ts";

const LOOPBACK = /^(127(\.\d{1,3}){3}|::1|localhost)$/;

/** Nobody signs in yet, so the page is for this computer alone. Throws `web-host` (configuration). */
export function refuseOpenHost(host: string): void {
  if (LOOPBACK.test(host)) return;
  throw new SverkaError(
    "configuration",
    "web-host",
    `Страница не может открыться на адресе «${host}»: входа по паролю ещё нет, и её увидела бы вся сеть. Уберите SVERKA_HOST или задайте 127.0.0.1.`,
  );
}

/** A foreign page may not reach us under a name of its own that leads here (DNS rebinding). */
export function isOwnHost(header: string | undefined): boolean {
  if (header === undefined) return false;
  return LOOPBACK.test(header.replace(/:\d+$/, "").replace(/^\[|\]$/g, ""));
}
