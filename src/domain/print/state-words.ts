import type { PrintState } from "./follow.ts";

/** How a print stands, in a few words. */
export const PRINT_STATES: Readonly<Record<PrintState, string>> = {
  waiting: "ждёт отправки",
  sending: "отправляется",
  sent: "на принтере, ждёт",
  printing: "печатается",
  stopped: "стоит",
  asking: "ждёт вашего слова",
  refused: "принтер отказался",
  done: "готово",
  cancelled: "отменена",
};
