import { describe, expect, it } from "vitest";
import { createNeighbours, isSecure, LOCAL_SITE, refuseOpenHost } from "../../src/web/doors/site.ts";
import { isOwnHost } from "../../src/web/loopback.ts";

describe("the page's address", () => {
  it.each(["127.0.0.1", "127.8.0.1", "::1", "localhost"])("may be %s", (host) => {
    expect(() => refuseOpenHost(host)).not.toThrow();
  });

  it.each([
    "0.0.0.0",
    "::",
    "",
    "192.168.1.5",
    "10.0.0.1",
    "school.example",
    "127.0.0.1.school.example",
    "localhost.example",
  ])("may not be %j, because passwords would go over the network as they are", (host) => {
    expect(() => refuseOpenHost(host)).toThrow(
      expect.objectContaining({
        kind: "configuration",
        code: "web-host",
        message: expect.stringContaining("SVERKA_HOST"),
      }),
    );
  });
});

describe("beyond this computer", () => {
  const tls = { cert: Buffer.alloc(0), key: Buffer.alloc(0) };
  const behind = { ...LOCAL_SITE, proxies: ["192.0.2.10"], address: "https://sverka.school.example" };

  it("opens with a certificate of its own, or behind a named proxy that speaks TLS", () => {
    expect(() => refuseOpenHost("0.0.0.0", { ...LOCAL_SITE, tls })).not.toThrow();
    expect(() => refuseOpenHost("0.0.0.0", behind)).not.toThrow();
    expect([isSecure(LOCAL_SITE), isSecure(behind), isSecure({ ...LOCAL_SITE, tls })]).toEqual([false, true, true]);
  });

  it.each([
    ["a proxy that does not", { ...behind, address: "http://sverka.school.example" }],
    ["a proxy without the page's address", { ...behind, address: null }],
    ["an address without a proxy", { ...behind, proxies: [] }],
  ])("stays shut with %s", (_, site) => {
    expect(() => refuseOpenHost("0.0.0.0", site)).toThrow(expect.objectContaining({ code: "web-host" }));
  });

  it("takes connections from the proxies that are named, and from nobody else", () => {
    const isNeighbour = createNeighbours(["192.0.2.10", "198.51.100.0/24", "2001:db8::/32"]);
    const peers = [
      "127.0.0.1",
      "::1",
      "::ffff:127.0.0.1",
      "192.0.2.10",
      "::ffff:192.0.2.10",
      "198.51.100.7",
      "2001:db8::5",
    ];
    expect(peers.map(isNeighbour)).toEqual(peers.map(() => true));
    const strangers = [
      "192.0.2.11",
      "198.51.101.7",
      "2001:db9::5",
      "::ffff:203.0.113.1",
      "",
      undefined,
      "sverka.example",
    ];
    expect(strangers.map(isNeighbour)).toEqual(strangers.map(() => false));
  });
});

describe("the Host that a browser asks for", () => {
  it.each(["127.0.0.1:3000", "127.0.0.1", "localhost:3000", "[::1]:3000"])("may be %s", (host) => {
    expect(isOwnHost(host)).toBe(true);
  });

  it.each([
    undefined,
    "",
    "evil.example",
    "evil.example:3000",
    "127.0.0.1.evil.example:3000",
    "localhost.evil.example",
    "evil.example:127.0.0.1",
  ])("may not be %j: another name may lead here", (host) => {
    expect(isOwnHost(host)).toBe(false);
  });

  it("may be the one that the settings name, to the letter", () => {
    const address = "https://sverka.school.example";
    expect(isOwnHost("sverka.school.example", address)).toBe(true);
    expect(isOwnHost("sverka.school.example:8443", address)).toBe(false);
    expect(isOwnHost("evil.sverka.school.example", address)).toBe(false);
  });
});
