import type { Settings } from "../../src/domain/settings.ts";
import type { EmulatedSchool } from "../emulator/index.ts";

/** The shipped settings, with what a school would fill in: addresses, families on paper, and how class teachers are reached. */
export function demoSettings(settings: Settings, school: EmulatedSchool): Settings {
  const { mail } = settings.school;
  return {
    ...settings,
    school: {
      ...settings.school,
      name: null,
      mail: {
        ...mail,
        deputyDirector: "zavuch@school.example",
        administrator: "admin@school.example",
        sender: "sverka@school.example",
      },
    },
    // One of them has no address, and is reached by the sheet that comes with the deputy director's letter.
    people: school.staff
      .slice(1)
      .map(({ id, name }) => ({ name, address: `teacher-${id}@school.example`, mail: "daily" })),
    paper: {
      contacts: school.classes.map(({ name }, i) => ({ class: name, contact: `тел. 8 (000) 000-00-${10 + i}` })),
      families: school.pupils
        .filter((pupil) => pupil.paper)
        .map((pupil, i) => ({ pupil: pupil.id, largePrint: i % 5 === 4, plain: i % 5 === 3 })),
    },
  };
}
