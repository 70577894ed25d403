import { describe, expect, it } from "vitest";
import { ACTIONS, rowOf } from "../../../src/domain/access/matrix.ts";
import { may, reachOf, type Who, within } from "../../../src/domain/access/may.ts";
import { ROLES, type Role } from "../../../src/domain/access/roles.ts";

const who = (role: Role, other: Partial<Who> = {}): Who => ({
  accountId: 1,
  roles: [role],
  staffName: "Лугова А. П.",
  ownClasses: ["5a"],
  entitled: false,
  ...other,
});
const own = { classExternalId: "7b", holders: ["Лугова А. П."] };
const ownClass = { classExternalId: "5a", holders: ["Полев И. И."] };
const foreign = { classExternalId: "7b", holders: ["Полев И. И."] };

describe("the matrix", () => {
  it("knows no pupil (Порядок, п. 2.1)", () => {
    expect(ROLES).toEqual(["administrator", "director", "deputy", "class-teacher", "subject-teacher"]);
  });

  it("lets a subject teacher see own pages only", () => {
    expect([own, ownClass, foreign].map((thing) => may(who("subject-teacher"), "findings.see", thing))).toEqual([
      true,
      false,
      false,
    ]);
    expect(may(who("subject-teacher"), "findings.waive", own)).toBe(false);
  });

  it("lets a class teacher see own class and own pages", () => {
    expect([own, ownClass, foreign].map((thing) => may(who("class-teacher"), "journal.see", thing))).toEqual([
      true,
      true,
      false,
    ]);
    expect([own, ownClass].map((thing) => may(who("class-teacher"), "notices.work", thing))).toEqual([false, true]);
  });

  it("lets a deputy director see and waive all", () => {
    for (const thing of [own, ownClass, foreign, {}]) expect(may(who("deputy"), "findings.waive", thing)).toBe(true);
  });

  it("gives the administrator the machinery but no marks, unless the director's list says so (п. 2.4)", () => {
    const plain = who("administrator");
    expect([may(plain, "passes.work"), may(plain, "queues.work"), may(plain, "import.work")]).toEqual([
      true,
      true,
      true,
    ]);
    for (const action of ["findings.see", "journal.see", "notices.see"] as const) {
      expect(reachOf(plain, action)?.all ?? false).toBe(false);
      expect(may(plain, action, foreign)).toBe(false);
      expect(may(who("administrator", { entitled: true }), action, foreign)).toBe(true);
    }
  });

  it("lets only the director accept the policy, keep the list and promote", () => {
    for (const action of ["policy.accept", "entitlements.work", "people.promote", "audit.export"] as const)
      expect(ROLES.filter((role) => may(who(role), action))).toEqual(["director"]);
  });

  it("reaches another's account by no right of one's own", () => {
    for (const role of ROLES) {
      expect(may(who(role), "own.see", { accountId: 1 })).toBe(true);
      expect(may(who(role), "own.see", { accountId: 2 })).toBe(false);
    }
  });

  it("gives nothing without a role, and nothing by a name that the journal does not know", () => {
    for (const action of ACTIONS) expect(may({ ...who("deputy"), roles: [] }, action)).toBe(false);
    const unknown = who("class-teacher", { staffName: null, ownClasses: [] });
    for (const thing of [own, ownClass, foreign, {}]) expect(may(unknown, "findings.see", thing)).toBe(false);
  });

  it("adds up duties: two roles reach what either does", () => {
    for (const action of ACTIONS) {
      for (const thing of [own, ownClass, foreign, { accountId: 1 }, {}]) {
        const both = may({ ...who("administrator"), roles: ["administrator", "class-teacher"] }, action, thing);
        expect(both).toBe(may(who("administrator"), action, thing) || may(who("class-teacher"), action, thing));
      }
    }
  });

  it("has a row for each action, and each list is cut as its things are asked", () => {
    for (const action of ACTIONS) {
      expect(Object.keys(rowOf(action)).length).toBeGreaterThan(0);
      for (const role of ROLES) {
        const reach = reachOf(who(role), action);
        for (const thing of [own, ownClass, foreign])
          expect(may(who(role), action, thing)).toBe(reach !== null && within(reach, thing));
      }
    }
  });
});
