import type { JournalPageKey, ListedJournalPage } from "../../store/journal-pages.ts";

/** «51~12» or «51~12~1 группа»: how an address names a page of the journal. */
export const pageId = ({ classExternalId, subjectExternalId, group }: JournalPageKey): string =>
  [classExternalId, subjectExternalId, ...(group === "" ? [] : [group])].join("~");

export const pageAddress = (key: JournalPageKey): string => `/journal/${encodeURIComponent(pageId(key))}`;

/** Null where it cannot be one. */
export function pageKey(id: string): JournalPageKey | null {
  const [classExternalId = "", subjectExternalId = "", ...group] = id.split("~");
  if (classExternalId === "" || subjectExternalId === "" || id.length > 300 || /\p{Cc}/u.test(id)) return null;
  return { classExternalId, subjectExternalId, group: group.join("~") };
}

/** How the audit names it: a stroke in a group's name («1/2») does not part it. */
export const auditedPage = (id: string): string => `journal/${id.replaceAll("%", "%25").replaceAll("/", "%2F")}`;

/** The page that the audit names, by what stands behind «journal/». */
export const pageOfAudit = (part: string): JournalPageKey | null =>
  pageKey(part.replaceAll("%2F", "/").replaceAll("%25", "%"));

/** «7 А, Математика», «7 А, Английский язык, 1 группа» */
export const pageName = ({ className, subject, group }: Pick<ListedJournalPage, "className" | "subject" | "group">) =>
  [className, subject, ...(group === "" ? [] : [group])].join(", ");
