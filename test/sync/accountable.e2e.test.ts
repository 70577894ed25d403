import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { at, lesson, openScene, type Scene } from "./scene.ts";

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const [polev, lugova] = ["Полев Иван Ильич", "Лугова Анна Петровна"];
const holder = (teacherName: string | null, pupilExternalId?: string) => ({
  classExternalId: "5",
  subjectExternalId: "31",
  teacherName,
  ...(pupilExternalId === undefined ? {} : { pupilExternalId }),
});
const teachers = async () =>
  Object.fromEntries(
    (await scene.snapshot()).lessons.map(({ externalId, teacher }) => [externalId, teacher?.name ?? null]),
  );

describe("who answers for a lesson", () => {
  it("is who held the page on its day, whoever holds it now", async () => {
    const { journal } = scene;
    journal.lessons = ["05", "18", "20", "21"].map((day) => lesson(day, `2026-10-${day}`));
    await scene.pass("2026-10-05T12:00");
    journal.holders = [holder(lugova)];
    await scene.pass("2026-10-20T12:00");
    // Nobody knows on which day between the two passes the page changed hands.
    expect(await teachers()).toEqual({ "05": polev, "18": null, "20": lugova, "21": lugova });
    journal.holders = [holder(polev)];
    await scene.pass("2026-10-21T12:00");
    expect(await teachers()).toEqual({ "05": polev, "18": null, "20": lugova, "21": polev });
  });

  it("is nobody once the journal names no holder any longer", async () => {
    const { journal } = scene;
    journal.lessons = [lesson("1", "2026-10-05"), lesson("2", "2026-10-20")];
    await scene.pass("2026-10-05T12:00");
    journal.holders = [holder(null)];
    await scene.pass("2026-10-20T12:00");
    expect(await teachers()).toEqual({ 1: polev, 2: null });
  });

  it("is nobody where pupils of one page are told different holders", async () => {
    const { journal } = scene;
    journal.lessons = [
      lesson("1", "2026-10-05", { pupils: ["101"] }),
      lesson("2", "2026-10-05", { pupils: ["102", "103"] }),
    ];
    journal.holders = [holder(polev, "101"), holder(lugova, "102"), holder(lugova, "103")];
    await scene.pass("2026-10-05T12:00");
    await scene.pass("2026-10-05T15:00");
    expect(await teachers()).toEqual({ 1: null, 2: null });
    journal.holders = [holder("Новая Вера Ивановна", "101"), holder(lugova, "102"), holder(lugova, "103")];
    await scene.pass("2026-10-05T18:00");
    expect(await teachers()).toEqual({ 1: null, 2: null });
  });

  it("is the substitute of the diary, also when the computer had been off for weeks", async () => {
    const { journal } = scene;
    const { staff } = journal.directory;
    journal.directory = { ...journal.directory, staff: [...staff, { externalId: "8", name: lugova }] };
    journal.lessons = [lesson("1", "2026-10-06"), lesson("2", "2026-10-27")];
    await scene.pass("2026-10-05T12:00");
    journal.teachers.set("1", "8");
    await scene.pass("2026-10-27T12:00");
    expect(await teachers()).toEqual({ 1: lugova, 2: polev });
  });

  it("is not the holder where the diary tells of somebody whom no list names", async () => {
    const { journal } = scene;
    journal.lessons = [lesson("1", "2026-10-05"), lesson("2", "2026-10-05")];
    journal.teachers.set("1", "99");
    journal.teachers.set("2", "7");
    await scene.pass("2026-10-05T12:00");
    const told = (await scene.snapshot(at("2026-10-06T12:00"))).lessons.map(({ teacher }) => teacher);
    expect(told).toEqual([
      { externalId: "99", name: "Учитель № 99" },
      { externalId: "7", name: polev },
    ]);
  });

  it("is the holder where the account sees no list of staff and the diary tells of one teacher only", async () => {
    const { journal } = scene;
    journal.directory = { ...journal.directory, staff: [] };
    journal.lessons = [lesson("1", "2026-10-05"), lesson("2", "2026-10-05")];
    journal.teachers.set("1", "7");
    journal.teachers.set("2", "7");
    await scene.pass("2026-10-05T12:00");
    expect(await teachers()).toEqual({ 1: polev, 2: polev });
  });
});
