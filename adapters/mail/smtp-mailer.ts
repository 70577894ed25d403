import { createTransport } from "nodemailer";
import { SverkaError } from "../../src/domain/error.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { Mailer } from "../../src/ports/mailer.ts";
import { composeMessage } from "./compose-message.ts";
import { outcomeOf, shorten } from "./outcome.ts";

export interface SmtpMailerOptions {
  /**
   * `smtp://` or `smtps://` (TLS from the first byte) with user, password, host and port. With a password on any other host than this one STARTTLS is
   * required, so that no password goes out in the clear; `?requireTLS=false` waives it, `?requireTLS=true` demands it always. Further settings of
   * nodemailer may stand there too, as `?tls.rejectUnauthorized=false`.
   */
  readonly url: string;
  readonly clock: Clock;
  /** Milliseconds: to connect, to greet, without a byte, and for the whole letter. */
  readonly timeouts?: {
    readonly connection: number;
    readonly greeting: number;
    readonly silence: number;
    readonly letter: number;
  };
}

const usualTimeouts = { connection: 20_000, greeting: 20_000, silence: 60_000, letter: 180_000 };

/** Sends by a mail server, one connection a letter. Never throws from `send`: what happened is the outcome. */
export function createSmtpMailer({ url, clock, timeouts = usualTimeouts }: SmtpMailerOptions): Mailer {
  const address = parse(url);
  const transport = createTransport({
    requireTLS: address.username !== "" && !isHere(address.hostname) && address.protocol === "smtp:",
    connectionTimeout: timeouts.connection,
    greetingTimeout: timeouts.greeting,
    dnsTimeout: timeouts.connection,
    socketTimeout: timeouts.silence,
    url,
  });
  return {
    place: address.host,
    async send(letter) {
      try {
        const signal = AbortSignal.timeout(timeouts.letter);
        const { response, rejected } = await transport.sendMail({ ...composeMessage(letter, clock.now()), signal });
        const refused = rejected.length === 0 ? "" : `; не приняты адреса: ${rejected.join(", ")}`;
        return { kind: "accepted", answer: shorten(response + refused) };
      } catch (error) {
        return outcomeOf(error);
      }
    },
    async verify() {
      try {
        await transport.verify();
      } catch (cause) {
        throw new SverkaError(
          "configuration",
          "mail-unreachable",
          `Почтовый сервер ${address.host} не принимает вход (${outcomeOf(cause).answer}): проверьте адрес, порт, имя и пароль в SMTP_URL.`,
          { cause },
        );
      }
    },
  };
}

function parse(url: string): URL {
  const address = URL.parse(url);
  if (address !== null && (address.protocol === "smtp:" || address.protocol === "smtps:") && address.hostname !== "")
    return address;
  throw new SverkaError(
    "configuration",
    "mail-url",
    "SMTP_URL не похож на адрес почтового сервера: нужен вид smtp://имя:пароль@сервер:587 или smtps://имя:пароль@сервер:465.",
  );
}

function isHere(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
}
