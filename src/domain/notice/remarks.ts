import type { IsoDate } from "../time.ts";
import type { NoticeFacts } from "./facts.ts";
import { isAddedEntry, isAddedMessage } from "./news.ts";
import type { Notice } from "./notice.ts";
import { counted, line, shortDay } from "./words.ts";

const mostRemarks = 12;

/** Messages and comments on marks: those of the span, and earlier ones that came into the journal in it. Oldest first. */
export function composeRemarks(facts: NoticeFacts): Pick<Notice, "remarks" | "moreRemarks"> {
  const said = [
    ...facts.messages
      .filter((message) => inSpan(message, facts) || isAddedMessage(message, facts))
      .map(({ date, text, subject, author }) => ({ date, text, from: [author, subject] })),
    ...facts.entries
      .filter((entry) => entry.comment !== null && (inSpan(entry, facts) || isAddedEntry(entry, facts)))
      .map(({ date, comment, subject }) => ({ date, text: comment ?? "", from: [subject, "к отметке в журнале"] })),
  ]
    .filter(({ text }) => line(text, 1) !== "")
    .sort((one, other) => (one.date < other.date ? -1 : one.date > other.date ? 1 : 0));
  const left = said.length - mostRemarks;
  return {
    remarks: said.slice(0, mostRemarks).map(({ date, text, from }) => ({
      date: shortDay(date),
      from: from.flatMap((part) => (part === null ? [] : [line(part, 60)])).join(", "),
      text: line(text, 400),
    })),
    moreRemarks:
      left <= 0 ? null : `И ещё ${counted(left, "запись", "записи", "записей")}: их покажет классный руководитель.`,
  };
}

function inSpan({ date }: { readonly date: IsoDate }, { span }: NoticeFacts): boolean {
  return span.from <= date && date <= span.to;
}
