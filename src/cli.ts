import { readEnvironment } from "../adapters/files/environment.ts";
import { rememberedEnvironment } from "../adapters/files/remembered.ts";
import { EXIT, endOf, STOPPED } from "./cli/exit-code.ts";
import { refuseWrongFolder } from "./cli/place.ts";
import { Stopped, stopOnSignals } from "./cli/stopping.ts";
import { createProgram } from "./cli/sverka.ts";
import { type Opened, printJson, type Tools } from "./cli/tools.ts";
import { plainError } from "./domain/plain-error.ts";
import { openHouse } from "./main.ts";
import type { Origin } from "./store/origin.ts";

/** For developers, without what an error may quote of the journal. */
const debugLines = (error: unknown) => {
  const { type, code, stack, cause } = plainError(error);
  return `${JSON.stringify({ type, code, ...(cause ? { cause } : {}) })}\n${stack}\n`;
};

// Node itself would print the whole error, and with it the row that a database refused.
process.on("uncaughtException", (error) => {
  process.stderr.write(`${endOf(error).sentence ?? ""}\n${debugLines(error)}`);
  process.exit(EXIT.trouble);
});

const stop = stopOnSignals(() => {
  if (process.stderr.isTTY) process.stderr.write("Останавливаюсь. Ещё раз Ctrl+C – прервать немедленно.\n");
});

// Whoever reads may have seen enough (`sverka check --json | head`): the work itself still comes to its end.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

function opened(as: Origin | null): Opened {
  return async (work) => {
    refuseWrongFolder(process.env);
    const house = await openHouse({ environment: tools.environment(), as });
    try {
      return await work(house);
    } finally {
      await house.close();
    }
  };
}

const LINGER_MS = 500;
let exitCode: number = EXIT.done;
const tools: Tools = {
  stdout: process.stdout,
  stderr: process.stderr,
  signal: stop,
  environment: () => readEnvironment(rememberedEnvironment(process.env)),
  withHouse: opened("real"),
  lookAround: opened(null),
  end: (code) => {
    exitCode = code;
  },
};

try {
  const words = process.argv.slice(2);
  await (await createProgram(tools, words)).parseAsync(words, { from: "user" });
} catch (error) {
  const end = stop.aborted || error instanceof Stopped ? STOPPED : endOf(error);
  exitCode = end.exitCode;
  if (end.code !== null && process.argv.includes("--json"))
    printJson(process.stdout, { error: { code: end.code, message: end.sentence } });
  if (end.sentence !== null) process.stderr.write(`${end.sentence}\n`);
  if (process.env.LOG_LEVEL === "debug" && exitCode !== EXIT.done) process.stderr.write(debugLines(error));
}
process.exitCode = exitCode;
// Neither a connection that a library still tries to mend nor a timer that Prisma left behind may keep a finished command waiting.
process.stdout.write("", () => setTimeout(() => process.exit(exitCode), LINGER_MS).unref());
