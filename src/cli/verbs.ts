import { fileTables } from "../../adapters/tables/read-table.ts";
import { policyDifference } from "../control/compare-policies.ts";
import { renderPlainLetter } from "../documents/mail/plain-letter.ts";
import { moment } from "../domain/russian.ts";
import type { House } from "../main.ts";
import type { Store } from "../store/connect.ts";
import { enqueueLetter } from "../store/outbox.ts";
import { sharedRead } from "../store/shared-read.ts";
import { type Also, inTransaction } from "../store/transaction.ts";
import type { HealthLine, Verbs } from "../web/verbs.ts";
import { latestKnown } from "./latest-known.ts";
import { examineHouse } from "./looks.ts";
import { batchPrintNeeds, composeNeeds, controlNeeds, invitationPlace, printingNeeds, publishNeeds } from "./needs.ts";
import { acceptFile, rulingPolicy } from "./policy.ts";
import { sampleNotice, sampleSpan } from "./sample-notice.ts";
import { checkNeeds, schoolNow } from "./school.ts";

/** What the pages take from the house; the service says how a pass is begun, and where it listens. */
export function verbsOf(
  house: House,
  { startPass, address }: { startPass: () => Promise<void>; address: () => string | undefined },
): Verbs {
  const judging = sharedRead((_store: Store) => checkNeeds(house));
  const ruling = sharedRead((_store: Store) => rulingPolicy(house));
  return {
    judging: () => judging(house.store),
    control: () => controlNeeds(house),
    publish: (policy) => publishNeeds(house, policy),
    compose: () => composeNeeds(house),
    batchPrint: () => batchPrintNeeds(house),
    preview: (pupil) => sampleNotice(house, pupil, sampleSpan(house)),
    async policy() {
      const { policy, pending } = await ruling(house.store);
      return { ruling: policy, file: house.settings.policy, pending };
    },
    async policyDifference() {
      const { policy: before, calendar, mapping } = await checkNeeds(house);
      const needs = { store: house.store, calendar, mapping, school: await schoolNow(house) };
      return policyDifference(needs, { before, after: house.settings.policy }, await latestKnown(house));
    },
    acceptPolicy: (author, version, also) => acceptFile(house, { author, version, also }),
    printing: () => printingNeeds(house),
    importing: async () => {
      const { store, clock, settings } = house;
      return { store, tables: fileTables, clock, settings: settings.imports };
    },
    startPass,
    invitationPlace: () => invitationPlace(house, address()),
    testLetter: (to, also) => testLetter(house, to, also),
    async health() {
      const lines: HealthLine[] = [];
      for await (const line of examineHouse(house, AbortSignal.timeout(30_000))) lines.push(line);
      return lines;
    },
  };
}

async function testLetter(house: House, to: string, also: Also): Promise<void> {
  const { store, school, clock, settings, simulation } = house;
  const at = clock.now();
  const letter = {
    schoolId: school.id,
    key: `${school.id}/test/${at}`,
    kind: "test",
    from: settings.school.mail.sender,
    to: [to],
    attachments: [],
    at,
    ...renderPlainLetter({
      simulation,
      school: (await schoolNow(house)).name,
      moment: moment(at, school.zone),
      subject: "Сверка: пробное письмо",
      title: "Пробное письмо",
      lead: ["Если вы читаете его, письма «Сверки» доходят. Делать ничего не нужно."],
      figures: [],
      sections: [],
      footer: "Письмо отправлено со страницы «Настройки».",
    }),
  };
  await inTransaction(store, async (client) => {
    await enqueueLetter(client, letter);
    await also(client);
  });
}
