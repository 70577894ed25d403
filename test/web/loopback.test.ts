import { describe, expect, it } from "vitest";
import { isOwnHost, refuseOpenHost } from "../../src/web/loopback.ts";

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
  ])("may not be %j, because nobody signs in yet", (host) => {
    expect(() => refuseOpenHost(host)).toThrow(
      expect.objectContaining({
        kind: "configuration",
        code: "web-host",
        message: expect.stringContaining("SVERKA_HOST"),
      }),
    );
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
});
