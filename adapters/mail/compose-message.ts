import type { SendMailOptions } from "nodemailer";
import type { EpochMs } from "../../src/domain/time.ts";
import type { Letter } from "../../src/ports/mailer.ts";

/** The letter as nodemailer takes it. Files and addresses on the net are never read: a letter holds all that it sends. */
export function composeMessage(letter: Letter, at: EpochMs): SendMailOptions {
  return {
    messageId: letter.messageId,
    date: new Date(at),
    from: letter.from,
    to: [...letter.to],
    subject: letter.subject,
    text: letter.text,
    html: letter.html,
    attachments: letter.attachments.map(({ name, type, content }) => ({
      filename: name,
      contentType: type,
      content: Buffer.from(content),
    })),
    headers: { "Auto-Submitted": "auto-generated" },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
