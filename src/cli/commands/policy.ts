import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { policyFile } from "../../../adapters/files/policy-file.ts";
import { readYaml } from "../../../adapters/files/yaml-file.ts";
import { policyDifference } from "../../control/compare-policies.ts";
import { SverkaError } from "../../domain/error.ts";
import type { Policy } from "../../domain/policy.ts";
import type { PolicyDifference } from "../../domain/policy-difference.ts";
import { ruleOf } from "../../domain/rules/catalogue.ts";
import type { House } from "../../main.ts";
import { latestKnown } from "../latest-known.ts";
import { acceptFile, rulingPolicy } from "../policy.ts";
import { checkNeeds, schoolNow } from "../school.ts";
import { printJson, type Tools } from "../tools.ts";

/** What stands for the accepted policy, and for the school's own file, in `policy diff`. */
const ACCEPTED = "действует";
const CONFIGURED = "файл";

export function addPolicy(program: Command, tools: Tools): void {
  const policy = program.command("policy").description("порядок проверки: числа приказа № 204, как их читает школа");
  policy
    .command("diff")
    .description("показать, какие замечания появились бы и исчезли при другом порядке, ничего не меняя")
    .argument("[было]", `файл порядка или «${ACCEPTED}» – тот, что действует`, ACCEPTED)
    .argument("[стало]", `файл порядка или «${CONFIGURED}» – config/policy/order-204.yaml`, CONFIGURED)
    .option("--json", "итог одним документом JSON")
    .action(async (before: string, after: string, options: { json?: boolean }) => {
      await tools.lookAround(async (house) => {
        const policies = { before: await policyNamed(house, before), after: await policyNamed(house, after) };
        const { calendar, mapping } = await checkNeeds(house);
        const needs = { store: house.store, calendar, mapping, school: await schoolNow(house) };
        const difference = await policyDifference(needs, policies, await latestKnown(house));
        if (options.json) printJson(tools.stdout, jsonOf(policies, difference));
        else tools.stdout.write(textOf(policies, difference));
      });
    });
  policy
    .command("accept")
    .description("принять порядок из config/policy/order-204.yaml: следующая проверка пойдёт по нему")
    .requiredOption("--author <имя>", "кто принимает: фамилия и должность")
    .action(async ({ author }: { author: string }) => {
      await tools.withHouse(async (house) => {
        const { policy: ruling, pending } = await rulingPolicy(house);
        const { policy } = house.settings;
        if (!pending) {
          tools.stdout.write(`Порядок «${ruling.version}» уже действует, принимать нечего.\n`);
          return;
        }
        await acceptFile(house, { author, version: null });
        tools.stdout.write(
          `Принят порядок «${policy.version}» вместо «${ruling.version}». Прошлое пересмотрит следующая проверка: «sverka check».\n`,
        );
      });
    });
}

async function policyNamed(house: House, name: string): Promise<Policy> {
  if (name === ACCEPTED) return (await rulingPolicy(house)).policy;
  if (name === CONFIGURED) return house.settings.policy;
  const path = resolve(name);
  if (!existsSync(path)) throw new SverkaError("input", "policy-file", `Файла порядка «${name}» нет: проверьте путь.`);
  return readYaml(path, policyFile);
}

type Policies = { readonly before: Policy; readonly after: Policy };

function jsonOf({ before, after }: Policies, { lines, appeared, disappeared, changed }: PolicyDifference) {
  return {
    before: before.version,
    after: after.version,
    lines,
    appeared: appeared.map(({ id }) => id),
    disappeared: disappeared.map(({ id }) => id),
    changed: changed.map((one) => ({ id: one.after.id, before: one.before.verdict, after: one.after.verdict })),
  };
}

function textOf({ before, after }: Policies, { lines, appeared, disappeared, changed }: PolicyDifference): string {
  const head = `Порядок «${after.version}» вместо «${before.version}»: появится ${appeared.length}, исчезнет ${disappeared.length}, изменит вывод ${changed.length}.`;
  if (lines.length === 0) return `${head}\nНи у кого ничего засчитанного не прибавится и не убавится.\n`;
  const rows = [...Map.groupBy(lines, ({ rule }) => rule)].flatMap(([rule, own]) => [
    `${ruleOf(rule).words.name}:`,
    ...own.map(
      (line) =>
        `  ${line.accountable || "учитель не назван"}: засчитается ещё ${line.appeared}, снимется ${line.disappeared}`,
    ),
  ]);
  return `${[head, ...rows].join("\n")}\nПринять: «sverka policy accept --author "имя"».\n`;
}
