import { BlockList, isIP } from "node:net";
import { SverkaError } from "../../domain/error.ts";
import { isLoopback } from "../loopback.ts";

/** Where the pages are reached from, and through what. */
export interface Site {
  /** As people's browsers name it, without a slash at its end; null: only this computer's own names. */
  readonly address: string | null;
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | null;
  /** Addresses or networks (CIDR) of the proxy before us. */
  readonly proxies: readonly string[];
}

export const LOCAL_SITE: Site = { address: null, tls: null, proxies: [] };

/** Whether browsers speak TLS with it. */
export const isSecure = ({ address, tls }: Site): boolean => tls !== null || (address?.startsWith("https:") ?? false);

/**
 * Whoever signs in does so over TLS, unless nobody but this computer can listen: own certificate files, or a proxy that is named and speaks TLS itself. Throws
 * `web-host` (configuration).
 */
export function refuseOpenHost(host: string, site: Site = LOCAL_SITE): void {
  if (isLoopback(host) || site.tls !== null) return;
  if (site.proxies.length > 0 && isSecure(site)) return;
  throw new SverkaError(
    "configuration",
    "web-host",
    `Страница не может открыться на адресе «${host}» без шифрования: пароли увидела бы вся сеть. Задайте сертификат (SVERKA_TLS_CERT и SVERKA_TLS_KEY), или прокси с шифрованием (SVERKA_PROXY и SVERKA_ADDRESS=https://…), или уберите SVERKA_HOST.`,
  );
}

/** Whether a connection comes from this computer or from a proxy that was named. */
export function createNeighbours(proxies: readonly string[]): (peer: string | undefined) => boolean {
  const list = new BlockList();
  list.addSubnet("127.0.0.0", 8, "ipv4");
  list.addAddress("::1", "ipv6");
  for (const proxy of proxies) {
    const [net = "", bits] = proxy.split("/");
    const family = isIP(net) === 6 ? "ipv6" : "ipv4";
    if (bits === undefined) list.addAddress(net, family);
    else list.addSubnet(net, Number(bits), family);
  }
  return (peer) => {
    const plain = peer?.replace(/^::ffff:(?=\d+\.)/, "") ?? "";
    return isIP(plain) !== 0 && list.check(plain, isIP(plain) === 6 ? "ipv6" : "ipv4");
  };
}
