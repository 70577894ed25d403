import type { ImportKind } from "../../src/domain/import/settings.ts";
import { type WorkbookSheet, workbook } from "../support/workbook.ts";
import { files } from "./files.ts";

/** A file as somebody sends it, and the exact sentence that somebody gets. */
export interface BadTable {
  readonly what: string;
  readonly name: string;
  readonly kind: ImportKind;
  readonly content: string | Uint8Array;
  readonly sheet?: string;
  readonly sentence: string;
}

const book = (rows: WorkbookSheet["rows"], merges: string[] = []) => workbook({ name: "Лист1", rows, merges });
const file = (what: string, name: string, content: Uint8Array, sentence: string, sheet?: string): BadTable => ({
  what,
  name,
  kind: "curriculum",
  content,
  sentence,
  ...(sheet === undefined ? {} : { sheet }),
});
const text = (what: string, kind: ImportKind, content: string, sentence: string): BadTable => ({
  what,
  name: `${kind}.csv`,
  kind,
  content,
  sentence,
});

/** No table at all, or none that can be opened. */
export const NO_TABLES: readonly BadTable[] = [
  file("an empty file", "план.csv", files.empty, "Файл «план.csv» пуст: в нём 0 байт."),
  file(
    "a file of a byte order mark",
    "план.csv",
    files.onlyMark,
    "Файл «план.csv» пуст: в нём нет ни одной заполненной строки.",
  ),
  file(
    "blank lines only",
    "план.csv",
    files.onlyBlankLines,
    "Файл «план.csv» пуст: в нём нет ни одной заполненной строки.",
  ),
  file("a PDF named .xlsx", "план.xlsx", files.pdf, "Файл «план.xlsx» – это PDF, а нужна таблица XLSX или CSV."),
  file(
    "HTML named .xls",
    "план.xls",
    files.html,
    "Файл «план.xls» – это страница HTML или XML, а не таблица: откройте его в Excel или LibreOffice и сохраните как «Книга Excel (.xlsx)».",
  ),
  file(
    "an old .xls",
    "план.xls",
    files.oldExcel,
    "Файл «план.xls» – старая книга Excel (.xls): откройте его в Excel или LibreOffice и сохраните как «Книга Excel (.xlsx)».",
  ),
  file(
    "a book with a password",
    "план.xlsx",
    files.locked,
    "Файл «план.xlsx» защищён паролем: откройте его, снимите пароль и сохраните.",
  ),
  file(
    "a ZIP with a password",
    "план.xlsx",
    files.lockedZip,
    "Файл «план.xlsx» защищён паролем: откройте его, снимите пароль и сохраните.",
  ),
  file(
    "a ZIP of something",
    "план.zip",
    files.zip,
    "Файл «план.zip» – архив ZIP, а не таблица: распакуйте его и назовите файл XLSX или CSV.",
  ),
  file("a Word document", "план.docx", files.word, "Файл «план.docx» – документ Word: перенесите таблицу в Excel."),
  file(
    "an OpenDocument table",
    "план.ods",
    files.openDocument,
    "Файл «план.ods» – документ OpenDocument (.ods): откройте его и сохраните как «Книга Excel (.xlsx)».",
  ),
  file(
    "a binary book",
    "план.xlsb",
    files.binaryBook,
    "Файл «план.xlsb» – двоичная книга Excel (.xlsb): откройте его и сохраните как «Книга Excel (.xlsx)».",
  ),
  file(
    "a book that was cut off",
    "план.xlsx",
    files.cutOff,
    "Файл «план.xlsx» испорчен или не дописан: откройте его в Excel и сохраните заново.",
  ),
  file(
    "a book without the sheet's part",
    "план.xlsx",
    files.noSheetPart,
    "Файл «план.xlsx» испорчен или не дописан: откройте его в Excel и сохраните заново.",
  ),
  file(
    "a sheet that ends in the middle",
    "план.xlsx",
    files.noXml,
    "Файл «план.xlsx» испорчен или не дописан: откройте его в Excel и сохраните заново.",
  ),
  file(
    "a book with a document type",
    "план.xlsx",
    files.documentType,
    "Файл «план.xlsx» испорчен или не дописан: откройте его в Excel и сохраните заново.",
  ),
  file("a book without sheets", "план.xlsx", files.noSheets, "Файл «план.xlsx» пуст: в нём нет ни одного листа."),
  file(
    "a book of an empty sheet",
    "план.xlsx",
    book([]),
    "Файл «план.xlsx» пуст: в нём нет ни одной заполненной строки.",
  ),
  file(
    "a zip bomb",
    "план.xlsx",
    files.bomb,
    "Файл «план.xlsx» распаковывается больше чем в 200 МБ и не открыт: оставьте в нём один лист.",
  ),
  file(
    "a zip bomb that lies about its size",
    "план.xlsx",
    files.lyingBomb,
    "Файл «план.xlsx» распаковывается в большее, чем обещает, и не открыт: сохраните его заново.",
  ),
  file(
    "a book of thousands of parts",
    "план.xlsx",
    files.manyParts,
    "Файл «план.xlsx» состоит из слишком многих частей и не открыт: оставьте в нём один лист.",
  ),
  file(
    "more than 20 MB",
    "план.csv",
    files.tooBig,
    "Файл «план.csv» слишком велик (21 МБ, можно до 20 МБ) и не открыт: оставьте в нём один лист с нужными столбцами, без картинок.",
  ),
  file("more than 100,000 rows", "план.csv", files.tooLong, "Файл «план.csv» длиннее 100 000 строк: разделите его."),
  file("bytes of no text", "план.csv", files.binary, "Файл «план.csv» – не таблица: нужен XLSX или CSV."),
  file(
    "an encoding of DOS",
    "план.csv",
    files.dos,
    "Файл «план.csv» в неизвестной кодировке: сохраните его как «CSV UTF-8».",
  ),
  file(
    "a sheet that is not there",
    "план.xlsx",
    files.good,
    "Файл «план.xlsx» не содержит листа «Нагрузка»: в нём есть «Лист1».",
    "Нагрузка",
  ),
  file(
    "a sheet of a text",
    "план.csv",
    Buffer.from("Класс;Предмет;Часы\n"),
    "Файл «план.csv» – текст, в нём нет листов: уберите --sheet.",
    "Лист1",
  ),
  text(
    "a quote that is not closed",
    "curriculum",
    'Класс;Предмет;Часы\n5 А;"Математика;5\n',
    "Файл «curriculum.csv» испорчен около строки 2: кавычка не закрыта или стоит посреди текста. Кавычки внутри ячейки пишутся дважды.",
  ),
  text(
    "a quote inside a cell",
    "curriculum",
    'Класс;Предмет;Часы\n5 А;Мате"матика;5\n',
    "Файл «curriculum.csv» испорчен около строки 2: кавычка не закрыта или стоит посреди текста. Кавычки внутри ячейки пишутся дважды.",
  ),
];

/** Tables without the header or the rows that a list needs. */
export const NO_LISTS_IN_THEM: readonly BadTable[] = [
  text(
    "no header",
    "curriculum",
    "5 А;Математика;5\n5 А;Русский язык;5\n",
    "Строка заголовка не найдена: нужны столбцы «Класс», «Предмет», «Часов в неделю». Если у вас они называются иначе, впишите названия в import.yaml; если вместо букв значки, сохраните файл в кодировке UTF-8.",
  ),
  text(
    "UTF-8 read as another encoding",
    "curriculum",
    "РљР»Р°СЃСЃ;РџСЂРµРґРјРµС‚;Р§Р°СЃС‹\n5 Рђ;РњР°С‚;5\n",
    "Строка заголовка не найдена: нужны столбцы «Класс», «Предмет», «Часов в неделю». Если у вас они называются иначе, впишите названия в import.yaml; если вместо букв значки, сохраните файл в кодировке UTF-8.",
  ),
  text(
    "a missing column",
    "load",
    "Класс;Предмет;Часы\n5 А;Математика;5\n",
    "В заголовке (строка 1) нет столбца «Учитель»: добавьте или впишите его название в import.yaml.",
  ),
  text(
    "two missing columns",
    "load",
    "Класс;Предмет\n5 А;Математика\n",
    "В заголовке (строка 1) нет столбцов «Часов в неделю», «Учитель»: добавьте или впишите их названия в import.yaml.",
  ),
  text(
    "a title that stands twice",
    "curriculum",
    "Класс;Предмет;Часы;Часы\n5 А;Математика;5;6\n",
    "Столбец «Часов в неделю» в строке 1 назван дважды (C и D): оставьте один или переименуйте лишний.",
  ),
  {
    ...file(
      "a title merged over two columns",
      "план.xlsx",
      book(
        [
          ["Класс", null, "Предмет", "Часы"],
          ["5", "А", "Математика", 5],
        ],
        ["A1:B1"],
      ),
      "Столбец «Класс» в строке 1 назван дважды (A и B): оставьте один или переименуйте лишний.",
    ),
  },
  text(
    "a header and nothing below",
    "plan",
    "Класс;Предмет;№;Тема\n",
    "Под заголовком (строка 1) нет ни одной строки списка: проверьте, тот ли это лист и файл.",
  ),
  text(
    "only totals below the header",
    "curriculum",
    "Класс;Предмет;Часы\nИтого;;34\n",
    "Под заголовком (строка 1) нет ни одной строки списка: проверьте, тот ли это лист и файл.",
  ),
];

/** Rows that a list refuses, and with them the file: each sentence with the row's number. */
export const BAD_ROWS: readonly BadTable[] = [
  text(
    "an unknown class",
    "curriculum",
    "Класс;Предмет;Часы\n5 В;Математика;5\n",
    "строка 2: класса «5 В» в журнале нет (есть 5 А, 5 Б)",
  ),
  text(
    "an unknown subject",
    "curriculum",
    "Класс;Предмет;Часы\n5 А;Матиматика;5\n",
    "строка 2: предмета «Матиматика» в журнале нет (возможно, это «Математика»); сокращения – в import.yaml, subjects",
  ),
  text(
    "a subject of another world",
    "curriculum",
    "Класс;Предмет;Часы\n5 А;Прорицание;5\n",
    "строка 2: предмета «Прорицание» в журнале нет; сокращения – в import.yaml, subjects",
  ),
  text(
    "negative hours",
    "curriculum",
    "Класс;Предмет;Часы\n5 А;Математика;-5\n",
    "строка 2: «-5» в столбце «Часов в неделю» не подходит: нужно число больше 0 и не больше 40",
  ),
  text(
    "hours beyond a week",
    "load",
    "Класс;Предмет;Часы;Учитель\n5 А;Математика;400;Лугова А. П.\n",
    "строка 2: «400» в столбце «Часов в неделю» не подходит: нужно число больше 0 и не больше 40",
  ),
  text(
    "hours in words",
    "curriculum",
    "Класс;Предмет;Часы\n5 А;Математика;пять\n",
    "строка 2: «пять» в столбце «Часов в неделю» не подходит: нужно число больше 0 и не больше 40",
  ),
  text(
    "empty cells",
    "load",
    "Класс;Предмет;Часы;Учитель\n5 А;;5;\n",
    "строка 2: пусто в столбце «Учитель»; пусто в столбце «Предмет»",
  ),
  text(
    "two rows that contradict each other",
    "curriculum",
    "Класс;Предмет;Часы\n5 А;Математика;5\n5а;матем.;6\n",
    "строка 3: противоречит строке 2: о том же сказано другое",
  ),
  text(
    "a second header of another order",
    "curriculum",
    "Класс;Предмет;Часы\n5 А;Математика;5\nПредмет;Класс;Часы\nМатематика;5 Б;5\n",
    "строка 3: второй заголовок с другим порядком столбцов | строка 4: класса «Математика» в журнале нет; предмета «5 Б» в журнале нет; сокращения – в import.yaml, subjects",
  ),
  file(
    "an error of a formula",
    "план.xlsx",
    book([
      ["Класс", "Предмет", "Часы"],
      ["5 А", "Математика", { formula: "1/0", value: "#ДЕЛ/0!" }],
    ]),
    "строка 2: «#ДЕЛ/0!» в столбце «Часов в неделю» не подходит: нужно число больше 0 и не больше 40",
  ),
  text(
    "a class of the matrix that the journal lacks",
    "curriculum",
    "Предмет;5 А;5 В\nМатематика;5;5\n",
    "строка 2: класса «5 В» в журнале нет (есть 5 А, 5 Б)",
  ),
  text(
    "a number that is no whole one",
    "plan",
    "Класс;Предмет;№;Тема\n5 А;Математика;1,5;Дроби\n",
    "строка 2: «1,5» в столбце «№» не подходит: нужно целое число больше 0 и не больше 2000",
  ),
  text(
    "an empty topic",
    "plan",
    "Класс;Предмет;№;Тема;Часы\n5 А;Математика;1;;1\n",
    "строка 2: пусто в столбце «Тема»",
  ),
  text(
    "a day that does not exist",
    "plan",
    "Класс;Предмет;№;Тема;Дата\n5 А;Математика;1;Дроби;31.11.2026\n",
    "строка 2: «31.11.2026» в столбце «Дата» – не дата: напишите, например, 05.10.2026",
  ),
  text(
    "a day without a year",
    "plan",
    "Класс;Предмет;№;Тема;Дата\n5 А;Математика;1;Дроби;5 октября\n",
    "строка 2: «5 октября» в столбце «Дата» – не дата: напишите, например, 05.10.2026",
  ),
  text(
    "a day of another century",
    "plan",
    "Класс;Предмет;№;Тема;Дата\n5 А;Математика;1;Дроби;05.10.1026\n",
    "строка 2: «05.10.1026» в столбце «Дата» – не дата: напишите, например, 05.10.2026",
  ),
  text(
    "two namesakes",
    "delivery",
    "Класс;Ученик;Родитель;Способ\n5 Б;Рощин Лев Глебович;Рощина И. И.;на бумаге\n",
    "строка 2: учеников с таким именем в этом классе несколько (номера 20003, 20004): впишите номер ученика",
  ),
  text(
    "a bare surname",
    "delivery",
    "Класс;Ученик;Родитель;Способ\n5 А;Клёнова;Клёнова О. О.;на бумаге\n",
    "строка 2: одной фамилии мало: нужны фамилия и имя или номер ученика",
  ),
  text(
    "an unknown pupil",
    "delivery",
    "Класс;Ученик;Родитель;Способ\n5 А;Неизвестнов Пётр;Неизвестнова О. О.;на бумаге\n",
    "строка 2: ученика с таким именем в этом классе нет",
  ),
  text(
    "an unknown number",
    "delivery",
    "Номер ученика;Родитель;Способ\n999;Клёнова О. О.;на бумаге\n",
    "строка 2: ученика с номером 999 в журнале нет",
  ),
  text(
    "a pupil of another class",
    "delivery",
    "Класс;Номер ученика;Родитель;Способ\n5 Б;20001;Берёзкина О. О.;на бумаге\n",
    "строка 2: ученик с номером 20001 – не в классе «5 Б»",
  ),
  text(
    "a number and a name of two pupils",
    "delivery",
    "Ученик;Номер ученика;Родитель;Способ\nКлёнова Анна;20001;Берёзкина О. О.;на бумаге\n",
    "строка 2: номер 20001 и имя – разных учеников",
  ),
  text(
    "a way that nobody knows",
    "delivery",
    "Класс;Ученик;Родитель;Способ\n5 А;Клёнова Анна;Клёнова О. О.;голубем\n",
    "строка 2: «голубем» в столбце «Способ» непонятно: нужно «электронно» или «на бумаге»",
  ),
  text(
    "neither yes nor no",
    "delivery",
    "Класс;Ученик;Родитель;Способ;Крупный шрифт\n5 А;Клёнова Анна;Клёнова О. О.;на бумаге;наверное\n",
    "строка 2: «наверное» в столбце «Крупный шрифт» – не да и не нет",
  ),
  text(
    "an end before the beginning",
    "substitutions",
    "Дата;По;Кого заменяют;Кто заменяет\n09.10.2026;05.10.2026;Лугова А. П.;Ручьёв П. И.\n",
    "строка 2: последний день замены раньше первого",
  ),
  text(
    "somebody who stands in for himself",
    "substitutions",
    "Дата;Кого заменяют;Кто заменяет\n09.10.2026;Лугова А. П.;Лугова Анна Петровна\n",
    "строка 2: учитель заменяет сам себя",
  ),
  text(
    "a look of no day",
    "looks",
    "Класс;Ученик;Дата\n5 А;Клёнова Анна;вчера\n",
    "строка 2: «вчера» в столбце «Дата» – не дата: напишите, например, 05.10.2026",
  ),
  text(
    "a look without a day",
    "looks",
    "Класс;Ученик;Дата;Вид\n5 А;Клёнова Анна;;просмотр\n",
    "строка 2: пусто в столбце «Дата»",
  ),
  text(
    "an archive of no kind",
    "archives",
    "Вид;Дата;Класс\nкоробка;05.10.2026;5 А\n",
    "строка 2: «коробка» в столбце «Вид» непонятно: нужно «неделя» или «книга» или «книга года»",
  ),
  text(
    "an archive without a kind",
    "archives",
    "Вид;Дата;Класс;Проверен\n;05.10.2026;5 А;12.10.2026\n",
    "строка 2: пусто в столбце «Вид»: нужно «неделя» или «книга» или «книга года»",
  ),
];
