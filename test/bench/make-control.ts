// A process of its own, started by `control.ts`: `prepare` checks the school as the service does; `ours` makes the control anew with all its documents and
// letters; `rival` makes a pdfkit document of each teacher's part.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { folderFiles } from "../../adapters/files/folder-files.ts";
import { checkSchool } from "../../src/control/check-school.ts";
import { conclude, makeControl } from "../../src/control/monthly-control.ts";
import { controlLetters, controlPapers, filePapers, publishControl } from "../../src/control/publish-control.ts";
import { peopleOf } from "../../src/domain/control/document.ts";
import { defaultSettings } from "../../src/domain/settings.ts";
import { connectStore } from "../../src/store/connect.ts";
import { schoolById } from "../../src/store/schools.ts";

const NOW = Date.parse("2027-06-01T08:00:00+03:00");
const MONTH = "2027-05";
const [folder = ".", what = "ours"] = process.argv.slice(2);
const { policy, calendar, mapping } = defaultSettings;

const store = connectStore(process.env.DATABASE_URL ?? "");
const told = { documents: 0, letters: 0, cases: 0, pages: 0 };
try {
  const school = await schoolById(store, 1);
  const needs = { store, policy, calendar, mapping, school, simulation: false, now: NOW };
  if (what === "prepare") await checkSchool(needs, school, Date.parse("2027-05-31T22:00:00+03:00"));
  if (what === "ours") {
    await store.pool.query("TRUNCATE control, delivery CASCADE");
    await makeControl(needs, MONTH);
    const control = await conclude(needs, MONTH, null);
    const papers = await controlPapers(control);
    await filePapers(folderFiles, folder, control, papers);
    const people = peopleOf(control.facts).map((name, index) => {
      return { name, address: `teacher-${index}@school.example`, mail: "daily" as const };
    });
    const publish = {
      ...{ store, schoolId: 1, sender: "sverka@school.example", deputyDirector: "zavuch@school.example" },
      ...{ people, thanks: true, now: NOW },
    };
    const { letters } = controlLetters(control, papers, publish);
    told.letters = await publishControl(publish, control, letters);
    told.documents = 2;
    told.cases = control.facts.cases.length;
    told.pages = [
      ...Buffer.from(papers.pdf)
        .toString("latin1")
        .matchAll(/\/Type\s*\/Page\b/g),
    ].length;
  }
  if (what === "rival") {
    const { teacherDocument } = await import("./pdfkit-control.ts");
    const { facts } = await makeControl(needs, MONTH);
    for (const teacher of peopleOf(facts)) {
      writeFileSync(join(folder, `${told.documents}.pdf`), await teacherDocument(facts, teacher));
      told.documents += 1;
    }
  }
} finally {
  await store.close();
}
process.stdout.write(JSON.stringify(told));
