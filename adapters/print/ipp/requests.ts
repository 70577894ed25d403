import { OPERATION, one, type Values } from "./ask.ts";
import { TAG } from "./message.ts";

export const jobId = (id: string) => one("job-id", TAG.integer, Number(id));

/** Whether it can number a job before it gets the document. */
export function canAnnounce(printer: Values): boolean {
  const operations = printer.get("operations-supported") ?? [];
  return operations.includes(OPERATION.createJob) && operations.includes(OPERATION.sendDocument);
}
