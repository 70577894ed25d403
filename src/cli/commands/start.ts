import type { Command } from "commander";
import { firstCode } from "../../access/accounts.ts";
import { startService } from "../../service.ts";
import { accessNeeds, invitationPlace } from "../needs.ts";
import type { Tools } from "../tools.ts";
import { linkOf } from "./accounts.ts";

export function addStart(program: Command, tools: Tools): void {
  program
    .command("start")
    .description("включить службу: часы, очередь и страницу http://127.0.0.1:3000")
    .addHelpText(
      "after",
      "\nОстановить: Ctrl+C или сигнал SIGTERM; начатая страница журнала дописывается, всё остальное продолжит следующий запуск.",
    )
    .action(() => run(tools, { clock: true, web: true }));
  program
    .command("worker")
    .description("только исполнять задания очереди: ещё один работник на этом или другом компьютере")
    .action(() => run(tools, { clock: false, web: false }));
}

async function run(tools: Tools, parts: { clock: boolean; web: boolean }): Promise<void> {
  await tools.withHouse(async (house) => {
    const service = await startService(house, parts);
    if (service.address !== null) {
      tools.stdout.write(`Страница: ${house.environment.address ?? service.address}\n`);
      const first = await firstCode(accessNeeds(house));
      if (first !== null) {
        const link = linkOf(await invitationPlace(house, service.address), first.code);
        tools.stdout.write(`Первый вход ответственного за работу, одноразовая ссылка: ${link}\n`);
      }
    }
    tools.stdout.write(
      parts.clock ? "Служба работает. Остановить: Ctrl+C.\n" : "Работник ждёт заданий. Остановить: Ctrl+C.\n",
    );
    if (!tools.signal.aborted)
      await new Promise<void>((resolve) => tools.signal.addEventListener("abort", () => resolve(), { once: true }));
    await service.stop();
  });
}
