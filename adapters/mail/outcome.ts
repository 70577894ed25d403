import type { NodemailerError } from "nodemailer";
import type { MailOutcome } from "../../src/ports/mailer.ts";

const longestAnswer = 500;
// Only what the server says of the letter itself is final. A refused greeting or password is mended by the school, and the letter goes then.
const aboutLetter = new Set(["MAIL FROM", "RCPT TO", "DATA"]);
const senseless = new Set(["EENVELOPE", "EMESSAGE"]);

/**
 * What an error of nodemailer means for the letter: 5xx to the sender, the recipients or the text is final, everything else – 4xx, no connection,
 * time-outs, a refused password, a connection that broke after DATA – is worth another try. 503 speaks of the session, not of the letter.
 */
export function outcomeOf(error: unknown): MailOutcome {
  const { code, responseCode, response, command, message } = error as Partial<NodemailerError>;
  const answer = shorten(response ?? `${code ?? "ошибка"}: ${message ?? String(error)}`);
  const permanent = responseCode !== undefined && responseCode >= 500 && responseCode < 600 && responseCode !== 503;
  const final = permanent ? aboutLetter.has(command ?? "") : responseCode === undefined && senseless.has(code ?? "");
  return { kind: final ? "never" : "later", answer };
}

/** A server's answer on one line, not longer than a note needs. */
export function shorten(answer: string): string {
  const plain = answer.replace(/[\p{Cc}\s]+/gu, " ").trim();
  return plain.length <= longestAnswer ? plain : `${plain.slice(0, longestAnswer - 1)}…`;
}
