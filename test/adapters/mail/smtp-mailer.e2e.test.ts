import { describe, expect, it, onTestFinished } from "vitest";
import { createSmtpMailer } from "../../../adapters/mail/smtp-mailer.ts";
import type { Letter } from "../../../src/ports/mailer.ts";
import { type Behaviour, startMailServer, startSilentServer } from "./mail-server.ts";

const clock = { now: () => Temporal.Instant.from("2026-10-05T18:15:00+03:00").epochMilliseconds };
const timeouts = { connection: 300, greeting: 300, silence: 300, letter: 5_000 };
const letter: Letter = {
  messageId: "<abc@school.example>",
  from: "Сверка <sverka@school.example>",
  to: ["zavuch@school.example"],
  subject: "Сверка, 5 октября: нарушений нет",
  text: "Новых нарушений нет.",
  html: "<p>Новых нарушений нет.</p>",
  attachments: [{ name: "Уведомления.pdf", type: "application/pdf", content: new Uint8Array([37, 80, 68, 70]) }],
};

async function mailServer(behaviours: readonly Behaviour[], options?: { password?: string }) {
  const server = await startMailServer(behaviours, options);
  onTestFinished(() => server.close());
  return server;
}

describe("SMTP mailer", () => {
  it("hands the letter over whole, with its own Message-ID and the clock's date", async () => {
    const server = await mailServer(["accept"]);
    const outcome = await createSmtpMailer({ url: server.url, clock }).send(letter);
    expect(outcome).toMatchObject({ kind: "accepted", answer: expect.stringContaining("250") });
    const source = server.letters[0]?.source ?? "";
    expect(server.letters[0]?.messageId).toBe("<abc@school.example>");
    expect(source).toContain("Date: Mon, 05 Oct 2026 15:15:00 +0000");
    expect(source).toMatch(/text\/plain[\s\S]*text\/html[\s\S]*application\/pdf/);
  });

  it.each([
    [{ at: "from", code: 451 }, "later"],
    [{ at: "to", code: 450 }, "later"],
    [{ at: "data", code: 452 }, "later"],
    [{ at: "from", code: 553 }, "never"],
    [{ at: "to", code: 550 }, "never"],
    [{ at: "data", code: 554 }, "never"],
    [{ at: "data", code: 503 }, "later"],
  ] as const)("takes %j for %s", async (behaviour, kind) => {
    const server = await mailServer([behaviour]);
    const outcome = await createSmtpMailer({ url: server.url, clock }).send(letter);
    expect(outcome).toMatchObject({ kind, answer: expect.stringContaining(String(behaviour.code)) });
  });

  it("delivers to those whom the server takes, and names the others", async () => {
    const server = await mailServer(["accept"]);
    const outcome = await createSmtpMailer({ url: server.url, clock }).send({
      ...letter,
      to: ["unknown@school.example", "zavuch@school.example"],
    });
    expect(outcome).toMatchObject({ kind: "accepted", answer: expect.stringContaining("unknown@school.example") });
    expect(server.letters[0]?.to).toEqual(["zavuch@school.example"]);
  });

  it("tries again after a connection that broke when the letter had been given", async () => {
    const server = await mailServer(["drop-after-data"]);
    expect(await createSmtpMailer({ url: server.url, clock, timeouts }).send(letter)).toMatchObject({ kind: "later" });
    expect(server.letters).toHaveLength(1);
  });

  it("does not wait for ever: neither for an answer nor for a greeting", async () => {
    const hanging = await mailServer(["hang-after-data"]);
    const silent = await startSilentServer();
    onTestFinished(() => silent.close());
    for (const { url } of [hanging, silent]) {
      expect(await createSmtpMailer({ url, clock, timeouts }).send(letter)).toMatchObject({ kind: "later" });
    }
  });

  it("ends a letter that takes too long though the server is never quite silent", async () => {
    const server = await mailServer(["hang-after-data"]);
    const mailer = createSmtpMailer({
      url: server.url,
      clock,
      timeouts: { connection: 60_000, greeting: 60_000, silence: 60_000, letter: 300 },
    });
    expect(await mailer.send(letter)).toMatchObject({ kind: "later" });
  });

  it("waits for a slow server", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const server = await mailServer([{ wait: promise }]);
    const sending = createSmtpMailer({ url: server.url, clock }).send(letter);
    await expect.poll(() => server.letters.length).toBe(1);
    resolve();
    expect(await sending).toMatchObject({ kind: "accepted" });
  });

  it("takes an unreachable server for a passing trouble, and says so when asked", async () => {
    const server = await mailServer(["accept"]);
    await server.close();
    const mailer = createSmtpMailer({ url: server.url, clock, timeouts });
    expect(await mailer.send(letter)).toMatchObject({ kind: "later" });
    await expect(mailer.verify()).rejects.toMatchObject({ code: "mail-unreachable", kind: "configuration" });
  });

  it("does not give a letter up for a wrong password: the school mends that", async () => {
    const server = await mailServer(["accept"], { password: "right" });
    const wrong = createSmtpMailer({ url: server.url.replace("right", "wrong"), clock });
    expect(await wrong.send(letter)).toMatchObject({ kind: "later", answer: expect.stringContaining("535") });
    expect(await createSmtpMailer({ url: server.url, clock }).send(letter)).toMatchObject({ kind: "accepted" });
  });

  it("sends nothing in the clear when TLS is demanded", async () => {
    const server = await mailServer(["accept"]);
    const outcome = await createSmtpMailer({ url: `${server.url}?requireTLS=true`, clock }).send(letter);
    expect(outcome.kind).toBe("later");
    expect(server.attempts).toBe(0);
  });

  it("refuses what is no address of a mail server, without repeating it", () => {
    for (const url of ["", "mail.school.example", "http://user:pa55@mail"]) {
      expect(() => createSmtpMailer({ url, clock })).toThrow(
        expect.objectContaining({ code: "mail-url", message: expect.not.stringContaining("pa55") }),
      );
    }
  });
});
