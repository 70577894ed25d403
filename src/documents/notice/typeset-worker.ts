import { parentPort, workerData } from "node:worker_threads";
import { type TypesetOrder, typesetBatch } from "./typeset.ts";

parentPort?.postMessage(typesetBatch(workerData as TypesetOrder));
