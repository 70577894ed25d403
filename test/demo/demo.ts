// `npm run demo`: an emulated school, two of its weeks in about a minute, and the page left open. Everything between is the real service.
import { resolve } from "node:path";
import { Option } from "commander";
import { readEnvironment } from "../../adapters/files/environment.ts";
import { createLog } from "../../adapters/log/log.ts";
import { startClock } from "../../jobs/clock.ts";
import type { Trainee } from "../../src/access/training.ts";
import { parseDay } from "../../src/cli/arguments.ts";
import { endOf } from "../../src/cli/exit-code.ts";
import { byHandNeeds } from "../../src/cli/needs.ts";
import { russianCommand } from "../../src/cli/program.ts";
import type { Span } from "../../src/domain/calendar.ts";
import { addDays } from "../../src/domain/days.ts";
import { longSpan } from "../../src/domain/notice/words.ts";
import type { EpochMs } from "../../src/domain/time.ts";
import { type House, openHouse } from "../../src/main.ts";
import { printNotices } from "../../src/notices/print-notices.ts";
import { type Service, startService } from "../../src/service.ts";
import { listFindings } from "../../src/store/findings.ts";
import { type EmulatedSchool, generateSchool, startEmulator } from "../emulator/index.ts";
import { live } from "./live.ts";
import { resetDemo } from "./reset.ts";
import { demoSettings } from "./settings.ts";

const say = (text: string) => process.stdout.write(`${text}\n`);
const stop = new AbortController();
// A closed terminal window too is to leave no database server behind.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.once(signal, () => {
    say("\nЗаканчиваю: останавливаю службу и базу …");
    stop.abort();
  });
}

const program = russianCommand("npm run demo --")
  .description("показ: учебная школа, две её недели примерно за минуту")
  .addOption(new Option("--from <день>", "первый день").argParser(parseDay).default("2026-11-16"))
  .addOption(new Option("--to <день>", "последний день").argParser(parseDay).default("2026-11-29"))
  .addHelpText("after", "\nПапку данных задаёт SVERKA_DATA, порт страницы – SVERKA_PORT.")
  .action((span: Span) => demonstrate(span));

try {
  await program.parseAsync();
} catch (error) {
  const { exitCode, sentence } = endOf(error);
  if (!stop.signal.aborted) {
    if (sentence !== null) process.stderr.write(`${sentence}\n`);
    if (process.env.LOG_LEVEL === "debug") process.stderr.write(`${(error as Error).stack}\n`);
    process.exitCode = exitCode;
  }
}

async function demonstrate(span: Span): Promise<void> {
  // Passes begin at 07:30; the last day's letter comes in the next morning.
  const begin = Date.parse(`${span.from}T07:20:00+03:00`);
  const end = Date.parse(`${addDays(span.to, 1)}T07:10:00+03:00`);
  const { SVERKA_DATA, SVERKA_PORT, SVERKA_HOST, SVERKA_CONFIG } = process.env;
  const places = readEnvironment({
    SVERKA_DATA,
    SVERKA_PORT,
    SVERKA_HOST,
    SVERKA_CONFIG,
    SVERKA_CLOCK: new Date(begin).toISOString(),
  });
  const data = resolve(places.data);
  say("«Сверка»: показ на учебной школе (6 классов, 60 учеников, вторая четверть). Ничего настоящего здесь нет.\n");
  say(`1. Готовлю встроенную базу в ${data} …`);
  await resetDemo(data);

  const closing = new AsyncDisposableStack();
  try {
    const school = generateSchool({ seed: 20, classes: 6, pupils: 60 });
    let now: () => EpochMs = () => begin;
    const emulator = await startEmulator({ school, clock: () => now() });
    closing.defer(() => emulator.close());
    say(`2. Учебный журнал «Аверс» отвечает на ${emulator.url}`);
    const { login, password } = emulator.credentials.administrator;
    const house = await openHouse({
      environment: { ...places, aversUrl: emulator.url, aversLogin: login, aversPassword: password },
      as: "simulation",
      log: createLog({ level: process.env.LOG_LEVEL ?? "error", pretty: process.stderr.isTTY }),
      adjust: (settings) => demoSettings(settings, school),
    });
    closing.defer(() => house.close());
    now = () => house.clock.now();
    const service = await startService(house, { clock: false, web: true, trainees: traineesOf(school) });
    closing.defer(() => service.stop());
    say(
      `3. Служба работает, страница открыта: ${service.address} – вход учебный, без пароля: выберите там, кем войти.\n`,
    );
    say(
      `4. Проживаю ${longSpan(span.from, span.to)} (две недели – около минуты). В журнал пишут учителя: кто вовремя, кто позже, кто забывает.`,
    );
    await live({ house, service, begin, end, say, signal: stop.signal });
    if (!stop.signal.aborted) await stay(house, service, span, data);
  } finally {
    await closing.disposeAsync();
  }
}

/** One for each kind of duty; the teachers are those of the journal. */
function traineesOf({ classes, staff }: EmulatedSchool): readonly Trainee[] {
  const leading = classes[0]?.teacherName ?? null;
  const subject = staff.findLast(({ name }) => classes.every(({ teacherName }) => teacherName !== name))?.name ?? null;
  return [
    { login: "zavuch", name: "заместитель директора", staffName: null, roles: ["deputy"] },
    { login: "director", name: "директор", staffName: null, roles: ["director"] },
    { login: "admin", name: "ответственный за работу", staffName: null, roles: ["administrator"] },
    {
      login: "leader",
      name: `классный руководитель, ${leading}`,
      staffName: leading,
      roles: ["class-teacher", "subject-teacher"],
    },
    { login: "teacher", name: `учитель, ${subject}`, staffName: subject, roles: ["subject-teacher"] },
  ];
}

/** Prints the notices, says where everything is, and keeps the service going until it is told to end. */
async function stay(house: House, service: Service, span: Span, data: string): Promise<void> {
  const out = resolve(data, "print");
  const printed = await printNotices(await byHandNeeds(house), { span, out, all: false });
  const counted = (await listFindings(house.store, house.school.id)).filter(({ verdict }) => verdict !== "unproved");
  const example = counted.find(({ verdict }) => verdict === "late") ?? counted[0];
  const place = (what: string, where: string) => say(`   ${what.padEnd(37)} ${where}`);
  say("\n5. Готово. Где смотреть:");
  place("страница", `${service.address}  (учебный вход без пароля: выберите, кем войти)`);
  for (const { name, link } of service.training) place(`  сразу как ${name.split(",")[0]}`, link);
  place("письма", resolve(data, "outbox"));
  for (const file of printed.files) place(`распечатки семьям (${printed.notices})`, file);
  if (example) place("почему засчитано замечание", `npm run --silent sverka -- explain ${example.id}`);
  if (process.env.SVERKA_DATA) say(`   (команде нужна та же папка: SVERKA_DATA=${process.env.SVERKA_DATA})`);
  say("\nСтраница останется открытой. Закончить: Ctrl+C.");
  const onError = (error: unknown) => house.log.error({ err: error }, "часы");
  const clock = startClock({ ...service.ticks, clock: house.clock, onError });
  if (!stop.signal.aborted)
    await new Promise<void>((done) => stop.signal.addEventListener("abort", () => done(), { once: true }));
  await clock.stop();
}
