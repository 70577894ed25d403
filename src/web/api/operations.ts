import { controlOperation, controlsOperation } from "./controls.ts";
import { findingOperation, findingsOperation } from "./findings.ts";
import { noticesOperation } from "./notices.ts";
import type { Operation } from "./operation.ts";
import { passesOperation } from "./passes.ts";

/** Everything that `/api/v1` answers. */
export const OPERATIONS: readonly Operation[] = [
  findingsOperation,
  findingOperation,
  passesOperation,
  controlsOperation,
  controlOperation,
  noticesOperation,
];
