import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { createServer } from "node:net";
import { text } from "node:stream/consumers";
import { SMTPServer } from "smtp-server";

/** What the server does with the next letter. The last one stands for all that follow. */
export type Behaviour =
  | "accept"
  /** Answers MAIL FROM, RCPT TO or DATA with that code. */
  | { readonly at: "from" | "to" | "data"; readonly code: number }
  /** Takes the whole letter, keeps it, and breaks the connection instead of saying so. */
  | "drop-after-data"
  /** Takes the letter and never answers. */
  | "hang-after-data"
  /** Takes the letter and answers when the promise says so. */
  | { readonly wait: Promise<void> };

export interface MailServer {
  readonly url: string;
  /** What was taken in, oldest first, accepted aloud or not. */
  readonly letters: { readonly messageId: string; readonly to: readonly string[]; readonly source: string }[];
  readonly attempts: number;
  close(): Promise<void>;
}

/** A real SMTP server on a free port that behaves as told, attempt by attempt. */
export async function startMailServer(
  behaviours: readonly Behaviour[],
  options: { password?: string } = {},
): Promise<MailServer> {
  const letters: { messageId: string; to: readonly string[]; source: string }[] = [];
  const sockets = new Set<Socket>();
  let attempts = 0;
  const current = () => behaviours[Math.min(Math.max(attempts, 1), behaviours.length) - 1] ?? "accept";
  const refusal = (at: "from" | "to" | "data") => {
    const behaviour = current();
    if (typeof behaviour === "string" || !("at" in behaviour) || behaviour.at !== at) return null;
    return Object.assign(new Error("Mailbox <secret@school.example> says no"), { responseCode: behaviour.code });
  };
  const server = new SMTPServer({
    authOptional: options.password === undefined,
    allowInsecureAuth: true,
    disabledCommands: options.password === undefined ? ["STARTTLS", "AUTH"] : ["STARTTLS"],
    logger: false,
    onAuth: (auth, _, done) =>
      done(auth.password === options.password ? null : new Error("wrong password"), { user: "user" }),
    onMailFrom(_, __, done) {
      attempts++;
      done(refusal("from"));
    },
    onRcptTo: ({ address }, _, done) =>
      done(address.startsWith("unknown") ? Object.assign(new Error("unknown"), { responseCode: 550 }) : refusal("to")),
    async onData(stream, session, done) {
      const source = await text(stream);
      const refused = refusal("data");
      if (refused !== null) return done(refused);
      const messageId = /^message-id: (.*)$/im.exec(source)?.[1]?.trim() ?? "";
      letters.push({ messageId, to: session.envelope.rcptTo.map(({ address }) => address), source });
      const behaviour = current();
      if (behaviour === "drop-after-data") for (const socket of sockets) socket.destroy();
      else if (behaviour === "hang-after-data") return;
      else {
        if (typeof behaviour === "object" && "wait" in behaviour) await behaviour.wait;
        done();
      }
    },
  });
  server.on("error", () => undefined);
  server.server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://${options.password === undefined ? "" : `user:${options.password}@`}127.0.0.1:${port}`,
    letters,
    get attempts() {
      return attempts;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(resolve));
    },
  };
}

/** A server that lets one in and never says a word. */
export async function startSilentServer(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => sockets.add(socket)).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
