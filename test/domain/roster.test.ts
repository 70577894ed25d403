import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type KnownPlace, type ListedPlace, rosterChanges } from "../../src/domain/roster.ts";

const mass = { share: 0.2, count: 10 };
const changes = (known: readonly KnownPlace[], listed: readonly ListedPlace[], leavingBelieved = true) =>
  rosterChanges(known, listed, { leavingBelieved, mass }).map(({ kind, pupilExternalId, from, to }) =>
    [kind, pupilExternalId, from, to].join(" "),
  );
const at = (externalId: string, classExternalId: string | null, gone = false) => ({
  externalId,
  classExternalId,
  gone,
});
const class5 = Array.from({ length: 30 }, (_, i) => at(String(100 + i), "5"));

describe("changes of class lists", () => {
  it("are none in the very first list", () => {
    expect(changes([], class5)).toEqual([]);
  });

  it("tell who joined, left, moved and came back", () => {
    const known = [...class5, at("7", "6", true), at("8", "6")];
    const listed = [...class5.slice(1), at("7", "6"), at("8", "7"), at("9", "5")];
    expect(changes(known, listed)).toEqual(["joined 7  6", "moved 8 6 7", "joined 9  5", "left 100 5 "]);
  });

  it("are none for a pupil whose class could not be asked", () => {
    expect(
      changes(
        class5,
        class5.map((pupil) => ({ ...pupil, classExternalId: null })),
      ),
    ).toEqual([]);
  });

  it("wait for the class of a newcomer that could not be asked, and take it for no move", () => {
    expect(changes(class5, [...class5, at("9", null)])).toEqual(["joined 9  "]);
    expect(changes([...class5, at("9", null)], [...class5, at("9", "5")])).toEqual(["placed 9  5"]);
  });

  it("count nobody as gone when the list is doubted", () => {
    expect(changes(class5, class5.slice(20), false)).toEqual([]);
  });

  it("are none when a new school year moves everybody, or a list had been incomplete", () => {
    expect(
      changes(
        class5,
        class5.map((pupil) => ({ ...pupil, classExternalId: "6" })),
      ),
    ).toEqual([]);
    expect(changes(class5.slice(0, 3), class5)).toEqual([]);
  });

  it("are none when nothing changed, and lead from the one list to the other", () => {
    const list = fc.uniqueArray(
      fc.record({ externalId: fc.constantFrom("1", "2", "3", "4", "5"), classExternalId: fc.constantFrom("5", "6") }),
      {
        selector: (pupil) => pupil.externalId,
        minLength: 1,
      },
    );
    fc.assert(
      fc.property(list, list, (before, after) => {
        const known = before.map((pupil) => ({ ...pupil, gone: false }));
        expect(changes(known, before)).toEqual([]);
        const places = new Map<string, string>(before.map((pupil) => [pupil.externalId, pupil.classExternalId]));
        for (const change of rosterChanges(known, after, { leavingBelieved: true, mass })) {
          if (change.kind === "left") places.delete(change.pupilExternalId);
          else places.set(change.pupilExternalId, change.to ?? "");
        }
        expect([...places].sort()).toEqual(after.map((pupil) => [pupil.externalId, pupil.classExternalId]).sort());
      }),
    );
  });
});
