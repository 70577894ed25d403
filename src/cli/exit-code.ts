import { CommanderError } from "commander";
import { SverkaError } from "../domain/error.ts";
import { misuse } from "./program.ts";

/** What the exit code tells (README): 0 done, 1 done with trouble, 2 wrong use or configuration, 3 journal unreachable or refused. */
export const EXIT = { done: 0, trouble: 1, misuse: 2, journal: 3 } as const;

export interface End {
  readonly exitCode: number;
  /** Stable, for programs; null when nothing went wrong. */
  readonly code: string | null;
  /** For people; null when there is nothing to say. */
  readonly sentence: string | null;
}

/** What a person reads and a program gets when a command ends by an error. */
export function endOf(error: unknown): End {
  if (error instanceof CommanderError) {
    const sentence = misuse(error);
    if (error.exitCode === 0) return { exitCode: EXIT.done, code: null, sentence: null };
    return { exitCode: EXIT.misuse, code: "usage", sentence };
  }
  if (error instanceof SverkaError) {
    const exitCode = { configuration: EXIT.misuse, input: EXIT.misuse, journal: EXIT.journal, trouble: EXIT.trouble }[
      error.kind
    ];
    return { exitCode, code: error.code, sentence: error.message };
  }
  return {
    exitCode: EXIT.trouble,
    code: "unexpected",
    sentence:
      "Программа прервалась из-за собственной ошибки. Повторите; если не поможет, покажите разработчикам вывод с LOG_LEVEL=debug.",
  };
}

/** What a person reads when a command was asked to end before it had come to its end. */
export const STOPPED: End = {
  exitCode: EXIT.trouble,
  code: "stopped",
  sentence: "Остановлено. Всё записанное сохранено, повторный запуск продолжит.",
};
