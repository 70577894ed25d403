import { renderPlainLetter } from "../documents/mail/plain-letter.ts";
import { printSheets } from "../documents/sheets/sheets-print.ts";
import { dayOf } from "../domain/days.ts";
import { longDay } from "../domain/notice/words.ts";
import type { PlainLetter } from "../domain/report/plain-letter.ts";
import type { EpochMs } from "../domain/time.ts";
import { enqueueLetter } from "../store/outbox.ts";
import type { Transaction } from "../store/transaction.ts";
import type { Invited } from "./accounts.ts";
import { digestOfCode } from "./secrets.ts";

export interface InvitationPlace {
  readonly schoolId: number;
  readonly school: string;
  readonly simulation: boolean;
  readonly zone: string;
  /** Where the page is, as a person's browser reaches it. */
  readonly page: string;
  readonly sender: string;
  /** By the school's clock. */
  readonly now: EpochMs;
}

/** The same words by mail and on paper: where, by which login, with which one-time code. A password stands in neither. */
function invitation({ account, code, expiresAt }: Invited, place: InvitationPlace): PlainLetter {
  const until = longDay(dayOf(expiresAt, place.zone));
  return {
    simulation: place.simulation,
    school: place.school,
    moment: longDay(dayOf(place.now, place.zone)),
    subject: "Сверка: приглашение",
    title: "Приглашение в «Сверку»",
    lead: [
      `${account.name}, для вас готова учётная запись. Пароль вы придумаете сами, его никто, кроме вас, знать не будет.`,
    ],
    figures: [
      ["Страница", `${place.page}/invite`],
      ["Логин", account.login],
      ["Код, один раз", code],
      ["Действует до", until],
    ],
    sections: [
      {
        title: "Что сделать",
        note: null,
        lines: [
          `Откройте в браузере ${place.page}/invite`,
          `Введите код ${code} – он сработает один раз и только до ${until}.`,
          `Придумайте пароль не короче 12 знаков: хорошо подходят четыре слова подряд. Ваш логин: ${account.login}`,
          "Никому не передавайте код и пароль («Порядок», п. 2.3) и не допускайте к своей странице учеников (п. 2.1).",
        ],
      },
    ],
    footer: "Если вы не ждали этого приглашения, скажите ответственному за работу в системе.",
  };
}

/** Writes the letter into the outbox, in the transaction that made the code. */
export async function mailInvitation(client: Transaction, invited: Invited, place: InvitationPlace): Promise<void> {
  const { mail } = invited.account;
  if (mail === null) return;
  await enqueueLetter(client, {
    schoolId: place.schoolId,
    key: `${place.schoolId}/invitation/${digestOfCode(invited.code)}`,
    kind: "invitation",
    from: place.sender,
    to: [mail],
    attachments: [],
    at: place.now,
    ...renderPlainLetter(invitation(invited, place)),
  });
}

/** The sheet to be handed over: PDF. */
export function printInvitation(invited: Invited, place: InvitationPlace): Promise<Uint8Array> {
  const letter = invitation(invited, place);
  const lines = letter.figures.map(([name, value]) => `${name}: ${value}`);
  const sections = [{ title: "Ваши данные", note: null, lines }, ...letter.sections];
  return printSheets([{ teacher: invited.account.name, letter: { ...letter, sections } }], place.now);
}
