import { textWorkbook } from "../documents/workbook/text-workbook.ts";
import { accountableName } from "../domain/accountable-name.ts";
import { titleOf } from "../domain/explanation/verdict.ts";
import { longDay } from "../domain/notice/words.ts";
import { STATUS_NAMES, VERDICT_NAMES } from "../domain/report/finding-words.ts";
import { moment } from "../domain/russian.ts";
import type { Store } from "../store/connect.ts";
import { type FindingQuery, readFindingsPage } from "../store/findings.ts";
import { listPupils } from "../store/pupils.ts";

/** More than a spreadsheet's reader wants, and less than would fill the memory. */
const MOST = 20_000;
const HEAD = ["День", "Класс", "Предмет", "Замечание", "Отвечает", "Срок", "Вывод", "Пункт", "№ ученика", "Состояние"];

const WIDTHS = [18, 10, 26, 50, 34, 30, 16, 22, 9, 14];

/** The findings that are asked for as XLSX; a pupil is called by the number in the class list. */
export async function exportFindings(
  { store, schoolId, zone }: { readonly store: Store; readonly schoolId: number; readonly zone: string },
  query: FindingQuery,
): Promise<{ readonly count: number; readonly xlsx: Uint8Array }> {
  const { findings } = await readFindingsPage(store, schoolId, query, { offset: 0, limit: MOST });
  const numbers = new Map((await listPupils(store, schoolId)).map(({ externalId, number }) => [externalId, number]));
  const rows = findings.map((finding) => [
    finding.lessonDate === null ? "" : longDay(finding.lessonDate),
    finding.className,
    finding.subject ?? "",
    titleOf(finding),
    accountableName(finding) ?? "",
    finding.dueAt === null ? "" : moment(finding.dueAt, zone),
    VERDICT_NAMES[finding.verdict],
    finding.clause,
    String(numbers.get(finding.pupilExternalId ?? "") ?? ""),
    STATUS_NAMES[finding.status],
  ]);
  return { count: findings.length, xlsx: await textWorkbook("Замечания", { head: HEAD, widths: WIDTHS, rows }) };
}
