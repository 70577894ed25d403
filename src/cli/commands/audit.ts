import type { Command } from "commander";
import { counted } from "../../domain/notice/words.ts";
import { auditAfter, verifyAudit } from "../../store/access/audit.ts";
import { parseNumber } from "../arguments.ts";
import { EXIT } from "../exit-code.ts";
import { printJson, type Tools } from "../tools.ts";

const WHAT = { gap: "записи нет", link: "цепь разорвана", content: "запись изменена" } as const;

/** `sverka audit verify`: whether the journal of who did what is whole. */
export function addAudit(program: Command, tools: Tools): void {
  const audit = program.command("audit").description("журнал действий: кто, что и когда смотрел и менял");
  audit
    .command("export")
    .description("выгрузить журнал действий строками JSON, чтобы хранить его и на другом компьютере")
    .option("--after <номер>", "только записи после этой", parseNumber)
    .addHelpText("after", "\nКаждая строка несёт свой хеш и хеш прежней: копия проверяется и без этой базы.")
    .action(async ({ after = 0 }: { after?: number }) => {
      await tools.withHouse(async ({ store, school }) => {
        for await (const line of auditAfter(store, school.id, after)) tools.stdout.write(`${JSON.stringify(line)}\n`);
      });
    });
  audit
    .command("verify")
    .description("проверить, что в журнале действий ничего не изменили и не вынули")
    .option("--head <хеш>", "хеш, записанный при прошлой проверке: он должен найтись")
    .option("--json", "итог одним документом JSON")
    .addHelpText(
      "after",
      "\nЗапишите последний хеш на бумаге: с ним следующая проверка заметит и то, что отрезан конец журнала.",
    )
    .action(async ({ head, json }: { head?: string; json?: boolean }) => {
      await tools.withHouse(async ({ store, school }) => {
        const verified = await verifyAudit(store, school.id);
        const lost = head !== undefined && !verified.has(head);
        if (verified.found !== null || lost) tools.end(EXIT.trouble);
        if (json)
          return printJson(tools.stdout, {
            lines: verified.lines,
            head: verified.head,
            broken: verified.found,
            headFound: head === undefined ? null : !lost,
          });
        const lines = counted(verified.lines, "запись", "записи", "записей");
        const said =
          verified.found !== null
            ? `Журнал действий нарушен на записи № ${verified.found.number}: ${WHAT[verified.found.what]}. До неё верно: ${lines}. Сохраните копию базы и сообщите директору.`
            : lost
              ? `Цепь цела (${lines}), но записанного хеша в ней нет: конец журнала отрезан или это другая база.`
              : `Журнал действий цел: ${lines}. Последний хеш: ${verified.head}`;
        tools.stdout.write(`${said}\n`);
      });
    });
}
