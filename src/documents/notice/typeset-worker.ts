import { parentPort } from "node:worker_threads";
import { type TypesetOrder, typesetBatch } from "./typeset.ts";

parentPort?.on("message", (order: TypesetOrder) => parentPort?.postMessage(typesetBatch(order)));
