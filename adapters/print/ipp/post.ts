import { request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import type { PrintReason } from "../../../src/domain/print/reasons.ts";
import type { PrinterAddress } from "./address.ts";
import { decodeMessage, IppFault } from "./decode.ts";
import type { IppMessage } from "./message.ts";

/** Milliseconds: to connect, and without a byte in either direction. */
export interface Patience {
  readonly connection: number;
  readonly silence: number;
}

/** No answer of the protocol came. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";
  readonly reason: PrintReason;
  /** Whether a byte of the request can have reached somebody. */
  readonly sent: boolean;
  constructor(reason: PrintReason, sent: boolean, cause?: unknown) {
    super(`no answer: ${reason}`, { cause });
    this.reason = reason;
    this.sent = sent;
  }
}

const LARGEST_ANSWER = 8 * 1024 * 1024;

/** One request, one connection: nothing here is ever sent twice by itself. Throws `NoAnswer` and nothing else. */
export function post(address: PrinterAddress, parts: readonly Uint8Array[], patience: Patience): Promise<IppMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IppMessage>();
  const secure = address.http.protocol === "https:";
  let sent = false;
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const call = (secure ? secureRequest : plainRequest)(address.http, {
    method: "POST",
    agent: false,
    headers: { "Content-Type": "application/ipp", "Content-Length": length, ...authorization(address) },
    ...(secure ? { rejectUnauthorized: !address.trustAnyone } : {}),
  });
  const fail = (reason: PrintReason, cause?: unknown) => {
    clearTimeout(connecting);
    call.destroy();
    reject(new NoAnswer(reason, sent, cause));
  };
  const connecting = setTimeout(() => fail("offline"), patience.connection);
  call.on("socket", (socket) =>
    socket.once(secure ? "secureConnect" : "connect", () => {
      clearTimeout(connecting);
      sent = true;
    }),
  );
  call.setTimeout(patience.silence, () => fail("offline"));
  call.on("error", (error) => fail(isCertificate(error) ? "certificate" : "offline", error));
  call.on("response", (response) => {
    const status = response.statusCode ?? 0;
    const type = response.headers["content-type"] ?? "";
    const isIpp = /^application\/ipp\b/i.test(type);
    if (status !== 200 || !isIpp) return fail(meaningOf(status));
    const chunks: Buffer[] = [];
    let size = 0;
    response.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > LARGEST_ANSWER) fail("bad-answer");
      else chunks.push(chunk);
    });
    response.on("error", (error) => fail("offline", error));
    response.on("end", () => {
      clearTimeout(connecting);
      try {
        resolve(decodeMessage(Buffer.concat(chunks)));
      } catch (error) {
        fail(error instanceof IppFault ? "bad-answer" : "offline", error);
      }
    });
  });
  for (const part of parts) call.write(part);
  call.end();
  return promise;
}

function authorization({ user, password }: PrinterAddress): Record<string, string> {
  if (password === null) return {};
  return { Authorization: `Basic ${Buffer.from(`${user ?? ""}:${password}`).toString("base64")}` };
}

function meaningOf(status: number): PrintReason {
  if (status === 401 || status === 403) return "not-allowed";
  if (status === 426) return "needs-ipps";
  if (status === 404) return "no-such-printer";
  if (status === 503) return "busy";
  return "not-a-printer";
}

function isCertificate(error: Error & { code?: string }): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO_|ALTNAME/.test(error.code ?? "");
}
