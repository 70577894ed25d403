import type { CookieNames } from "../doors/cookies.ts";
import type { Doors } from "../doors/pages.ts";
import { addAccess } from "./access.ts";
import { addAudit } from "./audit.ts";
import { addControl } from "./control.ts";
import { addFindings } from "./findings.ts";
import { addHealth } from "./health.ts";
import { addInvite } from "./invite.ts";
import { addJournal } from "./journal/index.ts";
import { addNotices } from "./notices.ts";
import { addOverview } from "./overview.ts";
import { addOwn } from "./own.ts";
import { addPasses } from "./passes.ts";
import { addPeople } from "./people.ts";
import { addPhone } from "./phone.ts";
import { addPolicy } from "./policy.ts";
import { addSignIn } from "./sign-in.ts";
import { addToday } from "./today.ts";
import { addTraining } from "./training.ts";

export function addPages(doors: Doors, cookies: CookieNames): void {
  addSignIn(doors, cookies);
  addInvite(doors, cookies);
  addPhone(doors, cookies);
  addOwn(doors, cookies);
  addTraining(doors, cookies);
  addToday(doors);
  addOverview(doors);
  addFindings(doors);
  addJournal(doors);
  addControl(doors);
  addNotices(doors);
  addPasses(doors);
  addPolicy(doors);
  addPeople(doors);
  addAccess(doors);
  addAudit(doors);
  addHealth(doors);
}
