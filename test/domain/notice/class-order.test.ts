import { expect, it } from "vitest";
import { compareClasses } from "../../../src/domain/notice/class-order.ts";

it("sorts classes as the school counts them", () => {
  const wanted = ["подг.", "1 А", "1 Б", "1 доп", "2 А", "9 А", "10-Б", "12", "кружок"];
  expect(["12", "кружок", "2 А", "1 доп", "10-Б", "9 А", "1 Б", "подг.", "1 А"].toSorted(compareClasses)).toEqual(
    wanted,
  );
});
