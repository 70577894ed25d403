import { describe, expect, it } from "vitest";
import { createMapping, defaultMapping } from "../../../src/domain/mapping.ts";
import { composeNotice, type NoticeOptions } from "../../../src/domain/notice/compose.ts";
import type { NoticeFacts } from "../../../src/domain/notice/facts.ts";
import { defaultPolicy } from "../../../src/domain/policy.ts";
import { bareFacts, entry, lesson, moscow, usualFacts } from "./sample.ts";

const mapping = createMapping(defaultMapping);
const compose = (facts: Partial<NoticeFacts>, options: Partial<NoticeOptions> = {}) =>
  composeNotice(bareFacts(facts), {
    mapping,
    forecast: defaultPolicy.forecast,
    today: "2026-10-19",
    simulation: false,
    ...options,
  });

/** Lessons and marks of one subject: day → cell. */
function cells(
  texts: Readonly<Record<string, string>>,
  over: Parameters<typeof lesson>[0] = {},
): Pick<NoticeFacts, "lessons" | "entries"> {
  const days = Object.entries(texts);
  return {
    lessons: days.map(([date]) => lesson({ externalId: date, date, ...over })),
    entries: days.map(([date, text]) =>
      entry({ lessonExternalId: date, date, text, absentAt: moscow(`${date}T08:00`), seenAt: moscow(`${date}T18:00`) }),
    ),
  };
}

describe("marks of a notice", () => {
  it("stand in order with their days and kinds of work", () => {
    const { lessons, entries } = cells({ "2026-10-09": "5", "2026-10-05": "4/3" }, { workType: "Контрольная работа" });
    const { progress } = compose({ lessons, entries: entries.toReversed() });
    expect(progress?.subjects[0]?.marks.map(({ text, date, work }) => `${text} ${date} ${work}`)).toEqual([
      "4 05.10 к/р",
      "3 05.10 к/р",
      "5 09.10 к/р",
    ]);
    expect(progress?.legend).toEqual([{ short: "к/р", full: "контрольная работа" }]);
  });

  it("count for mean and forecast from the beginning of the term, shown or not", () => {
    const { progress } = compose(
      cells({ "2026-08-31": "2", "2026-09-07": "5", "2026-09-21": "4", "2026-10-05": "4", "2026-10-19": "2" }),
    );
    const [subject] = progress?.subjects ?? [];
    expect(subject?.marks.map(({ date }) => date)).toEqual(["05.10"]);
    expect(subject?.mean).toBe("4,33");
    expect(subject?.forecast).toEqual({ mark: "4", band: "для 5 нужна одна пятёрка", basis: "по 3\u00a0отметкам" });
  });

  it("weigh by the journal's weights", () => {
    const { progress } = compose(cells({ "2026-10-05": "5", "2026-10-06": "4", "2026-10-07": "4" }, { weight: 2 }));
    expect(progress?.forecastNote).toContain("с учётом веса работ");
  });

  it("have no forecast from two marks, without a term, or when the final mark is there", () => {
    const two = cells({ "2026-10-05": "5", "2026-10-06": "4" });
    const three = cells({ "2026-10-05": "5", "2026-10-06": "4", "2026-10-07": "4" });
    const final = { termExternalId: "360000", subjectExternalId: "s1", subject: "Математика", text: "5" };
    expect(compose(two).progress?.subjects[0]?.forecast).toBeNull();
    expect(compose({ ...three, term: null }).progress?.subjects[0]?.forecast).toBeNull();
    expect(compose(three).progress?.subjects[0]?.forecast).not.toBeNull();
    const ended = compose({ ...three, finals: [final] }).progress;
    expect(ended?.subjects[0]).toMatchObject({ forecast: null, finals: ["5"] });
    expect(ended?.finalTerms).toEqual(["1 четв."]);
  });

  it("have no forecast on another scale than five marks", () => {
    const school = { name: "Школа", zone: "Europe/Moscow", maxMark: 10 };
    expect(
      compose({ ...cells({ "2026-10-05": "5", "2026-10-06": "4", "2026-10-07": "4" }), school }).progress?.subjects[0]
        ?.forecast,
    ).toBeNull();
  });

  it("of earlier lessons are shown when they came in these days, and only then", () => {
    const late = { absentAt: moscow("2026-10-05T08:00"), seenAt: moscow("2026-10-06T08:00") };
    const early = { absentAt: moscow("2026-10-01T08:00"), seenAt: moscow("2026-10-04T23:59") };
    const first = { absentAt: null, seenAt: moscow("2026-10-06T08:00") };
    const shown = [late, early, first].map((seen) => {
      const { lessons, entries } = cells({ "2026-09-30": "5" });
      const { progress } = compose({ lessons, entries: entries.map((one) => ({ ...one, ...seen })) });
      return progress?.subjects[0]?.marks.map(({ added }) => added) ?? null;
    });
    expect(shown).toEqual([[true], [], []]);
  });

  it("keep values that are no numbers and count them for nothing", () => {
    const { progress } = compose(cells({ "2026-10-05": "зач", "2026-10-06": "Щ", "2026-10-07": "4" }));
    expect(progress?.subjects[0]).toMatchObject({
      mean: "4,00",
      marks: [{ text: "зач" }, { text: "Щ" }, { text: "4" }],
    });
  });

  it("never make a mean look better than it is", () => {
    const almost = cells(
      Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`2026-10-0${i + 1}`, i < 4 ? "5" : "4"])),
    );
    expect(compose(almost).progress?.subjects[0]).toMatchObject({ mean: "4,44", forecast: { mark: "4" } });
  });
});

describe("attendance of a notice", () => {
  it("tells lessons missed by reason and day, and coming late apart", () => {
    const { attendance } = compose(
      cells({ "2026-10-05": "Б", "2026-10-06": "Б", "2026-10-08": "Н/4", "2026-10-09": "ОП", "2026-09-30": "Н" }),
    );
    expect(attendance).toEqual({
      summary: "Пропущено: 3\u00a0урока; 1\u00a0опоздание (09.10).",
      reasons: [
        { reason: "по болезни", lessons: "2\u00a0урока", days: "05.10–06.10" },
        { reason: "причина в журнале не указана", lessons: "1\u00a0урок", days: "08.10" },
      ],
      bySubject: "математика\u00a0–\u00a03",
    });
  });
});

describe("homework of a notice", () => {
  const homework = (lessons: NoticeFacts["lessons"], today = "2026-10-19") => compose({ lessons }, { today }).homework;

  it("is what no later lesson has asked for", () => {
    const one = lesson({ externalId: "a", date: "2026-10-12", homework: "с. 10" });
    const two = lesson({ externalId: "b", date: "2026-10-16", homework: "с. 12" });
    expect(homework([one, two])).toEqual([{ subject: "Математика", due: "к следующему уроку", text: "с. 12" }]);
    expect(homework([one, lesson({ externalId: "b", date: "2026-10-16" })])).toEqual([]);
  });

  it("is due by the next lesson that the journal knows, today's included while it has not been", () => {
    const set = lesson({ externalId: "a", date: "2026-10-16", homework: "с. 10" });
    const next = lesson({ externalId: "b", date: "2026-10-19", topic: null });
    expect(homework([set, next])?.[0]?.due).toBe("к 19.10");
    expect(homework([set, { ...next, topic: "Дроби", homework: "с. 15" }])?.[0]).toMatchObject({ text: "с. 15" });
  });

  it("of before the span is past", () => {
    expect(homework([lesson({ date: "2026-10-02", homework: "с. 10" })])).toEqual([]);
  });
});

describe("notice as a whole", () => {
  it("says so when there is nothing new", () => {
    expect(compose({}).nothingNew).toContain("нет новых отметок");
    expect(
      composeNotice(usualFacts(1), {
        mapping,
        forecast: defaultPolicy.forecast,
        today: "2026-10-19",
        simulation: false,
      }).nothingNew,
    ).toBeNull();
  });

  it.each([0, 1])("of grade %i holds attendance, topics and remarks only", (grade) => {
    const notice = compose({ ...cells({ "2026-10-05": "5" }, { homework: "с. 10" }), grade });
    expect(notice).toMatchObject({
      progress: null,
      homework: null,
      topics: [{ subject: "Математика", lessons: [{ date: "05.10", topic: "Сложение дробей" }] }],
    });
    expect(JSON.stringify(notice)).not.toContain('"5"');
  });

  it("tells remarks, praise and comments on marks", () => {
    const seen = { absentAt: null, seenAt: 0 };
    const { remarks } = compose({
      entries: [entry({ comment: "Переписал" })],
      messages: [
        { date: "2026-10-07", subject: "Чтение", author: "Лебедева М. И.", text: "Молодец!\n\tТак держать", ...seen },
        { date: "2026-10-01", subject: null, author: null, text: "Прежнее", ...seen },
      ],
    });
    expect(remarks).toEqual([
      { date: "05.10", from: "Математика, к отметке в журнале", text: "Переписал" },
      { date: "07.10", from: "Лебедева М. И., Чтение", text: "Молодец! Так держать" },
    ]);
  });

  it("cuts endless texts and counts the remarks it leaves out", () => {
    const messages = Array.from({ length: 14 }, () => ({
      date: "2026-10-07",
      subject: null,
      author: null,
      text: "а".repeat(5000),
      absentAt: null,
      seenAt: 0,
    }));
    const { remarks, moreRemarks } = compose({ messages });
    expect(remarks).toHaveLength(12);
    expect(remarks[0]?.text).toHaveLength(400);
    expect(moreRemarks).toContain("2\u00a0записи");
  });

  it("names the span as one says it", () => {
    const spans = [
      { from: "2026-10-05", to: "2026-10-18" },
      { from: "2026-09-28", to: "2026-10-11" },
      { from: "2026-12-28", to: "2027-01-10" },
    ].map((span) => compose({ span }).span.replaceAll("\u00a0", " "));
    expect(spans).toEqual([
      "5–18 октября 2026 г.",
      "28 сентября – 11 октября 2026 г.",
      "28 декабря 2026 г. – 10 января 2027 г.",
    ]);
  });
});
