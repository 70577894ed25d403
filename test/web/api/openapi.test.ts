import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import { openApiDocument, parametersOf } from "../../../src/web/api/openapi.ts";
import { OPERATIONS } from "../../../src/web/api/operations.ts";
import { PROBLEMS } from "../../../src/web/api/problem.ts";

describe("the document of /api/v1", () => {
  it("is valid OpenAPI 3.1", async () => {
    const validator = new Validator();
    expect(await validator.validate(JSON.parse(JSON.stringify(openApiDocument())))).toEqual({ valid: true });
    expect(validator.version).toBe("3.1");
  });

  it("says something in Russian about every operation, parameter and problem", () => {
    for (const operation of OPERATIONS) {
      expect(operation.summary).toMatch(/[а-я]/);
      for (const { name, description } of parametersOf(operation))
        expect([name, description]).toEqual([name, expect.stringMatching(/[а-яё]/i)]);
    }
    for (const [, title, detail] of Object.values(PROBLEMS)) expect(`${title} ${detail}`).toMatch(/[а-я]/);
  });

  it("names each operation once", () => {
    const { paths } = openApiDocument() as { paths: Record<string, { get: { operationId: string } }> };
    expect(Object.values(paths).map(({ get }) => get.operationId)).toEqual([
      "Findings",
      "FindingsFinding",
      "Passes",
      "Controls",
      "ControlsMonth",
      "Notices",
    ]);
  });
});
