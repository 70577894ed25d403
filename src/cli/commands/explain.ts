import type { Command } from "commander";
import { explain } from "../../domain/explain.ts";
import { eventsOf } from "../../store/findings.ts";
import { passesAround } from "../../store/passes.ts";
import { listClasses } from "../../store/snapshot.ts";
import { oneFinding } from "../one-finding.ts";
import { checkNeeds } from "../school.ts";
import type { Tools } from "../tools.ts";

const DAY = 24 * 60 * 60 * 1000;

export function addExplain(program: Command, tools: Tools): void {
  program
    .command("explain")
    .description("объяснить замечание: что ожидалось и когда, что видели проходы, почему оно считается или нет")
    .argument("<замечание>", "номер замечания или его начало, не короче 4 знаков")
    .action(async (id: string) => {
      await tools.lookAround(async (house) => {
        const finding = await oneFinding(house, id);
        const instants = [finding.dueAt, finding.absentAt, finding.seenAt].filter((at) => at !== null);
        const passes =
          instants.length === 0
            ? []
            : await passesAround(house.store, finding.schoolId, Math.min(...instants) - DAY, Math.max(...instants));
        const { policy, calendar } = await checkNeeds(house);
        const classes = await listClasses(house.store, finding.schoolId);
        const grade = classes.find((one) => one.externalId === finding.classExternalId)?.grade ?? null;
        const events = await eventsOf(house.store, finding.id);
        tools.stdout.write(
          `${explain({ finding, events, passes, zone: house.school.zone, policy, calendar, grade })}\n`,
        );
      });
    });
}
