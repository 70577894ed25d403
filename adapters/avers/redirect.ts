import { redirectError } from "./errors.ts";

/**
 * Where a redirect leads, if it may be followed: the configured host, the same port or an upgrade to https, never from https to http.
 * The password's hash and the cookies go wherever the request goes. Throws `journal-redirect`.
 */
export function followed(current: URL, location: unknown, configured: URL): URL {
  const next = typeof location === "string" ? URL.parse(location, current.href) : null;
  if (next === null || next.hostname !== configured.hostname || next.username !== "" || next.password !== "") {
    throw redirectError();
  }
  const same = next.protocol === current.protocol && next.port === current.port;
  const upgraded = current.protocol === "http:" && next.protocol === "https:";
  if (!same && !upgraded) throw redirectError();
  return next;
}
