import { describe, expect, it } from "vitest";
import { samePerson } from "../../src/domain/same-person.ts";

describe("two spellings of a person's name", () => {
  it.each([
    ["Семёнова Мария Петровна", "Семенова М. П."],
    ["Семёнова Мария Петровна", "М.П. Семёнова"],
    ["Семёнова М.", "СЕМЁНОВА МАРИЯ ПЕТРОВНА"],
    ["Семёнова", "Семёнова Мария Петровна"],
    ["Римская-Корсакова Анна", "Римская-Корсакова А. И."],
  ])("may be the same: %s, %s", (one, other) => {
    expect(samePerson(one, other)).toBe(true);
    expect(samePerson(other, one)).toBe(true);
  });

  it.each([
    ["Семёнова Мария Петровна", "Семёнова А. П."],
    ["Семёнова Мария Петровна", "Семёнова Марина Петровна"],
    ["Семёнова Мария Петровна", "Сергеева Мария Петровна"],
    ["М. П. Семёнова", "А. П. Семёнова"],
  ])("are two people: %s, %s", (one, other) => {
    expect(samePerson(one, other)).toBe(false);
    expect(samePerson(other, one)).toBe(false);
  });
});
