import { z } from "zod";
import { type NoticeProgress, noticesAfter } from "../../store/notice-lists.ts";
import { instantOf, instantOrNull, operation, partOf } from "./operation.ts";
import { cursorOf, noticesQuestion, placeOf } from "./questions.ts";
import { noticeList } from "./shapes.ts";

const place = z.tuple([z.int().min(1).max(2_147_483_647)]);

export const noticesOperation = operation(
  {
    path: "/notices",
    scope: "notices",
    summary: "Состояния распечаток",
    description:
      "Распечатки семьям на бумаге в том порядке, в каком они составлялись, и как далеко зашла каждая. Что в них написано, и кодов корешков здесь нет.",
    parts: {},
    question: noticesQuestion,
    answer: noticeList,
    personal: true,
  },
  async ({ store, schoolId }, { question, reach }) => {
    const { limit, cursor, batch, class: classExternalId } = question;
    const [after] = placeOf(cursor, place) ?? [0];
    const rows = await noticesAfter(store, schoolId, { reach, batch, classExternalId }, { after, limit: limit + 1 });
    return partOf(rows, limit, itemOf, ({ id }) => cursorOf([id]));
  },
);

type NoticeState = z.infer<typeof noticeList>["items"][number]["state"];

function itemOf(notice: NoticeProgress) {
  const { pupilExternalId, classExternalId, ...rest } = notice;
  return {
    ...rest,
    pupilId: pupilExternalId,
    classId: classExternalId,
    state: stateOf(notice),
    composedAt: instantOf(notice.composedAt),
    printedAt: instantOrNull(notice.printedAt),
    handedAt: instantOrNull(notice.handedAt),
    returnedAt: instantOrNull(notice.returnedAt),
    withdrawnAt: instantOrNull(notice.withdrawnAt),
  };
}

/** The last step that it has taken. */
function stateOf({ withdrawnAt, returnedAt, handedAt, printedAt }: NoticeProgress): NoticeState {
  if (withdrawnAt !== null) return "withdrawn";
  if (returnedAt !== null) return "returned";
  if (handedAt !== null) return "handed";
  return printedAt === null ? "composed" : "printed";
}
