import { EventEmitter } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Stopped, stopOnSignals } from "../../src/cli/stopping.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => void vi.useRealTimers());

function asked() {
  const signals = new EventEmitter();
  const exits: number[] = [];
  let told = 0;
  const signal = stopOnSignals(
    () => {
      told += 1;
    },
    Object.assign(signals, { exit: (code: number) => void exits.push(code) }),
  );
  return { signals, exits, signal, told: () => told };
}

describe("a process that is asked to end", () => {
  it.each(["SIGINT", "SIGTERM", "SIGHUP"])("by %s lets what is in hand come to its end", (name) => {
    const { signals, exits, signal, told } = asked();
    expect(signal.aborted).toBe(false);
    signals.emit(name);
    expect(signal.reason).toBeInstanceOf(Stopped);
    expect([told(), exits]).toEqual([1, []]);
  });

  it("takes one Ctrl+C that comes twice, from the terminal and from npm, for one", () => {
    const { signals, exits, told } = asked();
    signals.emit("SIGINT");
    vi.advanceTimersByTime(300);
    signals.emit("SIGINT");
    expect([told(), exits]).toEqual([1, []]);
  });

  it("ends at once when it is asked again", () => {
    const { signals, exits } = asked();
    signals.emit("SIGTERM");
    vi.advanceTimersByTime(800);
    signals.emit("SIGTERM");
    expect(exits).toEqual([1]);
  });

  it("ends by itself before ten seconds are over", () => {
    const { signals, exits } = asked();
    signals.emit("SIGTERM");
    vi.advanceTimersByTime(9_000);
    expect(exits).toEqual([]);
    vi.advanceTimersByTime(999);
    expect(exits).toEqual([1]);
  });
});
