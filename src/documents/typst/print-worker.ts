import { parentPort } from "node:worker_threads";
import { type PrintOrder, setPrint } from "./set-print.ts";

parentPort?.on("message", (order: PrintOrder) => parentPort?.postMessage(setPrint(order)));
