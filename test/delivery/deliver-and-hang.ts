import { createSmtpMailer } from "../../adapters/mail/smtp-mailer.ts";
import { deliverDue } from "../../src/delivery/deliver.ts";
import { connectStore } from "../../src/store/connect.ts";
import { start } from "./letters.ts";

// Delivers, and stops for ever between the server's yes and the record of it: there the test kills it.
const [databaseUrl = "", smtpUrl = ""] = process.argv.slice(2);
const clock = { now: () => start };
const smtp = createSmtpMailer({ url: smtpUrl, clock });
await deliverDue({
  store: connectStore(databaseUrl),
  clock,
  log: { info: () => undefined, warn: () => undefined },
  mailer: {
    ...smtp,
    async send(letter) {
      const { kind } = await smtp.send(letter);
      process.stdout.write(kind);
      return new Promise(() => setInterval(() => undefined, 60_000));
    },
  },
});
