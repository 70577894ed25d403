import { describe, expect, it } from "vitest";
import { deadline, duration, moment } from "../../src/domain/russian.ts";

const at = (text: string) => Temporal.Instant.from(text).epochMilliseconds;
const plain = (text: string) => text.replaceAll("\u00a0", " ");
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe("moments", () => {
  it("are told by the school's clock", () => {
    expect(plain(moment(at("2026-10-05T20:50:00Z"), "Europe/Moscow"))).toBe("5 октября 2026 г., 23:50");
    expect(plain(moment(at("2026-10-05T20:50:00Z"), "Asia/Vladivostok"))).toBe("6 октября 2026 г., 06:50");
  });

  it("that end a day are 24:00 of it", () => {
    expect(plain(deadline(at("2026-10-05T21:00:00Z"), "Europe/Moscow"))).toBe("24:00 5 октября 2026 г.");
    expect(plain(deadline(at("2018-11-04T03:00:00Z"), "America/Sao_Paulo"))).toBe("24:00 3 ноября 2018 г.");
    expect(plain(deadline(at("2026-10-05T20:00:00Z"), "Europe/Moscow"))).toBe("5 октября 2026 г., 23:00");
  });
});

describe("durations", () => {
  it.each([
    [0, "0 минут"],
    [minute, "1 минуту"],
    [2 * minute, "2 минуты"],
    [11 * minute, "11 минут"],
    [21 * minute, "21 минуту"],
    [hour, "1 час"],
    [3 * hour + 5 * minute, "3 часа 5 минут"],
    [day, "1 день"],
    [2 * day + 5 * hour, "2 дня 5 часов"],
    [21 * day, "21 день"],
    [12 * day + hour, "12 дней 1 час"],
  ])("%s ms are «%s»", (ms, text) => {
    expect(plain(duration(ms, "floor"))).toBe(text);
    expect(plain(duration(ms, "ceil"))).toBe(text);
  });

  it("are rounded the way that does not exaggerate", () => {
    expect(plain(duration(hour - 1, "floor"))).toBe("59 минут");
    expect(plain(duration(hour + 1, "ceil"))).toBe("1 час 1 минуту");
    expect(plain(duration(2 * day - minute, "floor"))).toBe("1 день 23 часа");
    expect(plain(duration(day + minute, "ceil"))).toBe("1 день 1 час");
  });
});
