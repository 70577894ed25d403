import { counted } from "../notice/words.ts";
import type { AlertKind, Trouble } from "./alert.ts";

/** An alert in words, for letters and pages. */
export interface AlertText {
  readonly title: string;
  /** What has happened, and what it means. */
  readonly what: readonly string[];
  readonly todo: readonly string[];
}

const MOST = 12;
const doctor = "Выполните «npx sverka doctor»: он скажет, что поправить.";
const restart = "перезапустите службу: замечания пересчитаются сами";

/** What to tell of the troubles of one kind. Plain Russian, ids and counts only. Pure. */
export function alertText(kind: AlertKind, troubles: readonly Trouble[]): AlertText {
  return TEXTS[kind](troubles);
}

const TEXTS: Readonly<Record<AlertKind, (of: readonly Trouble[]) => AlertText>> = {
  "journal-refused": () => ({
    title: "Журнал не принял логин или пароль, проходы остановлены",
    what: [
      "Чтобы учётную запись не заблокировали, программа больше не пробует войти сама. Пока вход не исправят, журнал не читается: новые замечания не находятся, а исправленное не снимается.",
    ],
    todo: [
      "Войдите в журнал в браузере с тем же логином и паролем.",
      "Вход удался – выполните «npx sverka sync»: после удачного прохода служба продолжит сама.",
      "Вход не удался – узнайте верный пароль, впишите его туда, где он задан (AVERS_PASSWORD, файл из AVERS_PASSWORD_FILE или journal.json в папке данных), и перезапустите службу.",
    ],
  }),
  "pass-failed": (of) => ({
    title: "Проход по журналу не удался",
    what: details(of),
    todo: [
      "Ничего, если это случилось один раз: следующий проход начнётся по расписанию, а об этом сбое больше писать не будем.",
      `Если журнал в браузере открывается, а проходы не удаются – ${lower(doctor)}`,
    ],
  }),
  "pages-unread": (of) => ({
    title: "Часть журнала не прочитана",
    what: [
      ...details(of),
      "Остальное прочитано и проверено; об этих страницах пока ничего нельзя сказать, и никому ничего не засчитано.",
    ],
    todo: ["Ничего, если следующий проход полный. Если нет – проверьте в журнале права учётной записи.", doctor],
  }),
  "facts-held": (of) => ({
    title: "Из журнала исчезло сразу много записей",
    what: [
      ...details(of),
      "Ничего не удалено. Если следующий проход покажет то же самое, исчезновение будет принято за настоящее.",
    ],
    todo: [
      "Откройте журнал: записи на месте – это был сбой, делать ничего не нужно.",
      "Записей и вправду нет, а удалять их никто не собирался – сообщите тому, кто обслуживает журнал.",
      "Принять исчезновение или подождать можно на странице «Проходы», «Задержанные страницы».",
    ],
  }),
  "build-unknown": (of) => ({
    title: `Журнал обновился: сборка ${of.map(({ subject }) => subject).join(", ")} программе незнакома`,
    what: ["Журнал читается как раньше, но его ответы могли измениться."],
    todo: [
      "Посмотрите на странице «Обзор», полон ли последний проход: если полон, делать ничего не нужно.",
      "Если нет – сообщите разработчикам номер сборки.",
    ],
  }),
  "journal-odd": (of) => ({
    title: "Журнал отвечает не так, как ожидалось",
    what: [...details(of), "Понятное прочитано, остальное пропущено."],
    todo: ["Ничего, если проходы полные. Если нет – покажите это сообщение разработчикам программы."],
  }),
  "letter-unknown": (of) => ({
    title: `В журнале незнакомые буквы: ${quoted(of)}`,
    what: ["Пока не известно, что они значат, они не считаются ни отметкой, ни пропуском."],
    todo: [`Впишите их в config/avers.yaml, раздел letters, и ${restart}.`],
  }),
  "work-type-unknown": (of) => ({
    title: "В журнале незнакомые виды работ",
    what: [
      `${quoted(of)}.`,
      "У таких работ срок отметки – как у письменных, а отсутствие отметок за них не считается нарушением.",
    ],
    todo: [`Впишите их в config/avers.yaml, раздел workTypes (oral – устные, written – письменные), и ${restart}.`],
  }),
  "queue-stuck": (of) => ({
    title: "Задания службы не выполняются",
    what: [...details(of), "Проходы, проверки и письма ждут."],
    todo: ["Проверьте, что служба запущена («npm start»), и перезапустите её.", doctor],
  }),
  "check-failed": (of) => ({
    title: "Проверка правил не удалась",
    what: [...details(of), "Замечания остались, какими были после прошлой проверки."],
    todo: ["Ничего, если следующая проверка удастся: тогда это сообщение уйдёт со страницы само.", doctor],
  }),
  "teacher-mail-failed": (of) => ({
    title: "Письма учителям не составлены",
    what: details(of),
    todo: ["Ничего, если завтрашние составятся: в них будет всё, что осталось исправить.", doctor],
  }),
  "week-mail-failed": (of) => ({
    title: "Письма за неделю не составлены",
    what: details(of),
    todo: [doctor],
  }),
  "control-failed": (of) => ({
    title: "Ежемесячный контроль не составлен",
    what: details(of),
    todo: [doctor, "Потом выполните «npx sverka control --month ГОД-МЕСЯЦ», например 2026-10."],
  }),
  "notices-failed": (of) => ({
    title: "Распечатки семьям не составлены",
    what: details(of),
    todo: [doctor, "Потом выполните «npx sverka notices compose»: он составит всё, чему пришёл срок."],
  }),
  "scan-refused": (of) => ({
    title: "Сканы корешков не приняты",
    what: [
      ...details(of),
      "Остальные файлы прочитаны, ничего не потеряно. Непринятые лежат в папке данных, scans/refused.",
    ],
    todo: [
      "Посмотрите их: «npx sverka slips list».",
      "Отсканируйте ещё раз или отметьте, что файл не нужен: «npx sverka slips clear --file НОМЕР».",
    ],
  }),
  "scans-failed": (of) => ({
    title: "Сканы корешков не читаются",
    what: [...details(of), "Файлы остались в папке scans и будут прочитаны, как только это удастся."],
    todo: ["Проверьте место на диске и права на папку данных.", doctor],
  }),
  "slips-open": (of) => ({
    title: "Есть корешки, которые нужно разобрать",
    what: [...details(of), "Пока они не разобраны, эти семьи считаются не вернувшими корешок."],
    todo: [
      "Посмотрите их: «npx sverka slips list».",
      "Наберите код с корешка: «npx sverka slips enter КОД --file НОМЕР --page СТРАНИЦА»; если корешка на странице нет – «npx sverka slips clear».",
    ],
  }),
  "template-broken": (of) => ({
    title: "Свой шаблон распечаток не годится",
    what: [
      ...details(of),
      "Распечатки сделаны по последнему годному шаблону, а если его не было – по шаблону программы. Никто без распечатки не остался.",
    ],
    todo: [
      "Исправьте шаблон в папке config/templates или уберите его оттуда.",
      "Проверьте его командой «npx sverka notices preview --pupil НОМЕР»: она покажет одну распечатку и ничего не запишет.",
    ],
  }),
  "printer-stopped": (of) => ({
    title: "Печать стоит",
    what: [...details(of), "Ничего не потеряно и ничего не напечатается дважды."],
    todo: ["Сделайте то, что сказано выше. Как дела с печатью, покажет «npx sverka print jobs».", doctor],
  }),
  "print-undecided": (of) => ({
    title: of.length === 1 ? "Печать ждёт вашего слова" : `Печатей, которые ждут вашего слова: ${of.length}`,
    what: [...details(of), "Сама программа дальше не печатает, чтобы никто не получил распечатку дважды."],
    todo: [
      "Посмотрите на листы у принтера и скажите одно из трёх, подставив номер печати:",
      "Напечатать с такой-то страницы – «npx sverka print continue --job НОМЕР --from-page СТРАНИЦА» (с первой – 1).",
      "Всё уже вышло – «npx sverka print continue --job НОМЕР --all-printed».",
      "Больше не печатать – «npx sverka print continue --job НОМЕР --cancel».",
    ],
  }),
  "mail-failed": (of) => ({
    title: "Письмо заместителю директора не составлено",
    what: details(of),
    todo: [doctor, "Потом выполните «npx sverka mail»."],
  }),
};

function details(of: readonly Trouble[]): string[] {
  const said = [...new Set(of.map(({ detail }) => detail).filter((detail) => detail !== ""))];
  const left = said.length - MOST;
  return left <= 0 ? said : [...said.slice(0, MOST), `И ещё ${counted(left, "случай", "случая", "случаев")}.`];
}

function quoted(of: readonly Trouble[]): string {
  const list = of.map(({ subject, detail }) => `«${detail || subject}»`);
  const left = list.length - MOST;
  return left <= 0 ? list.join(", ") : `${list.slice(0, MOST).join(", ")} и ещё ${left}`;
}

const lower = (sentence: string) => sentence.slice(0, 1).toLowerCase() + sentence.slice(1);
