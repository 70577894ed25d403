import type { Command } from "commander";
import { deliverDue } from "../../delivery/deliver.ts";
import type { LetterOrder } from "../../delivery/letter-order.ts";
import { sendLetters } from "../../delivery/send-letters.ts";
import { renderPlainLetter } from "../../documents/mail/plain-letter.ts";
import type { House } from "../../main.ts";
import { EXIT } from "../exit-code.ts";
import { sendNeeds, teachersNow, weekNow } from "../letters.ts";
import { printJson, type Tools } from "../tools.ts";

interface LetterOptions {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

interface Gathered {
  readonly orders: readonly LetterOrder[];
  readonly unreached: readonly string[];
}

/** `sverka mail teachers` and `sverka mail week`. */
export function addMailLetters(mail: Command, tools: Tools): void {
  const add = (name: string, description: string, gather: (house: House) => Promise<Gathered>) =>
    mail
      .command(name)
      .description(description)
      .option("--dry-run", "только показать, ничего не записывать и не отправлять")
      .option("--json", "итог одним документом JSON")
      .action(async (options: LetterOptions) => {
        const open = options.dryRun ? tools.lookAround : tools.withHouse;
        await open(async (house) => send(tools, house, await gather(house), options));
      });
  add(
    "teachers",
    "письма учителям: каждому своё, что осталось внести; тот же список дважды не уходит",
    async (house) => {
      const { orders, unreached } = await teachersNow(house);
      return { orders, unreached: unreached.map(({ teacher }) => teacher) };
    },
  );
  add(
    "week",
    "письма за прошлую неделю: сводка заместителю директора и посещаемость классным руководителям",
    async (house) => ({
      orders: await weekNow(house),
      unreached: [],
    }),
  );
}

async function send(
  tools: Tools,
  house: House,
  { orders, unreached }: Gathered,
  options: LetterOptions,
): Promise<void> {
  const { json } = options;
  if (options.dryRun) {
    const letters = orders.map(({ to, letter }) => {
      const { subject, text } = renderPlainLetter(letter);
      return { to, subject, text };
    });
    if (json) printJson(tools.stdout, { dryRun: true, unreached, letters });
    else tools.stdout.write(shown(letters, unreached));
    return;
  }
  const written = await sendLetters(sendNeeds(house), orders);
  const { store, mailer, clock, log } = house;
  const counts = await deliverDue({ store, mailer, clock, log, signal: tools.signal });
  if (json) printJson(tools.stdout, { written, unreached, ...counts, place: mailer.place });
  else
    tools.stdout.write(
      `Новых писем: ${written} из ${orders.length}. Отправлено ${counts.sent}, отложено ${counts.delayed}, отвергнуто ${counts.refused}. Куда: ${mailer.place}\n${missing(unreached)}`,
    );
  if (counts.delayed + counts.refused > 0) tools.end(EXIT.trouble);
}

function shown(
  letters: readonly { to: string; subject: string; text: string }[],
  unreached: readonly string[],
): string {
  const parts = letters.map(({ to, subject, text }) => `Кому: ${to}\nТема: ${subject}\n\n${text}`);
  return `${parts.length === 0 ? "Писать некому или не о чем.\n" : parts.join("----\n\n")}${missing(unreached)}`;
}

const missing = (unreached: readonly string[]) =>
  unreached.length === 0 ? "" : `Без адреса или без писем (config/people.yaml): ${unreached.join(", ")}.\n`;
