import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { Stopped } from "./stopping.ts";

export interface Dialogue {
  /** What a person answers, without spaces around. Throws `Stopped` when they press Ctrl+C or Ctrl+D instead. */
  ask(question: string): Promise<string>;
  /** The same without showing it, and exactly as typed: a password may begin or end with a space. */
  askSecret(question: string): Promise<string>;
  say(text: string): void;
  close(): void;
}

/** Asks a person on a terminal. */
export function openDialogue(input: NodeJS.ReadStream, output: NodeJS.WriteStream): Dialogue {
  let hidden = false;
  const echo = new Writable({
    write(chunk, _encoding, done) {
      if (hidden) done();
      else output.write(chunk, done);
    },
  });
  const terminal = createInterface({ input, output: echo, terminal: true });
  const asked = (question: string) =>
    new Promise<string>((resolve, reject) => {
      const stop = () => reject(new Stopped("asked to stop"));
      terminal.once("SIGINT", stop);
      terminal.once("close", stop);
      terminal.question(question, (answer) => {
        terminal.off("SIGINT", stop);
        terminal.off("close", stop);
        resolve(answer);
      });
    });
  return {
    ask: async (question) => (await asked(question)).trim(),
    async askSecret(question) {
      output.write(question);
      hidden = true;
      try {
        return await asked("");
      } finally {
        hidden = false;
        output.write("\n");
      }
    },
    say: (text) => void output.write(`${text}\n`),
    close: () => terminal.close(),
  };
}
