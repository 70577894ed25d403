import { z } from "zod";

// What `/api/v1` answers. The same schemas cut each answer to its shape and make the OpenAPI document, so that neither can say what the other does not.

/** Schemas with a name of their own in the document. */
export const SHAPES = z.registry<{ id: string }>();

const instant = () => z.iso.datetime();
const maybe = <Schema extends z.ZodType>(schema: Schema) => schema.nullable();
const day = () => z.iso.date();
const count = () => z.int().min(0);

const person = z
  .object({ id: maybe(z.string()).describe("номер в журнале, если он известен"), name: z.string() })
  .describe("Сотрудник, как его называет журнал.")
  .register(SHAPES, { id: "Person" });

const findingFields = {
  id: z.string().describe("один и тот же случай имеет один и тот же номер навсегда"),
  rule: z.string().describe("какое правило, например lesson-same-day"),
  clause: z.string().describe("пункт приказа"),
  title: z.string().describe("замечание в нескольких словах"),
  status: z.enum(["open", "settled", "waived", "withdrawn"]).describe("открыто, исправлено, снято, отозвано"),
  verdict: z
    .enum(["late", "missing", "violation", "unproved"])
    .describe("позже срока, не внесено, нарушение, не доказано (ничем не считается)"),
  severity: z.enum(["violation", "warning", "hint"]).describe("нарушение, предупреждение, подсказка"),
  dueAt: maybe(instant()).describe("срок"),
  absentAt: maybe(instant()).describe("когда записи ещё точно не было"),
  seenAt: maybe(instant()).describe("когда её увидели впервые"),
  classId: z.string(),
  className: z.string(),
  subjectId: maybe(z.string()),
  subject: maybe(z.string()),
  lessonId: maybe(z.string()),
  lessonDate: maybe(day()),
  pupilId: maybe(z.string()).describe("номер ученика в журнале; имён нет"),
  about: maybe(z.string()).describe("о чём ещё: период, месяц, неделя, группа"),
  accountable: maybe(person).describe("кто отвечает"),
  openedAt: instant(),
  settledAt: maybe(instant()),
  withdrawnAt: maybe(instant()),
  waivedAt: maybe(instant()),
};

const finding = z
  .object(findingFields)
  .describe("Замечание: нарушение, предупреждение или подсказка.")
  .register(SHAPES, { id: "Finding" });

const findingEvent = z
  .object({
    at: instant(),
    kind: z.enum(["opened", "settled", "waived", "withdrawn", "reopened", "changed"]),
    author: z.string().describe("кто; sverka – сама программа"),
    cause: z.string(),
  })
  .describe("Шаг из жизни замечания.")
  .register(SHAPES, { id: "FindingEvent" });

export const findingWhole = z
  .object({ ...findingFields, events: z.array(findingEvent) })
  .describe("Замечание со всей его историей.")
  .register(SHAPES, { id: "FindingWhole" });

const pass = z
  .object({
    id: z.int(),
    state: z
      .enum(["running", "done", "trouble", "failed", "interrupted"])
      .describe("идёт, закончен, закончен с неполадками, не удался, прерван"),
    startedAt: instant(),
    finishedAt: maybe(instant()),
    pages: count().describe("сколько страниц журнала прочитать"),
    pagesDone: count(),
    pagesSame: count().describe("из них без перемен"),
    pagesFailed: count(),
    quarantined: count().describe("отложено: исчезло слишком много сразу"),
    added: count(),
    changed: count(),
    vanished: count(),
    requests: count(),
    trouble: maybe(z.string()).describe("одно предложение, если что-то не так"),
  })
  .describe("Один проход по журналу.")
  .register(SHAPES, { id: "Pass" });

const counts = {
  checked: count(),
  inTime: count(),
  late: count(),
  missing: count(),
  unproved: count(),
  waived: count(),
  pending: count(),
};
const partId = z
  .enum(["lessons", "marks", "attendance", "programmes"])
  .describe("занятия, отметки, посещаемость, программы («Порядок», п. 8)");

const countsOf = z.object(counts).describe("Чем кончились сроки.").register(SHAPES, { id: "Counts" });
const countedRow = z
  .object({ name: z.string().describe("класс или сотрудник; пусто – никто"), ...counts })
  .describe("Чем кончились сроки у одного класса или сотрудника.")
  .register(SHAPES, { id: "CountedRow" });

const controlFields = {
  month: z.string().regex(/^\d{4}-\d{2}$/),
  number: z.int(),
  madeAt: instant(),
  asOf: instant(),
  policy: z.string().describe("по какой редакции правил"),
  conclusion: maybe(z.string()).describe("заключение; null – ещё проект"),
  concludedAt: maybe(instant()),
  deliveredAt: maybe(instant()).describe("когда доведён до всех"),
};

const control = z
  .object({
    ...controlFields,
    cases: count().describe("сколько случаев"),
    parts: z.array(z.object({ id: partId, total: countsOf })),
  })
  .describe("Ежемесячный контроль («Порядок», п. 8) в итогах.")
  .register(SHAPES, { id: "Control" });

const controlCase = z
  .object({
    findingId: z.string(),
    part: partId,
    rule: z.string(),
    clause: z.string(),
    verdict: z.enum(["late", "missing", "violation"]),
    teacher: z.string(),
    className: z.string(),
    subject: maybe(z.string()),
    date: maybe(day()),
    dueAt: maybe(instant()),
    pupilNumber: maybe(z.int()).describe("номер по списку класса"),
    earlier: z.boolean().describe("из прежнего месяца, найдено после его контроля"),
    waived: maybe(z.object({ author: z.string(), reason: z.string() })),
  })
  .describe("Один случай контроля.")
  .register(SHAPES, { id: "ControlCase" });

export const controlWhole = z
  .object({
    ...controlFields,
    parts: z.array(
      z.object({ id: partId, total: countsOf, byClass: z.array(countedRow), byTeacher: z.array(countedRow) }),
    ),
    cases: z.array(controlCase),
  })
  .describe("Контроль целиком, каким его зафиксировали.")
  .register(SHAPES, { id: "ControlWhole" });

const notice = z
  .object({
    id: z.int(),
    batch: z.int().describe("номер партии"),
    kind: z
      .enum(["regular", "first", "final", "by-hand"])
      .describe("очередная, первая, с итоговыми отметками, вручную"),
    pupilId: z.string().describe("номер ученика в журнале; имён и отметок нет"),
    classId: z.string(),
    className: z.string(),
    edition: z.int(),
    from: day(),
    to: day(),
    state: z
      .enum(["composed", "printed", "handed", "returned", "withdrawn"])
      .describe("составлена, напечатана, роздана, корешок вернулся, отозвана"),
    composedAt: instant(),
    printedAt: maybe(instant()),
    handedAt: maybe(instant()),
    returnedAt: maybe(instant()),
    withdrawnAt: maybe(instant()),
    withdrawnCause: maybe(z.enum(["agreement-ended", "left-school", "corrected"])),
  })
  .describe("Как далеко зашла одна распечатка («Регламент», п. 2).")
  .register(SHAPES, { id: "Notice" });

z.object({ type: z.string(), title: z.string(), status: z.int(), detail: z.string(), code: z.string() })
  .describe("Отказ (RFC 9457): detail – одно предложение по-русски, code – постоянное слово для программ.")
  .register(SHAPES, { id: "Problem" });

const listOf = <Item extends z.ZodType>(item: Item, id: string, description: string) =>
  z
    .object({
      items: z.array(item),
      next: maybe(z.string()).describe("cursor следующей части; null – это конец"),
    })
    .describe(description)
    .register(SHAPES, { id });

export const findingList = listOf(finding, "FindingList", "Часть замечаний.");
export const passList = listOf(pass, "PassList", "Часть проходов.");
export const controlList = listOf(control, "ControlList", "Часть контролей.");
export const noticeList = listOf(notice, "NoticeList", "Часть распечаток.");
