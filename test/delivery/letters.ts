import type { OutboxLetter } from "../../src/store/outbox.ts";

export const start = Temporal.Instant.from("2026-10-05T18:15:00+03:00").epochMilliseconds;

export function letter(over: Partial<OutboxLetter> = {}): OutboxLetter {
  return {
    schoolId: 1,
    key: "test/1",
    kind: "test",
    at: start,
    from: "Сверка <sverka@school.example>",
    to: ["zavuch@school.example"],
    subject: "Проба",
    text: "Текст",
    html: "<p>Текст</p>",
    attachments: [{ name: "а.bin", type: "application/octet-stream", content: new Uint8Array([0, 1, 255]) }],
    ...over,
  };
}
