import type { Command } from "commander";
import { explainFinding } from "../../control/explain-finding.ts";
import { oneFinding } from "../one-finding.ts";
import { checkNeeds } from "../school.ts";
import type { Tools } from "../tools.ts";

export function addExplain(program: Command, tools: Tools): void {
  program
    .command("explain")
    .description("объяснить замечание: что ожидалось и когда, что видели проходы, почему оно считается или нет")
    .argument("<замечание>", "номер замечания или его начало, не короче 4 знаков")
    .action(async (id: string) => {
      await tools.lookAround(async (house) => {
        const finding = await oneFinding(house, id);
        const { store, school } = house;
        const { policy, calendar } = await checkNeeds(house);
        const needs = { store, schoolId: finding.schoolId, zone: school.zone, policy, calendar };
        tools.stdout.write(`${await explainFinding(needs, finding)}\n`);
      });
    });
}
