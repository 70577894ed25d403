import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { composeDaily, type DailyNeeds, previewDaily } from "../../src/delivery/compose-daily.ts";
import { sendLetters } from "../../src/delivery/send-letters.ts";
import { connectStore, type Store } from "../../src/store/connect.ts";
import { finding, missing } from "../domain/report/sample.ts";
import { freshDatabase } from "../support/postgres.ts";
import { start } from "./letters.ts";

const day = 86_400_000;
let database: Awaited<ReturnType<typeof freshDatabase>>;
let store: Store;
beforeEach(async () => {
  database = await freshDatabase();
  store = connectStore(database.url);
});
afterEach(async () => {
  await store.close();
  await database.drop();
});

function needs(over: Partial<DailyNeeds> & { at?: number } = {}): DailyNeeds {
  const { at = start, ...rest } = over;
  return {
    store,
    clock: { now: () => at },
    school: { id: 1, name: "Специальная школа-интернат № 100", zone: "Europe/Moscow" },
    simulation: false,
    sender: "sverka@school.example",
    recipients: ["zavuch@school.example"],
    quiet: { from: "20:00", to: "07:00" },
    pupilsBy: "number",
    read: {
      findings: async () => [missing({ openedAt: start - 1 })],
      tallies: async () => [],
      passes: async () => [
        { state: "done", startedAt: start - 1, pagesDone: 10, pagesFailed: 0, quarantined: 0, trouble: null },
      ],
      pupils: async () => [],
      unreached: async () => [],
    },
    ...rest,
  };
}

describe("daily letter", () => {
  it("is written once a day, even by several at the same time and whatever is found later", async () => {
    const first = await Promise.all([composeDaily(needs()), composeDaily(needs()), composeDaily(needs())]);
    expect(first.reduce((sum, { enqueued }) => sum + enqueued, 0)).toBe(1);
    const later = needs({
      at: start + 3_600_000,
      read: { ...needs().read, findings: async () => [finding({ openedAt: start + 1 })] },
    });
    expect(await composeDaily(later)).toEqual({ day: "2026-10-05", enqueued: 0 });
    expect(await store.prisma.delivery.findMany()).toMatchObject([
      {
        key: "compliance/1/2026-10-05/zavuch@school.example",
        subject: "Сверка, 5 октября: 1 новое нарушение",
        recipients: ["zavuch@school.example"],
      },
    ]);
  });

  it("calls new what came since the day before, and asks for nothing older", async () => {
    await composeDaily(needs());
    const asked: (number | null)[] = [];
    const read = {
      ...needs().read,
      findings: async (since: number | null) => {
        asked.push(since);
        return [missing({ openedAt: start - 1 }), missing({ id: "2", openedAt: start + 1 })];
      },
    };
    const { report } = await previewDaily(needs({ at: start + day, read }));
    expect(asked).toEqual([start]);
    expect(report.counts).toMatchObject({ fresh: 1, open: 1 });
    expect(await composeDaily(needs({ at: start + day, read }))).toEqual({ day: "2026-10-06", enqueued: 1 });
  });

  it("counts the day by the school's clock", async () => {
    const at = Temporal.Instant.from("2026-10-05T21:30:00Z").epochMilliseconds;
    expect(await composeDaily(needs({ at }))).toMatchObject({ day: "2026-10-06" });
  });

  it("goes to each recipient apart, and once", async () => {
    const recipients = ["a@school.example", "B@school.example", " b@school.example", ""];
    expect(await composeDaily(needs({ recipients }))).toMatchObject({ enqueued: 2 });
    expect(await composeDaily(needs({ recipients: [] }))).toMatchObject({ enqueued: 0 });
  });

  it("is not written by a preview", async () => {
    await previewDaily(needs());
    expect(await store.prisma.delivery.count()).toBe(0);
  });
});

describe("letters to people", () => {
  const letter = {
    simulation: false,
    school: "Школа",
    moment: "сейчас",
    subject: "Журнал",
    title: "Журнал",
    lead: ["Строка."],
    figures: [],
    sections: [{ title: "Урок записан", note: null, lines: ["5 А: урок не записан"] }],
    footer: "Сверка",
  };
  const order = { key: "teacher/1/abc", kind: "teacher", to: "t@school.example", letter };

  it("are written once for their key, and wait for the morning when they were written in the quiet hours", async () => {
    const at = Date.parse("2026-10-05T22:00:00+03:00");
    const send = () =>
      sendLetters({ ...needs(), quiet: { from: "20:00", to: "07:00" }, at }, [
        order,
        { ...order, key: "teacher/1/abd" },
      ]);
    expect([await send(), await send()]).toEqual([2, 0]);
    const letters = await store.prisma.delivery.findMany();
    expect(letters.map(({ nextAttemptAt, createdAt }) => [nextAttemptAt.getTime(), createdAt.getTime()])).toEqual(
      letters.map(() => [Date.parse("2026-10-06T07:00:00+03:00"), at]),
    );
  });

  it("of teachers whom nobody can write to come to the deputy director as sheets for the printer", async () => {
    const unreached = [{ teacher: "Борова Нина Львовна", letter }];
    await composeDaily(needs({ read: { ...needs().read, unreached: async () => unreached } }));
    const [daily] = await store.prisma.delivery.findMany();
    expect(daily?.text.replaceAll(/\s+/g, " ")).toContain("листы приложены для печати: Борова Нина Львовна");
    const [sheet] = (daily?.attachments ?? []) as { name: string; content: string }[];
    expect(sheet?.name).toBe("Листы учителям 2026-10-05.pdf");
    expect(
      Buffer.from(sheet?.content ?? "", "base64")
        .subarray(0, 5)
        .toString(),
    ).toBe("%PDF-");
  });
});
