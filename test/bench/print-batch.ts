// A process of its own, started by `sheets.ts`: composes a batch for each school of a store, prints it, and writes its files. With `rival` pdfkit prints it instead.
import { randomInt } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { renderBatch } from "../../src/documents/notice/batch.ts";
import { createMapping, defaultMapping } from "../../src/domain/mapping.ts";
import { composeNotice } from "../../src/domain/notice/compose.ts";
import type { SheetClass, SheetOrder } from "../../src/domain/notice/sheet-order.ts";
import { longSpan } from "../../src/domain/notice/words.ts";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { slipCode } from "../../src/domain/slip/code.ts";
import { connectStore, type Store } from "../../src/store/connect.ts";
import { noticeFacts } from "../../src/store/notice-facts.ts";
import { schoolById } from "../../src/store/schools.ts";
import { listClasses } from "../../src/store/snapshot.ts";
import { timed } from "./in-turns.ts";

const span = { from: "2027-05-10", to: "2027-05-23" };
const mapping = createMapping(defaultMapping);
const [folder = ".", schools = "1", rival] = process.argv.slice(2);

const store = connectStore(process.env.DATABASE_URL ?? "");
let [printing, notices] = [0, 0];
try {
  for (let schoolId = 1; schoolId <= Number(schools); schoolId++) {
    const order = await orderOf(store, schoolId);
    notices += order.classes.reduce((sum, one) => sum + one.notices.length, 0);
    printing += await timed(() => (rival === undefined ? ours(order, schoolId) : theirs(order, schoolId)));
  }
} finally {
  await store.close();
}
process.stdout.write(JSON.stringify({ printing, notices }));

async function orderOf(store: Store, id: number): Promise<SheetOrder> {
  const classes: SheetClass[] = [];
  const school = { ...(await schoolById(store, id)), zone: "Europe/Moscow" };
  const terms = { mapping, forecast: defaultPolicy.forecast, today: "2027-05-24", simulation: false };
  for (const { externalId, name } of await listClasses(store, id)) {
    const order = { school, classExternalId: externalId, span, calendarTerm: () => null, contactOf: () => null };
    const facts = await noticeFacts(store, order);
    classes.push({
      className: name,
      classTeacher: facts[0]?.classTeacher?.name ?? null,
      notices: facts.map((one) => ({
        noticeId: Number(one.pupil.externalId),
        slipCode: slipCode(String(randomInt(10 ** 11)).padStart(11, "0")),
        edition: 1,
        correction: null,
        number: one.pupil.number,
        notice: composeNotice(one, terms),
        post: null,
      })),
    });
  }
  const said = { school: school.name, simulation: false, span: longSpan(span.from, span.to), madeOn: "24 мая 2027 г." };
  return { batchNumber: 17, ...said, layout: "simplex", classes };
}

async function ours(order: SheetOrder, school: number): Promise<void> {
  const parts = await renderBatch(order, { at: 0 });
  for (const [part, { pdf }] of parts.entries()) writeFileSync(join(folder, `${school}-${part}.pdf`), pdf);
}

async function theirs(order: SheetOrder, school: number): Promise<void> {
  const { renderBatchWithTables } = await import("./pdfkit-tables.ts");
  writeFileSync(join(folder, `rival-${school}.pdf`), await renderBatchWithTables(order.classes));
}
