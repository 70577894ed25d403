export type { FaultOrder } from "./faults.ts";
export { generateSchool } from "./school/generate.ts";
export { commentOf, type EmulatedSchool, standingAt, type TrueEntry, type TrueLesson } from "./school/model.ts";
export { type Emulator, startEmulator } from "./server.ts";
