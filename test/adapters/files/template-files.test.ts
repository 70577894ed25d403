import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { templateFiles } from "../../../adapters/files/template-files.ts";

function folders() {
  const folder = mkdtempSync(join(tmpdir(), "sverka-templates-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return { config: join(folder, "config"), data: join(folder, "data") };
}

describe("template files", () => {
  it("are none where there is no folder, and .typ files where there is one", async () => {
    const places = folders();
    expect(await templateFiles(places).own()).toEqual({});
    mkdirSync(join(places.config, "templates"), { recursive: true });
    writeFileSync(join(places.config, "templates", "slip.typ"), "Ё");
    writeFileSync(join(places.config, "templates", "slip.typ~"), "");
    expect(await templateFiles(places).own()).toEqual({ "slip.typ": "Ё" });
  });

  it("refuse what is no text", async () => {
    const places = folders();
    mkdirSync(join(places.config, "templates"), { recursive: true });
    writeFileSync(join(places.config, "templates", "slip.typ"), Buffer.from([0xff, 0xfe, 0x00]));
    await expect(templateFiles(places).own()).rejects.toMatchObject({ code: "template-unreadable" });
  });

  it("keep the last good ones, and have none when that file was harmed", async () => {
    const places = folders();
    const files = templateFiles(places);
    expect(await files.lastGood()).toBeNull();
    await files.keepGood({ "slip.typ": "good" });
    expect(await files.lastGood()).toEqual({ "slip.typ": "good" });
    writeFileSync(join(places.data, "templates.json"), '{"slip.typ": 3');
    expect(await files.lastGood()).toBeNull();
  });
});
