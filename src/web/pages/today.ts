import { alertText } from "../../domain/alerts/words.ts";
import { controlDay, monthDue } from "../../domain/control/due.ts";
import { monthName, monthOf } from "../../domain/control/month.ts";
import { dayOf } from "../../domain/days.ts";
import { titleOf } from "../../domain/explanation/verdict.ts";
import { longDay, shortDay } from "../../domain/notice/words.ts";
import { toClearUp } from "../../scans/clear-up.ts";
import { openAlerts } from "../../store/alerts.ts";
import { listControlHeads } from "../../store/controls.ts";
import { countsByPerson, findingsPage } from "../../store/findings.ts";
import { batchStates } from "../../store/notice-states.ts";
import { latestPasses } from "../../store/passes.ts";
import type { Doors, Seen } from "../doors/pages.ts";
import { type Html, html } from "../html.ts";
import { cases, openOf, peopleSection } from "../sections/findings.ts";
import { count, when } from "../sections/format.ts";
import { NEEDS_PERSON } from "../sections/grave.ts";
import { PASS_STATES } from "../sections/last-pass.ts";
import { addressWith, howMany } from "../sections/list.ts";

const FINDINGS = 12;
const PEOPLE = 7;

interface Task {
  readonly mood: "bad" | "doubtful" | "plain";
  readonly what: Html;
}

/** Сегодня: what this very person has to do, in order of urgency; nothing about others. */
export function addToday(doors: Doors): void {
  const { needs } = doors;
  const { store, schoolId } = needs;

  doors.page("/", { kind: "right", action: "own.see" }, async (seen) => {
    const tasks = (await Promise.all([troubles(seen), control(seen), policy(seen), scans(seen), handOut(seen)])).flat();
    const urgent = tasks.toSorted((one, other) => ORDER.indexOf(one.mood) - ORDER.indexOf(other.mood));
    const own = await ownFindings(seen);
    return {
      title: "Сегодня",
      here: "/",
      body: html`<h1 class="title">Здравствуйте, ${seen.visitor.account.name}</h1>
<section><h2>Что сделать сегодня</h2>${
        urgent.length === 0 && own === null
          ? html`<p class="good">Ничего не ждёт: всё, что касается вас, сделано.</p>`
          : html`<ul class="tasks">${urgent.map(({ mood, what }) => html`<li class="${mood}">${what}</li>`)}</ul>`
      }${own}</section>${school(seen) ? await schoolLine(seen) : null}`,
    };
  });

  const school = (seen: Seen) => seen.may("overview.see");

  /** What only the administrator can mend. */
  async function troubles(seen: Seen): Promise<Task[]> {
    if (!seen.may("passes.work")) return [];
    const alerts = await openAlerts(store, schoolId);
    return [...Map.groupBy(alerts, ({ kind }) => kind)].map(([kind, of]) => {
      const { title, todo } = alertText(kind, of);
      return {
        mood: NEEDS_PERSON.has(kind) ? "bad" : "doubtful",
        what: html`<a href="${kind === "facts-held" ? "/passes/held" : "/passes"}">${title}</a><br><small>${todo[0] ?? ""}</small>`,
      };
    });
  }

  /** The control of the month that has ended («Порядок», п. 8). */
  async function control(seen: Seen): Promise<Task[]> {
    if (!seen.may("control.work")) return [];
    const controls = await listControlHeads(store, schoolId);
    const { calendar, policy: ruling } = await needs.verbs.judging();
    const due = monthDue(calendar, dayOf(seen.now, seen.zone), ruling.control.workingDay);
    const drafts = controls.filter(({ concludedAt }) => concludedAt === null);
    const missing = due === null || controls.some(({ month }) => month === due) ? [] : [due];
    return [
      ...missing.map(
        (month): Task => ({
          mood: "bad",
          what: html`<a href="/control">Составить контроль за ${monthName(month)}</a>`,
        }),
      ),
      ...drafts.map(
        ({ month }): Task => ({
          mood: "bad",
          what: html`<a href="/control/${month}">Утвердить заключение контроля за ${monthName(month)}</a><br><small>После этого письма уйдут учителям.</small>`,
        }),
      ),
    ];
  }

  async function policy(seen: Seen): Promise<Task[]> {
    if (!seen.may("policy.accept")) return [];
    const { pending, file } = await needs.verbs.policy();
    return pending
      ? [{ mood: "doubtful", what: html`<a href="/policy">Решить, принять ли порядок ${file.version}</a>` }]
      : [];
  }

  async function scans(seen: Seen): Promise<Task[]> {
    if (!seen.may("slips.clear")) return [];
    const { slips, files } = await toClearUp(store, schoolId);
    const n = slips.length + files.length;
    return n === 0
      ? []
      : [{ mood: "doubtful", what: html`<a href="/slips">Разобрать сканы корешков: ${count(n)}</a>` }];
  }

  /** Of own classes: printed and not handed out. */
  async function handOut(seen: Seen): Promise<Task[]> {
    const { all, classes } = seen.reach("notices.work");
    if (all || classes.length === 0) return [];
    const batches = await batchStates(store, schoolId, 4);
    return batches.flatMap(({ number, classes: of }) =>
      of
        .filter((one) => classes.includes(one.classExternalId) && one.printed > one.handed)
        .map(
          (one): Task => ({
            mood: "doubtful",
            what: html`<a href="/notices/${number}/${one.classExternalId}">Раздать распечатки, ${one.className}, партия № ${number}: ${count(one.printed - one.handed)}</a>`,
          }),
        ),
    );
  }

  /** Own cases that are still open. */
  async function ownFindings(seen: Seen): Promise<Html | null> {
    const { staffName } = seen.visitor.account;
    if (staffName === null) return null;
    const reach = { all: false, classes: [], staffName, accountId: null };
    const { total, findings } = await findingsPage(
      store,
      schoolId,
      { reach, status: "open", severity: "violation", verdict: "proved" },
      { offset: 0, limit: FINDINGS },
    );
    if (total === 0) return null;
    return html`<h3>За вами ${howMany(total, "открытое замечание", "открытых замечания", "открытых замечаний")}</h3><ul class="tasks">${findings.map(
      (finding) =>
        html`<li class="bad"><a href="/findings/${finding.id}">${titleOf(finding)}</a><br><small>${finding.className}${finding.subject === null ? "" : `, ${finding.subject}`}${finding.lessonDate === null ? "" : `, урок ${shortDay(finding.lessonDate)}`}${finding.dueAt === null ? "" : `, срок был ${when(finding.dueAt, seen)}`}</small></li>`,
    )}</ul>${total > findings.length ? html`<p>Все: ${cases(total, { ...openOf("violation"), person: staffName })}</p>` : null}`;
  }

  async function schoolLine(seen: Seen): Promise<Html> {
    const reach = seen.reach("findings.see");
    const { total } = await findingsPage(
      store,
      schoolId,
      { reach, status: "open", severity: "violation", verdict: "proved" },
      { offset: 0, limit: 1 },
    );
    const people = await countsByPerson(store, schoolId);
    return html`<section><h2>Школа</h2>${await readLine(seen)}<p>${total === 0 ? html`<span class="good">Открытых нарушений нет.</span>` : html`<a class="case" href="${addressWith("/findings", openOf("violation"))}">${howMany(total, "открытое нарушение", "открытых нарушения", "открытых нарушений")}</a>, подробности – в <a href="/overview">обзоре</a>.`}</p>${await nextControl(seen)}</section>${peopleSection(people, PEOPLE)}`;
  }

  /** Figures are worth as much as the last reading. */
  async function readLine(seen: Seen): Promise<Html> {
    const [last] = await latestPasses(store, schoolId, 1);
    if (last === undefined) return html`<p class="doubtful">Журнал ещё не читался.</p>`;
    const at = when(last.finishedAt ?? last.startedAt, seen);
    const { name, mood } = PASS_STATES[last.state];
    return html`<p>Журнал прочитан ${at}: <a href="/passes"><span class="${mood}">проход ${name}</span></a>.</p>`;
  }

  /** The month that is under way: when its control can be made. */
  async function nextControl(seen: Seen): Promise<Html | null> {
    if (!seen.may("control.work")) return null;
    const { calendar, policy: ruling } = await needs.verbs.judging();
    const month = monthOf(dayOf(seen.now, seen.zone));
    const day = controlDay(calendar, month, ruling.control.workingDay);
    return html`<p>Контроль за ${monthName(month)} составится сам ${longDay(day)}, раньше – нельзя: месяц ещё идёт.</p>`;
  }
}

const ORDER = ["bad", "doubtful", "plain"];
