import { parentPort, workerData } from "node:worker_threads";
import { type PrintOrder, setPrint } from "./set-print.ts";

parentPort?.postMessage(setPrint(workerData as PrintOrder));
