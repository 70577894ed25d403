import { describe, expect, it } from "vitest";
import { sharedRead } from "../../src/store/shared-read.ts";

/** A question whose answers are given by hand, in their order. */
function byHand() {
  const asked: { argument: string; answer: PromiseWithResolvers<number> }[] = [];
  const read = sharedRead((_: { readonly pool: object }, argument: string) => {
    const answer = Promise.withResolvers<number>();
    asked.push({ argument, answer });
    return answer.promise;
  });
  return { asked, read };
}

describe("a shared read", () => {
  const source = { pool: {} };

  it("of many at once runs twice: for the first, and for all that asked while it ran", async () => {
    const { asked, read } = byHand();
    const answers = Array.from({ length: 100 }, () => read(source, "a"));
    expect(asked).toHaveLength(1);
    asked[0]?.answer.resolve(1);
    expect(await answers[0]).toBe(1);
    expect(asked).toHaveLength(2);
    asked[1]?.answer.resolve(2);
    expect(new Set(await Promise.all(answers.slice(1)))).toEqual(new Set([2]));
  });

  it("is never older than its question", async () => {
    const { asked, read } = byHand();
    const first = read(source, "a");
    asked[0]?.answer.resolve(1);
    await first;
    const later = read(source, "a");
    expect(asked).toHaveLength(2);
    asked[1]?.answer.resolve(2);
    expect(await later).toBe(2);
  });

  it("is shared by nobody who asks something else, or elsewhere", async () => {
    const { asked, read } = byHand();
    void read(source, "a");
    void read(source, "b");
    void read({ pool: {} }, "a");
    expect(asked.map(({ argument }) => argument)).toEqual(["a", "b", "a"]);
  });

  it("that fails fails for its own askers only", async () => {
    const { asked, read } = byHand();
    const [one, other] = [read(source, "a"), read(source, "a")];
    asked[0]?.answer.reject(new Error("away"));
    await expect(one).rejects.toThrow("away");
    asked[1]?.answer.resolve(3);
    expect(await other).toBe(3);
  });
});
