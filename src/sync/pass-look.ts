import type { Look, Trouble } from "../domain/alerts/alert.ts";
import { SverkaError } from "../domain/error.ts";
import type { SyncResult } from "./sync-school.ts";

const MOST_PLACES = 3;

/** What an ended pass tells of troubles. Pure. */
export function lookAfterPass(result: SyncResult): Look {
  const { build, oddities, troubles, pagesFailed, quarantined } = result;
  const count = (code: string) => troubles.filter((trouble) => trouble.code === code).length;
  const placesOf = (code: string) => places(troubles.filter((trouble) => trouble.code === code));
  const refused = count("rows-refused");
  const unread = [
    ...(pagesFailed > 0 ? [`Не получено страниц: ${pagesFailed}${placesOf("page-failed")}.`] : []),
    ...(refused > 0 ? [`Страниц с непонятными строками: ${refused}${placesOf("rows-refused")}.`] : []),
  ];
  const held = [
    ...(quarantined > 0 ? [`Задержано страниц: ${quarantined}${placesOf("page-quarantined")}.`] : []),
    ...(count("roster-quarantined") > 0 ? ["Из списка исчезло сразу много учеников, никто не отмечен выбывшим."] : []),
  ];
  return {
    "journal-refused": [],
    "pass-failed": [],
    "pages-unread": whole(unread),
    "facts-held": whole(held),
    // A start page that does not name its build says nothing about the build.
    ...(build === null ? {} : { "build-unknown": build.known ? [] : [{ subject: build.version, detail: "" }] }),
    "journal-odd": oneOfAction(oddities.filter(({ code }) => code !== "build-unknown")),
  };
}

/** What a pass tells that was ended by an error. That another pass is under way is no trouble. Pure. */
export function lookAfterFailure(error: unknown): Look {
  const code = error instanceof SverkaError ? error.code : null;
  if (code === "pass-running") return {};
  if (code === "journal-refused") return { "journal-refused": [{ subject: "", detail: "" }] };
  const detail = error instanceof SverkaError ? error.message : "Причина – непредвиденная ошибка программы.";
  return { "pass-failed": [{ subject: "", detail }] };
}

/** « (класс 105, ученик 20017; …)»: by the journal's own ids, so that somebody may look there. */
function places(troubles: SyncResult["troubles"]): string {
  const named = troubles.flatMap(({ classExternalId, pupilExternalId }) =>
    classExternalId === undefined ? [] : [`класс ${classExternalId}, ученик ${pupilExternalId ?? "–"}`],
  );
  const distinct = [...new Set(named)];
  if (distinct.length === 0) return "";
  return ` (номера в журнале: ${distinct.slice(0, MOST_PLACES).join("; ")}${distinct.length > MOST_PLACES ? " и другие" : ""})`;
}

function whole(sentences: readonly string[]): Trouble[] {
  return sentences.length === 0 ? [] : [{ subject: "", detail: sentences.join(" ") }];
}

/** One trouble for an action and what is odd about it, however many pupils it strikes. */
function oneOfAction(oddities: SyncResult["oddities"]): Trouble[] {
  const byAction = new Map(
    oddities.map(({ code, where, sentence }) => {
      const action = where.split(",")[0] ?? where;
      return [`${code} ${action}`, `${sentence} (${action})`] as const;
    }),
  );
  return [...byAction].map(([subject, detail]) => ({ subject, detail }));
}
