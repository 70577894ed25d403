import type { Command } from "commander";
import { composeDaily, previewDaily } from "../../delivery/compose-daily.ts";
import { deliverDue } from "../../delivery/deliver.ts";
import { SverkaError } from "../../domain/error.ts";
import { longDay } from "../../domain/notice/words.ts";
import { EXIT } from "../exit-code.ts";
import { dailyNeeds } from "../needs.ts";
import { printJson, type Tools } from "../tools.ts";
import { addMailLetters } from "./mail-letters.ts";

export function addMail(program: Command, tools: Tools): void {
  const mail = program
    .command("mail")
    .description("письмо заместителю директора за сегодня: составить и отправить; другие письма – ниже")
    .option("--dry-run", "только показать, ничего не записывать и не отправлять")
    .option("--json", "итог одним документом JSON")
    .addHelpText(
      "after",
      "\nВ один день письмо уходит один раз. SMTP_URL не задан – письма ложатся файлами .eml в папку данных, outbox.",
    )
    .action(async (options: { dryRun?: boolean; json?: boolean }) => {
      const open = options.dryRun ? tools.lookAround : tools.withHouse;
      await open(async (house) => {
        const needs = await dailyNeeds(house);
        if (options.dryRun) {
          const { subject, text } = await previewDaily(needs);
          const to = needs.recipients.join(", ") || "никому: адрес не задан (mail.deputyDirector в school.yaml)";
          if (options.json) printJson(tools.stdout, { dryRun: true, to: needs.recipients, subject, text });
          else tools.stdout.write(`Кому: ${to}\nТема: ${subject}\n\n${text}\n`);
          return;
        }
        if (needs.recipients.length === 0) {
          throw new SverkaError(
            "configuration",
            "mail-recipient",
            "Не задано, кому писать: впишите адрес заместителя директора в school.yaml (mail: deputyDirector) или посмотрите письмо с --dry-run.",
          );
        }
        const { day, enqueued } = await composeDaily(needs);
        const counts = await deliverDue({
          store: house.store,
          mailer: house.mailer,
          clock: house.clock,
          log: house.log,
          signal: tools.signal,
        });
        if (options.json) printJson(tools.stdout, { day, enqueued, ...counts, place: house.mailer.place });
        else {
          tools.stdout.write(
            enqueued > 0
              ? `Письмо за ${longDay(day)} составлено.\n`
              : `Письмо за ${longDay(day)} уже составлено раньше, второго не будет.\n`,
          );
          tools.stdout.write(
            `Отправлено ${counts.sent}, отложено ${counts.delayed}, отвергнуто ${counts.refused}. Куда: ${house.mailer.place}\n`,
          );
        }
        if (counts.delayed + counts.refused > 0) tools.end(EXIT.trouble);
      });
    });
  addMailLetters(mail, tools);
}
