import { SverkaError } from "../../src/domain/error.ts";
import type { JournalErrorCode } from "../../src/ports/journal.ts";

// One sentence for each way in which a journal fails. They hold no body, no address with secrets, no names.

const journalError = (code: JournalErrorCode, sentence: string, cause?: unknown) =>
  new SverkaError("journal", code, sentence, cause === undefined ? undefined : { cause });

/** An answer that is not understood: where, never what. */
export const answerError = (what: string): SverkaError =>
  journalError(
    "journal-answer",
    `Журнал ответил непонятно (${what}): данные этой страницы не изменены, следующий проход попробует снова.`,
  );

/** The same sentence for every way in which the journal says no at its door. */
export const refusedError = (): SverkaError =>
  journalError(
    "journal-refused",
    "Журнал не принял логин или пароль; больше не пробую, чтобы учётную запись не заблокировали. Проверьте AVERS_LOGIN и AVERS_PASSWORD, войдя с ними в журнал в браузере.",
  );

/** It had said yes at the door: whoever tries again is not locked out for it, and learns whether the password was changed. */
export const lostError = (): SverkaError =>
  journalError(
    "journal-lost",
    "Журнал посреди прохода перестал узнавать учётную запись: принятые страницы сохранены, следующий проход войдёт заново. Если пароль меняли, впишите новый в AVERS_PASSWORD.",
  );

/** What is kept of the cause is its code: the transport's own error carries cookies and the password's hash. */
export const unreachableError = (what: string): SverkaError =>
  journalError(
    "journal-unreachable",
    `Журнал не отвечает (${what}): проверьте сеть и адрес в AVERS_URL; следующий проход попробует снова.`,
    new Error(what),
  );

export const busyError = (): SverkaError =>
  journalError(
    "journal-busy",
    "Журнал просит не спешить и не принимает запросы: увеличьте паузу (journal в config/school.yaml) или подождите следующего прохода.",
  );

export const redirectError = (): SverkaError =>
  journalError(
    "journal-redirect",
    "Журнал отправляет по чужому адресу: туда ничего не послано. Проверьте AVERS_URL или спросите того, кто обслуживает журнал.",
  );

export const timeError = (): SverkaError =>
  journalError(
    "journal-time",
    "Проход не уложился в отведённое время и остановлен: принятые страницы сохранены, следующий проход пойдёт дальше. Предел меняется в config/school.yaml.",
  );
