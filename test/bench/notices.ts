import { renderBatch } from "../../src/documents/notice/batch.ts";
import { createMapping, defaultMapping } from "../../src/domain/mapping.ts";
import { composeNotice } from "../../src/domain/notice/compose.ts";
import { defaultPolicy } from "../../src/domain/policy.ts";
import { classOf, orderOf, sheet } from "../documents/notice/orders.ts";
import { usualFacts } from "../domain/notice/sample.ts";
import { inTurns, timed } from "./in-turns.ts";
import { renderByHand } from "./pdfkit-by-hand.ts";
import { renderBatchWithTables } from "./pdfkit-tables.ts";
import { type BenchRow, seconds } from "./row.ts";

const count = 300;

/**
 * 300 different one-page notices as tagged PDF/A-2a, against pdfkit with its own tables and text flow; and, as a limit, against pdfkit where every text is placed
 * by hand and nothing is tagged – which leaves measuring, breaking and shrinking to whoever writes the page.
 */
export async function run(): Promise<BenchRow[]> {
  const mapping = createMapping(defaultMapping);
  const options = { mapping, forecast: defaultPolicy.forecast, today: "2026-10-19", simulation: false };
  const notices = Array.from({ length: count }, (_, seed) => composeNotice(usualFacts(seed), options));
  const order = orderOf([
    classOf(
      "5 А",
      notices.map((notice, index) => sheet(index + 1, notice)),
    ),
  ]);
  const times = await inTurns(3, {
    typst: () => timed(() => renderBatch(order, { at: 0 })),
    tables: () => timed(() => renderBatchWithTables(order.classes)),
    byHand: () => timed(() => renderByHand(notices)),
  });
  const what = `${count} notices`;
  const ours = seconds(times.typst);
  return [
    {
      what: `${what}, tagged PDF/A-2a`,
      ours,
      rival: `pdfkit, its own tables and text flow ${seconds(times.tables)}`,
      reached: times.tables / times.typst,
      unit: "×",
      target: { atLeast: 15 },
    },
    {
      what: `${what}, the limit`,
      ours,
      rival: `pdfkit, untagged, each text placed by hand ${seconds(times.byHand)}`,
      reached: times.byHand / times.typst,
      unit: "×",
      target: null,
    },
  ];
}
