import { afterAll, describe, expect, it } from "vitest";
import { createScanner } from "../../adapters/scan/scanner.ts";
import { slipSentence } from "../../src/domain/slip/found-slip.ts";
import { enterSlip } from "../../src/scans/clear-up.ts";
import { openScanningSchool } from "../scans/scanning-school.ts";
import { BAD_CODES, BAD_SCANS } from "./scans.ts";

const scanner = createScanner();
afterAll(() => scanner.close());

it("a file that is no scan of slips is told in one sentence, harms no other and marks nothing returned", async () => {
  const school = await openScanningSchool(scanner);
  for (const { what, name, content, sentence } of BAD_SCANS) {
    school.drop(name, await content());
    const { outcomes, look } = await school.look();
    const said = outcomes.map(({ refusal, slips }) => refusal ?? slips.map(slipSentence).join(" "));
    expect([what, ...said]).toEqual([what, sentence]);
    // The administrator reads the same, by the file's number.
    expect(
      Object.values(look)
        .flat()
        .map(({ detail }) => detail)
        .join(" "),
    ).toContain(outcomes[0]?.refusal ?? "Ждёт человека");
    expect(school.waiting()).toEqual([]);
  }
  expect(await school.returned()).toEqual([false, false, false]);
});

describe("a code that is typed wrong", () => {
  it("changes nothing and says what a code is", async () => {
    const school = await openScanningSchool(scanner);
    const { prisma } = school.store;
    const [notice] = await school.notices();
    await prisma.notice.update({ where: { id: notice?.id ?? 0 }, data: { slipCode: "482109375567" } });
    for (const [what, text, sentence] of BAD_CODES) {
      const enter = enterSlip(school.scans, school.school.id, { text, from: null });
      await expect(enter, what).rejects.toMatchObject({ kind: "input", code: "slip-code", message: sentence });
    }
    await expect(
      enterSlip(school.scans, school.school.id, { text: "1234 5678 9018", from: null }),
    ).rejects.toMatchObject({
      code: "slip-unknown",
      message:
        "Такого кода здесь не печатали: сверьте все цифры с напечатанными. Если они верны, это корешок другой школы.",
    });
    expect(await school.slips()).toEqual([]);
    expect(await school.returned()).toEqual([false, false, false]);
  });
});
