import { systemClock } from "../../adapters/clock/system-clock.ts";
import { accessKey } from "../../adapters/files/access-key.ts";
import { folderFiles } from "../../adapters/files/folder-files.ts";
import { templateFiles } from "../../adapters/files/template-files.ts";
import { tlsFiles } from "../../adapters/files/tls-files.ts";
import { createScanFolder } from "../../adapters/scan/scan-folder.ts";
import { createScanner } from "../../adapters/scan/scanner.ts";
import type { InvitationPlace } from "../access/invitation-letter.ts";
import type { AccessNeeds } from "../access/needs.ts";
import { createCipher } from "../access/secrets.ts";
import type { ControlNeeds } from "../control/monthly-control.ts";
import type { PublishNeeds } from "../control/publish-control.ts";
import type { AnalysisNeeds } from "../control/term-analysis.ts";
import type { DailyNeeds } from "../delivery/compose-daily.ts";
import { deliverDue } from "../delivery/deliver.ts";
import { type AlertNeeds, raiseAlerts } from "../delivery/raise-alerts.ts";
import type { Look } from "../domain/alerts/alert.ts";
import { sameClass, termOf } from "../domain/calendar.ts";
import type { Policy } from "../domain/policy.ts";
import type { House } from "../main.ts";
import type { ComposeNeeds, PaperWish } from "../notices/compose-batches.ts";
import type { FileNeeds, PrintNeeds } from "../notices/print-batch.ts";
import type { ByHandNeeds } from "../notices/print-notices.ts";
import type { PrintingNeeds } from "../print/needs.ts";
import type { ScanNeeds } from "../scans/scan-needs.ts";
import { lastCheck } from "../store/checks.ts";
import { listFindings } from "../store/findings.ts";
import type { PaperFamily } from "../store/paper-families.ts";
import { latestPasses } from "../store/passes.ts";
import { createPrintJob } from "../store/print-jobs.ts";
import { listPupils } from "../store/pupils.ts";
import type { SyncNeeds } from "../sync/sync-school.ts";
import type { Site } from "../web/doors/site.ts";
import { familiesOnPaper } from "./families-on-paper.ts";
import { latestKnown } from "./latest-known.ts";
import { teachersNow } from "./letters.ts";
import { checkNeeds, schoolNow } from "./school.ts";

// What each use case needs, taken from the house. Here, at the root, and nowhere else they meet.

export function syncNeeds(house: House): SyncNeeds {
  const { share, facts } = house.settings.policy.quarantine;
  return {
    store: house.store,
    journal: house.journal(),
    clock: house.clock,
    zone: house.school.zone,
    limits: { share, count: facts },
  };
}

export async function dailyNeeds(house: House): Promise<DailyNeeds> {
  const { store, clock, simulation, settings } = house;
  const school = await schoolNow(house);
  const { mail } = settings.school;
  const LAST = 30;
  return {
    store,
    clock,
    school,
    simulation,
    sender: mail.sender,
    recipients: mail.deputyDirector === null ? [] : [mail.deputyDirector],
    quiet: mail.quiet,
    pupilsBy: mail.pupils,
    read: {
      findings: async (since) => {
        const open = await listFindings(store, school.id, { statuses: ["open"] });
        const changed = await listFindings(store, school.id, since === null ? {} : { changedSince: since });
        return [...new Map([...open, ...changed].map((finding) => [finding.id, finding])).values()];
      },
      tallies: async () => (await lastCheck(store, school.id))?.tallies ?? [],
      passes: async (since) =>
        (await latestPasses(store, school.id, LAST)).filter((pass) => since === null || pass.startedAt > since),
      pupils: () => listPupils(store, school.id),
      unreached: async () => (await teachersNow(house)).unreached,
    },
  };
}

/** How the administrator is told. Without `deliver` letters are sent at once, here and now. */
async function alertNeeds(house: House, deliver?: AlertNeeds["deliver"]): Promise<AlertNeeds> {
  const { store, clock, simulation, mailer, log, settings } = house;
  const { sender, administrator } = settings.school.mail;
  return {
    store,
    clock,
    school: await schoolNow(house),
    simulation,
    sender,
    recipient: administrator,
    deliver: deliver ?? (() => deliverDue({ store, mailer, clock, log })),
  };
}

/** Takes a look at troubles and never throws: what is told of some work does not change how it ended. */
export function raiser(house: House, deliver?: AlertNeeds["deliver"]): (look: Look) => Promise<void> {
  return async (look) => {
    try {
      await raiseAlerts(await alertNeeds(house, deliver), look);
    } catch (error) {
      house.log.error({ err: error }, "сообщение о неполадке не составлено");
    }
  };
}

export async function controlNeeds(house: House): Promise<ControlNeeds> {
  const { store, simulation } = house;
  const { policy, calendar, mapping } = await checkNeeds(house);
  const school = await schoolNow(house);
  return { store, policy, calendar, mapping, school, simulation, now: await latestKnown(house) };
}

/** Forecast and analysis accuse nobody, so they go by the file at once, as the notices do, accepted or not. */
export async function analysisNeeds(house: House): Promise<AnalysisNeeds> {
  const needs = await controlNeeds(house);
  const { forecast, termAnalysis } = house.settings.policy;
  return { ...needs, policy: { ...needs.policy, forecast, termAnalysis } };
}

export function publishNeeds({ store, school, settings, clock }: House, policy: Policy): PublishNeeds {
  const { sender, deputyDirector } = settings.school.mail;
  const { thanks } = policy.control;
  return { store, schoolId: school.id, sender, deputyDirector, people: settings.people, thanks, now: clock.now() };
}

/** What printing needs; troubles are told by `raise`. */
export function printingNeeds(house: House, raise: PrintingNeeds["raise"] = raiser(house)): PrintingNeeds {
  const { store, printer, clock, school, log } = house;
  return { store, printer, clock, schoolId: school.id, log, raise };
}

export async function composeNeeds(house: House): Promise<ComposeNeeds & FileNeeds> {
  const { store, clock, simulation, settings } = house;
  const { calendar, policy: ruling } = await checkNeeds(house);
  const { forecast, noticeCycle: cycle } = settings.policy;
  return {
    store,
    clock,
    school: await schoolNow(house),
    calendar,
    ruling,
    cycle,
    layout: cycle.layout,
    templates: { templates: templateFiles(house.environment), raise: raiser(house) },
    mapping: settings.mapping,
    forecast,
    simulation,
    families: async () => {
      const told = await familiesOnPaper(house);
      return told === null
        ? null
        : new Map(told.map(({ pupilExternalId, ...wish }) => [pupilExternalId, wishOf(wish)]));
    },
    calendarTerm: (day) => (of) => termOf(calendar, day, of),
    contactOf: (className) => settings.paper.contacts.find((one) => sameClass(one.class, className))?.contact ?? null,
  };
}

function wishOf({ largePrint, plain, address, guardian }: Omit<PaperFamily, "pupilExternalId">): PaperWish {
  const post = address === null || guardian === null ? null : { addressee: guardian, address };
  return { largePrint, plain, post };
}

/** What sends batches to the school's printer. */
export async function batchPrintNeeds(house: House): Promise<PrintNeeds> {
  const { clock, school } = house;
  const printer = house.printer.place;
  return {
    ...(await composeNeeds(house)),
    async print(client, fileId) {
      await createPrintJob(client, { schoolId: school.id, fileId, printer, at: clock.now() });
    },
  };
}

/** What a batch by hand needs besides. */
export async function byHandNeeds(house: House): Promise<ByHandNeeds> {
  return { ...(await composeNeeds(house)), files: folderFiles };
}

/** People live by the computer's own clock: their phones do, and a simulated one begins anew with each process. */
export function accessNeeds({ store, school, settings, environment }: House): AccessNeeds {
  const { idleMinutes, hours } = settings.school.access;
  return {
    store,
    schoolId: school.id,
    clock: systemClock,
    limits: { idleMs: idleMinutes * 60_000, absoluteMs: hours * 3_600_000 },
    cipher: createCipher(accessKey(environment.data)),
  };
}

/** Where the pages are reached from. Throws `tls-files` (configuration). */
export function siteOf({ environment }: House): Site {
  const { address, proxies } = environment;
  return { address, proxies, tls: tlsFiles(environment) };
}

/** `page`: where a running service listens; else where it would. */
export async function invitationPlace(house: House, page?: string): Promise<InvitationPlace> {
  const { school, settings, simulation, clock, environment } = house;
  const { address, port, tlsCert } = environment;
  return {
    schoolId: school.id,
    school: (await schoolNow(house)).name,
    simulation,
    zone: school.zone,
    page: address ?? page ?? `${tlsCert === null ? "http" : "https"}://127.0.0.1:${port}`,
    sender: settings.school.mail.sender,
    now: clock.now(),
  };
}

/** Originals are kept by the file's policy of today, accepted or not: to destroy them accuses nobody. Whoever takes these needs closes their scanner. */
export function scanNeeds({ store, clock, school, settings, environment }: House): ScanNeeds {
  const { keepDays } = settings.policy.scans;
  return { store, clock, school, scanner: createScanner(), folder: createScanFolder(environment.data), keepDays };
}
