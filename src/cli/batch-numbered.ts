import { Option } from "commander";
import { SverkaError } from "../domain/error.ts";
import type { House } from "../main.ts";
import { type BatchRecord, batchByNumber } from "../store/notice-batches.ts";
import { parseNumber } from "./arguments.ts";

/** The batch of notices with this number. Throws `batch-unknown` (input). */
export async function batchNumbered({ store, school }: House, number: number): Promise<BatchRecord> {
  const batch = await batchByNumber(store, school.id, number);
  if (batch !== null) return batch;
  throw new SverkaError("input", "batch-unknown", `Партии № ${number} нет: номера покажет «sverka notices batches».`);
}

export const batchOption = () =>
  new Option("--batch <номер>", "партия, её номер покажет «sverka notices batches»")
    .argParser(parseNumber)
    .makeOptionMandatory();
