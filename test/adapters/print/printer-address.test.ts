import { describe, expect, it } from "vitest";
import { printerAddress } from "../../../adapters/print/ipp/address.ts";
import { jobName } from "../../../adapters/print/ipp/wishes.ts";

describe("a printer's address", () => {
  it.each([
    ["ipp://printer.school/ipp/print", "ipp://printer.school:631/ipp/print", "http://printer.school:631/ipp/print"],
    [
      "ipps://printer.school:8443/ipp/print",
      "ipps://printer.school:8443/ipp/print",
      "https://printer.school:8443/ipp/print",
    ],
    ["ipp://[::1]/printers/one", "ipp://[::1]:631/printers/one", "http://[::1]:631/printers/one"],
    ["ipp://printer.school", "ipp://printer.school:631/", "http://printer.school:631/"],
    [
      "ipp://user:p%40ss@printer.school/printers/%D0%BA",
      "ipp://printer.school:631/printers/%D0%BA",
      "http://printer.school:631/printers/%D0%BA",
    ],
  ])("%s", (text, uri, http) => {
    const address = printerAddress(text);
    expect([address.uri, address.http.href]).toEqual([uri, http]);
  });

  it("keeps the name and the password out of what is shown", () => {
    expect(printerAddress("ipp://user:p%40ss@printer.school/x")).toMatchObject({ user: "user", password: "p@ss" });
    expect(printerAddress("ipps://p/x?tls.rejectUnauthorized=false").trustAnyone).toBe(true);
  });

  it.each(["http://printer/ipp", "printer", "ipp://", "ipp://p/x?strange=1", "ipp://p/x?tls.rejectUnauthorized=no"])(
    "refuses %s with a sentence that shows no address",
    (text) => {
      expect(() => printerAddress(text)).toThrow(/^SVERKA_PRINTER .*ipp:\/\/принтер:631\/ipp\/print/);
    },
  );
});

it("fits a long Russian name with its mark into what a printer takes", () => {
  const name = jobName({ name: "Распечатки ".repeat(60), mark: "1a2b3c4d5e6f" });
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
  expect(name).toMatch(/^Распечатки .* \[1a2b3c4d5e6f\]$/);
});
