import type { CookieNames } from "../doors/cookies.ts";
import type { Doors } from "../doors/pages.ts";
import { addFindings } from "./findings.ts";
import { addInvite } from "./invite.ts";
import { addOverview } from "./overview.ts";
import { addOwn } from "./own.ts";
import { addPasses } from "./passes.ts";
import { addPhone } from "./phone.ts";
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
  addPasses(doors);
}
