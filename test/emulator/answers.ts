import type { EpochMs } from "../../src/domain/time.ts";
import type { Account } from "./accounts.ts";
import type { EmulatedSchool } from "./school/model.ts";
import { ACTIONS } from "./wire/actions.ts";
import { isAnswerable, type Version } from "./wire/question.ts";
import { createView } from "./wire/view.ts";

/** What `/act/<ACTION>` answers to whom. Bodies of the two long actions are kept as long as nothing in them changes. */
export function createAnswers(school: EmulatedSchool, version: Version, now: () => EpochMs) {
  const view = createView(school);
  const bodies = new Map<string, { state: string; body: Buffer }>();
  return {
    to(account: Account, name: string, params: URLSearchParams): Buffer {
      const action = ACTIONS[name];
      const question = {
        view,
        version,
        at: now(),
        viewer: account.viewer,
        params: Object.fromEntries(params),
        ids: params.getAll("ids"),
      };
      if (action === undefined || !isAnswerable(question, action)) return Buffer.from("[]");
      const state = action.state?.(question);
      if (state === undefined) return Buffer.from(action.answer(question));
      const key = `${account.userId}/${name}/${params.get("cls")}/${name === "GET_STUDENT_LESSONS" ? state.split("/")[1] : params.get("student")}`;
      const kept = bodies.get(key);
      if (kept?.state === state) return kept.body;
      const body = Buffer.from(action.answer(question));
      bodies.set(key, { state, body });
      return body;
    },
  };
}
