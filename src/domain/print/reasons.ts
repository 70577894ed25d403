/** Why a print does not go on, as a stable word. */
export type PrintReason = keyof typeof REASONS;

interface ReasonWords {
  /** After «принтер …: » or as a sentence of its own, without a full stop. */
  readonly what: string;
  readonly todo: string;
}

const onceMended = "Когда исправите, печать пойдёт дальше сама.";

const REASONS = {
  "out-of-paper": { what: "кончилась бумага", todo: `Положите бумагу. ${onceMended}` },
  jammed: {
    what: "замята бумага",
    todo: `Достаньте замятый лист. ${onceMended} Проверьте, что лист, который замялся, вышел целым.`,
  },
  "door-open": { what: "открыта крышка", todo: `Закройте крышку. ${onceMended}` },
  "no-toner": { what: "кончился тонер или краска", todo: `Замените картридж. ${onceMended}` },
  "output-full": { what: "выходной лоток полон", todo: `Заберите отпечатанное. ${onceMended}` },
  "tray-missing": { what: "лоток не вставлен", todo: `Вставьте лоток. ${onceMended}` },
  offline: {
    what: "принтер не отвечает",
    todo: `Проверьте, что принтер включён и в сети, и что адрес в SVERKA_PRINTER верен. ${onceMended}`,
  },
  paused: { what: "печать приостановлена на принтере", todo: `Снимите паузу на принтере. ${onceMended}` },
  "not-accepting": {
    what: "принтер не принимает заданий",
    todo: `Разрешите приём заданий в настройках принтера. ${onceMended}`,
  },
  busy: { what: "принтер занят и просит подождать", todo: "Ничего: попытка повторится сама." },
  stopped: { what: "принтер остановился, а почему, не сообщает", todo: `Посмотрите на его экран. ${onceMended}` },
  "not-a-printer": {
    what: "по этому адресу отвечает не принтер, а веб-страница или другая программа",
    todo: "Исправьте SVERKA_PRINTER: нужен адрес вида ipp://принтер:631/ipp/print или ipp://сервер:631/printers/имя. Потом перезапустите службу.",
  },
  "bad-answer": {
    what: "ответ принтера непонятен",
    todo: "Обновите прошивку принтера или подключите его через CUPS.",
  },
  "no-such-printer": {
    what: "принтера с таким именем по этому адресу нет",
    todo: "Исправьте конец адреса в SVERKA_PRINTER и перезапустите службу.",
  },
  "not-allowed": {
    what: "принтер не разрешает печатать этому имени",
    todo: "Впишите в SVERKA_PRINTER имя и пароль (ipp://имя:пароль@принтер:631/…) или разрешите печать на принтере.",
  },
  "needs-ipps": {
    what: "принтер требует защищённого соединения",
    todo: "Напишите в SVERKA_PRINTER ipps:// вместо ipp:// и перезапустите службу.",
  },
  certificate: {
    what: "сертификату принтера нельзя верить",
    todo: "Если принтер свой и сеть своя, добавьте в конец адреса в SVERKA_PRINTER «?tls.rejectUnauthorized=false» и перезапустите службу.",
  },
  "no-pdf": {
    what: "принтер не умеет печатать PDF",
    todo: "Подключите его через CUPS или уберите SVERKA_PRINTER и печатайте файлы из папки.",
  },
  "not-taken": {
    what: "принтер отказался от этого задания",
    todo: "Посмотрите на его экран и выполните «npx sverka print retry».",
  },
  "disk-full": {
    what: "на диске кончилось место",
    todo: "Освободите место: файлы запишутся сами.",
  },
  "folder-closed": {
    what: "в папку печати нельзя писать",
    todo: "Дайте службе права на папку print в папке данных: файлы запишутся сами.",
  },
  "half-printed": {
    what: "печать прервалась на середине",
    todo: "Посмотрите, какой лист вышел последним, и выполните «npx sverka print continue».",
  },
  "cancelled-there": {
    what: "задание отменили на принтере",
    todo: "Посмотрите, что вышло, и выполните «npx sverka print continue».",
  },
  "with-errors": {
    what: "принтер закончил с ошибками",
    todo: "Посмотрите, всё ли вышло, и выполните «npx sverka print continue».",
  },
  vanished: {
    what: "принтер больше не знает об этом задании",
    todo: "Посмотрите, что вышло, и выполните «npx sverka print continue».",
  },
  "fate-unknown": {
    what: "связь прервалась, когда задание отправлялось, и неизвестно, взял ли его принтер",
    todo: "Посмотрите, вышло ли что-нибудь, и выполните «npx sverka print continue».",
  },
  "printer-changed": {
    what: "принтер сменили, а задание осталось на прежнем",
    todo: "Посмотрите, что вышло на прежнем, и выполните «npx sverka print continue».",
  },
  withdrawn: {
    what: "в файле есть распечатка, которую уже нельзя отдавать, и отделить её нельзя",
    todo: "Составьте пачку заново.",
  },
  "made-anew": { what: "файл составлен заново, без отозванных распечаток", todo: "Ничего." },
  "continued-elsewhere": { what: "печать продолжена другим заданием", todo: "Ничего." },
} as const satisfies Record<string, ReasonWords>;

/** What happened and what to do. A word that a newer edition wrote is said as it is. Pure. */
export function reasonWords(reason: string): ReasonWords {
  return (REASONS as Readonly<Record<string, ReasonWords>>)[reason] ?? { what: `причина «${reason}»`, todo: "" };
}
