import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLookup } from "../../../src/domain/import/lookup.ts";
import { nameFits, sameName } from "../../../src/domain/import/names.ts";
import { defaultImportSettings } from "../../../src/domain/import/settings.ts";
import { sampleDirectory } from "./sample.ts";

const lookup = createLookup(sampleDirectory, defaultImportSettings);
const id = (found: { readonly value: { readonly externalId: string } } | { readonly reason: string }) =>
  "value" in found ? found.value.externalId : found.reason;

describe("a name as lists write it", () => {
  const full = "Иванова-Ёлкина Мария Петровна";
  it.each([
    "Иванова-Елкина М. П.",
    "М. П. Иванова-Ёлкина",
    "М.П.Иванова-Ёлкина",
    "иванова-ёлкина мария",
    "ИВАНОВА - ЁЛКИНА МАРИЯ ПЕТРОВНА",
    "Иванова-Ёлкина",
  ])("%s fits", (written) => {
    expect(nameFits(written, full)).toBe(true);
  });
  it.each([
    "Иванова М. П.",
    "Иванова-Ёлкина П. М.",
    "Иванова-Ёлкина Марина",
    "Мария Петровна",
    "",
    "Иванова-Ёлкина Мария Петровна Младшая",
  ])("%j does not", (written) => {
    expect(nameFits(written, full)).toBe(false);
  });

  it("fits whenever it says less than the whole", () => {
    const word = fc.stringMatching(/^[А-Я][а-я]{1,8}$/);
    fc.assert(
      fc.property(word, word, word, (surname, name, patronymic) => {
        const whole = `${surname} ${name} ${patronymic}`;
        for (const less of [
          whole,
          `${surname} ${name}`,
          `${surname} ${name[0]}.${patronymic[0]}.`,
          `${name[0]}. ${patronymic[0]}. ${surname}`,
        ])
          expect([less, nameFits(less, whole)]).toEqual([less, true]);
        expect(sameName(whole.toUpperCase(), whole)).toBe(true);
      }),
    );
  });
});

describe("what a row names", () => {
  it("is a class however it is written", () => {
    expect(["5 А", "5а", "5-А", "5 A", "5 А класс", "10а кл."].map((name) => id(lookup.class(name)))).toEqual([
      "51",
      "51",
      "51",
      "51",
      "51",
      "101",
    ]);
  });

  it("is a subject by its name or a short form, the first that the journal has", () => {
    expect(["МАТЕМАТИКА", "матем.", "Рус. яз.", "английский"].map((name) => id(lookup.subject(name)))).toEqual([
      "31",
      "31",
      "32",
      "33",
    ]);
    expect(id(lookup.subject("алг."))).toContain("в журнале нет");
  });

  it("is a pupil of the class, never one of two namesakes", () => {
    expect(id(lookup.pupilByName("березкин егор", "51"))).toBe("20001");
    expect(id(lookup.pupilByName("Берёзкин Егор", "52"))).toContain("нет");
    expect(id(lookup.pupilByName("Рощин Лев", "52"))).toContain("20003, 20004");
    expect(id(lookup.pupilByName("Тихонова-Зарева Я. П.", null))).toBe("20005");
  });

  it("is a teacher where exactly one fits", () => {
    expect(lookup.person("Полева М. И.")).toEqual({ person: null, several: true });
    expect(lookup.person("Полева Майя").person?.externalId).toBe("9");
    expect(lookup.person("Ручьев П.И.").person?.externalId).toBe("10");
    expect(lookup.person("Неизвестнова О. О.")).toEqual({ person: null, several: false });
  });
});
