const LOOPBACK = /^(127(\.\d{1,3}){3}|::1|localhost)$/;

export const isLoopback = (host: string): boolean => LOOPBACK.test(host);

const hostName = (header: string) => header.replace(/:\d+$/, "").replace(/^\[|\]$/g, "");

/** A foreign page may not reach us under a name of its own that leads here (DNS rebinding). `address`: the one that the settings name. */
export function isOwnHost(header: string | undefined, address: string | null = null): boolean {
  if (header === undefined) return false;
  return isLoopback(hostName(header)) || (address !== null && URL.parse(address)?.host === header.toLowerCase());
}
