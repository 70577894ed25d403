import { type Command, InvalidArgumentError, Option } from "commander";
import { previewWaiver, revoke, type WaiveNeeds, waive } from "../../control/waive.ts";
import { SverkaError } from "../../domain/error.ts";
import type { RuleId, StoredFinding } from "../../domain/finding.ts";
import { counted } from "../../domain/notice/words.ts";
import { RULES, ruleOf, SCHOOL_RULES } from "../../domain/rules/catalogue.ts";
import { type IsoDate, isoWithOffset } from "../../domain/time.ts";
import { type Cover, holdsAt, type Waiver } from "../../domain/waiver.ts";
import type { House } from "../../main.ts";
import { listFindings } from "../../store/findings.ts";
import { listWaivers } from "../../store/waivers.ts";
import { parseDay } from "../arguments.ts";
import { oneFinding } from "../one-finding.ts";
import { printJson, type Tools } from "../tools.ts";

interface WaiveOptions {
  readonly person?: string;
  readonly from?: IsoDate;
  readonly to?: IsoDate;
  readonly rules?: readonly RuleId[];
  readonly reason: string;
  readonly author: string;
  readonly until?: IsoDate;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export function addWaive(program: Command, tools: Tools): void {
  program
    .command("waive")
    .description("снять замечание, или все замечания человека за дни болезни, сбоя, отключения света")
    .argument("[замечание]", "номер замечания или его начало; без него – --person, --from и --to")
    .option("--person <имя>", "учитель, как он назван в замечаниях")
    .addOption(
      new Option("--from <день>", "первый день: по дню урока или по дню, когда кончился срок").argParser(parseDay),
    )
    .addOption(new Option("--to <день>", "последний день").argParser(parseDay))
    .addOption(
      new Option("--rules <правила>", "только эти правила, через запятую; без них – все").argParser(parseRules),
    )
    .requiredOption("--reason <текст>", "почему снимается")
    .requiredOption("--author <имя>", "кто снимает: фамилия и должность")
    .addOption(
      new Option("--until <день>", "последний день действия: потом замечания откроются снова").argParser(parseDay),
    )
    .option("--dry-run", "только показать, что будет снято")
    .option("--json", "итог одним документом JSON")
    .addHelpText(
      "after",
      "\nСнятие ничего не стирает: кто, когда и почему снял, остаётся в истории замечания. Отменить: «sverka unwaive».",
    )
    .action(async (id: string | undefined, options: WaiveOptions) => {
      const open = options.dryRun ? tools.lookAround : tools.withHouse;
      await open(async (house) => {
        const needs = needsOf(house);
        const covers = await coverOf(house, id, options);
        if (options.dryRun) return told(tools, options, null, await previewWaiver(needs, covers));
        const { reason, author, until } = options;
        const { waiver, findings } = await waive(needs, { covers, reason, author, expiresOn: until ?? null });
        told(tools, options, waiver, findings);
      });
    });
  program
    .command("unwaive")
    .description("отменить снятие: его замечания откроются снова")
    .argument("<снятие>", "номер снятия из «sverka waivers»", parseNumber)
    .requiredOption("--author <имя>", "кто отменяет: фамилия и должность")
    .option("--json", "итог одним документом JSON")
    .action(async (id: number, options: { author: string; json?: boolean }) => {
      await tools.withHouse(async (house) => {
        const { findings } = await revoke(needsOf(house), { id, author: options.author });
        if (options.json) printJson(tools.stdout, { waiver: id, reopened: findings.map((finding) => finding.id) });
        else
          tools.stdout.write(
            `Снятие № ${id} отменено, открылось снова: ${counted(findings.length, "замечание", "замечания", "замечаний")}.\n`,
          );
      });
    });
  program
    .command("waivers")
    .description("все снятия: что, кто, когда и почему")
    .option("--json", "одним документом JSON")
    .action(async (options: { json?: boolean }) => {
      await tools.lookAround(async (house) => {
        const waivers = await listWaivers(house.store.pool, house.school.id);
        if (options.json) return printJson(tools.stdout, waivers);
        tools.stdout.write(
          waivers.length === 0 ? "Снятий нет.\n" : waivers.map((one) => `${lineOf(house, one)}\n`).join(""),
        );
      });
    });
}

const needsOf = ({ store, school, clock }: House): WaiveNeeds => ({ store, school, at: clock.now() });

async function coverOf(
  house: House,
  id: string | undefined,
  { person, from, to, rules }: WaiveOptions,
): Promise<Cover> {
  if (id !== undefined && person === undefined) return { kind: "finding", findingId: (await oneFinding(house, id)).id };
  if (id !== undefined || person === undefined || from === undefined || to === undefined || from > to) {
    throw new SverkaError(
      "input",
      "waiver-options",
      'Назовите либо номер замечания, либо человека и дни по порядку: sverka waive --person "Фамилия И. О." --from 2026-10-05 --to 2026-10-09 …',
    );
  }
  return { kind: "span", person: await knownPerson(house, person), span: { from, to }, rules: rules ?? [] };
}

/** The person as findings name them: a span that matches nobody by a slip of the pen would look like a waiver and be none. */
async function knownPerson({ store, school }: House, name: string): Promise<string> {
  const names = new Set((await listFindings(store, school.id)).flatMap(({ accountable }) => accountable?.name ?? []));
  const plain = (text: string) => text.toLowerCase().replaceAll("ё", "е").replace(/\s+/g, " ").trim();
  const meant = [...names].filter((known) => plain(known).startsWith(plain(name)));
  const [only, another] = meant;
  if (only !== undefined && another === undefined) return only;
  const exact = meant.find((known) => plain(known) === plain(name));
  if (exact !== undefined) return exact;
  throw new SverkaError(
    "input",
    "waiver-person",
    only === undefined
      ? "За этим человеком замечаний нет: напишите имя так, как в письме или в «sverka check»."
      : `Так начинаются имена ${meant.length} человек: напишите имя полностью.`,
  );
}

function parseRules(text: string): RuleId[] {
  const known: readonly string[] = [...RULES, ...SCHOOL_RULES].map(({ id }) => id);
  const rules = text.split(",").map((one) => one.trim());
  const strange = rules.find((rule) => !known.includes(rule));
  if (strange !== undefined) throw new InvalidArgumentError(`Правила «${strange}» нет. Есть: ${known.join(", ")}.`);
  return rules as RuleId[];
}

function parseNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text))
    throw new InvalidArgumentError(`«${text}» – не номер снятия: список покажет «sverka waivers».`);
  return Number(text);
}

function told(tools: Tools, options: WaiveOptions, waiver: number | null, findings: readonly StoredFinding[]): void {
  if (options.json) {
    printJson(tools.stdout, { waiver, findings: findings.map((finding) => finding.id) });
    return;
  }
  const count = counted(findings.length, "замечание", "замечания", "замечаний");
  const lines = findings
    .slice(0, 20)
    .map(
      (one) =>
        `  ${one.id}  ${ruleOf(one.rule).words.name}  ${one.className}  ${one.lessonDate ?? ""}  ${one.subject ?? ""}\n`,
    );
  const more = findings.length > 20 ? `  … и ещё ${findings.length - 20}\n` : "";
  const head = waiver === null ? `Будет снято ${count}:\n` : `Снятие № ${waiver}: снято ${count}.\n`;
  tools.stdout.write(`${head}${lines.join("")}${more}`);
}

function lineOf({ school: { zone }, clock }: House, waiver: Waiver): string {
  const { covers, id, author, reason, madeAt, expiresOn, revokedAt, revokedBy } = waiver;
  const what =
    covers.kind === "finding"
      ? `замечание ${covers.findingId}`
      : `${covers.person}, ${covers.span.from} – ${covers.span.to}${covers.rules.length > 0 ? `, ${covers.rules.join(", ")}` : ""}`;
  const ended =
    revokedAt !== null ? `; отменил(а) ${revokedBy}` : holdsAt(waiver, clock.now(), zone) ? "" : "; срок кончился";
  return `№ ${id}  ${isoWithOffset(madeAt, zone).slice(0, 10)}  ${what}. ${reason}. Снял(а): ${author}${expiresOn === null ? "" : `, до ${expiresOn}`}${ended}.`;
}
