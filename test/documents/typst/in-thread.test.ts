import { describe, expect, it } from "vitest";
import { inThread } from "../../../src/documents/typst/in-thread.ts";

const worker = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from "node:worker_threads";
    parentPort.on("message", (order) => {
      if (order === "throw") throw new Error("no");
      if (order === "exit") process.exit(3);
      parentPort.postMessage(order * 2);
    });`)}`,
);
const ask = <Result>(work: (ask: (order: number | string) => Promise<number>) => Promise<Result>) =>
  inThread<number | string, number, Result>(worker, work);

describe("a thread of its own", () => {
  it("answers one order after another", async () => {
    expect(await ask(async (one) => [await one(1), await one(2)])).toEqual([2, 4]);
  });

  it.each([
    ["throw", "no"],
    ["exit", "the thread ended with 3"],
  ])("that meets %s refuses this order and all further ones", async (order, says) => {
    const refusals = await ask(async (one) => [
      await one(order).catch(String),
      await one(1).catch(String),
      await one(2).catch(String),
    ]);
    expect(refusals).toEqual(Array(3).fill(`Error: ${says}`));
  });
});
