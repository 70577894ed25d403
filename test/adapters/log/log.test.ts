import { describe, expect, it } from "vitest";
import { createLog } from "../../../adapters/log/log.ts";
import { SverkaError } from "../../../src/domain/error.ts";

function written(write: (log: ReturnType<typeof createLog>) => void, level = "debug"): string {
  let text = "";
  write(
    createLog({
      level,
      pretty: false,
      to: {
        write(line) {
          text += line;
        },
      },
    }),
  );
  return text;
}

describe("the log", () => {
  it("writes no field that could hold a person or a secret, whoever hands it in", () => {
    const person = { fullName: "Ручьёв Пётр", text: "5", topic: "Дроби", login: "завуч", password: "тайна" };
    const text = written((log) => log.debug({ ...person, pupil: person, recipients: ["a@b"], id: "20017" }, "запись"));
    expect(text).toContain('"id":"20017"');
    expect(text).toContain("[скрыто]");
    expect(text).not.toMatch(/Ручьёв|"5"|Дроби|завуч|тайна|a@b/);
  });

  it("writes errors without what they quote, causes included, under either name", () => {
    const cause = Object.assign(new Error("refused (Ручьёв, 5)"), { detail: "Ручьёв" });
    const text = written((log) => {
      log.error({ err: new SverkaError("trouble", "x", "Фраза.", { cause }) }, "не вышло");
      log.error({ err: cause }, "не вышло");
      log.error(cause, "не вышло");
    });
    expect(text).toContain("Фраза.");
    expect(text.match(/log\.test\.ts/g)?.length).toBeGreaterThanOrEqual(3);
    expect(text).not.toContain("Ручьёв");
  });

  it("says nothing below its level", () => {
    expect(written((log) => log.debug("тихо"), "info")).toBe("");
  });
});
