import type { ImportDirectory } from "../../../src/domain/import/lookup.ts";

const pupil = (externalId: string, fullName: string, classExternalId: string, gone = false) => ({
  externalId,
  fullName,
  classExternalId,
  gone,
});

/** A small school of nobody; two pupils of 5 Б share a name, two teachers fit «Полева М. И.». */
export const sampleDirectory: ImportDirectory = {
  classes: [
    { externalId: "51", name: "5 А" },
    { externalId: "52", name: "5 Б" },
    { externalId: "101", name: "10 А" },
  ],
  subjects: [
    { externalId: "31", name: "Математика" },
    { externalId: "32", name: "Русский язык" },
    { externalId: "33", name: "Иностранный язык (английский)" },
  ],
  staff: [
    { externalId: "7", name: "Лугова Анна Петровна" },
    { externalId: "8", name: "Полева Мария Ивановна" },
    { externalId: "9", name: "Полева Майя Игоревна" },
    { externalId: "10", name: "Ручьёв Пётр Ильич" },
  ],
  pupils: [
    pupil("20001", "Берёзкин Егор Львович", "51"),
    pupil("20002", "Клёнова Анна Ильинична", "51"),
    pupil("20003", "Рощин Лев Глебович", "52"),
    pupil("20004", "Рощин Лев Глебович", "52"),
    pupil("20005", "Тихонова-Зарева Яна Петровна", "52"),
    pupil("20006", "Снегова Дарья Львовна", "51", true),
  ],
};
