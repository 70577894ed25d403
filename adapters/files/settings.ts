import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { type SchoolCalendar, type SchoolYear, schoolYearOf } from "../../src/domain/calendar.ts";
import { SverkaError } from "../../src/domain/error.ts";
import { defaultSettings, type Settings } from "../../src/domain/settings.ts";
import { type CalendarFile, calendarFile } from "./calendar-file.ts";
import { importFile } from "./import-file.ts";
import { mappingFile } from "./mapping-file.ts";
import { paperFile } from "./paper-file.ts";
import { peopleFile } from "./people-file.ts";
import { policyFile } from "./policy-file.ts";
import { schoolFile } from "./school-file.ts";
import { readYaml } from "./yaml-file.ts";

/**
 * The school's settings from its folder: `school.yaml`, `policy/order-204.yaml`, `calendar/*.yaml`, `avers.yaml`, `paper-families.yaml`, `people.yaml`,
 * `import.yaml`. A missing file, key or value has its
 * default. Throws a `SverkaError` of kind `configuration` that names file, line, what is wrong and what to do.
 */
export async function loadSettings(folder: string): Promise<Settings> {
  const { workingWeekdays, ...school } = await readYaml(join(folder, "school.yaml"), schoolFile);
  const policy = await readYaml(join(folder, "policy", "order-204.yaml"), policyFile);
  const mapping = await readYaml(join(folder, "avers.yaml"), mappingFile);
  const paper = await readYaml(join(folder, "paper-families.yaml"), paperFile);
  const { people } = await readYaml(join(folder, "people.yaml"), peopleFile);
  const imports = await readYaml(join(folder, "import.yaml"), importFile);
  const years = await readCalendars(join(folder, "calendar"));
  const calendar = joined(years, { zone: school.zone, workingWeekdays });
  return { school, policy, mapping, paper, people, imports, calendar };
}

async function readCalendars(folder: string): Promise<readonly CalendarFile[]> {
  const files: CalendarFile[] = [];
  const paths = new Map<number, string>();
  for (const name of await namesIn(folder)) {
    const path = join(folder, name);
    const file = await readYaml(path, calendarFile);
    files.push(file);
    if (file.schoolYear === undefined) continue;
    const year = schoolYearOf(file.schoolYear.from);
    const before = paths.get(year);
    if (before !== undefined) {
      const sentence = `${path}, строка 1: учебный год ${year}/${year + 1} уже описан в файле ${before}; оставьте один.`;
      throw new SverkaError("configuration", "config-invalid", sentence);
    }
    paths.set(year, path);
  }
  return files;
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => /\.ya?ml$/.test(name)).sort();
  } catch (cause) {
    if ((cause as { code?: unknown }).code === "ENOENT") return [];
    const sentence = `${folder}: папка не читается; проверьте права на неё.`;
    throw new SverkaError("configuration", "config-unreadable", sentence, { cause });
  }
}

/** Assumed years stay where no file defines them, and the known days off of a calendar year where no file lists any of it. */
function joined(
  files: readonly CalendarFile[],
  school: Pick<SchoolCalendar, "zone" | "workingWeekdays">,
): SchoolCalendar {
  const { years: assumed, national } = defaultSettings.calendar;
  const years = files.flatMap((file): SchoolYear[] =>
    file.schoolYear === undefined ? [] : [yearOf(file.schoolYear, file)],
  );
  const told = new Set(years.map(({ from }) => schoolYearOf(from)));
  const daysOff = files.flatMap((file) => file.national.daysOff);
  const listed = new Set(daysOff.map((day) => day.slice(0, 4)));
  const known = national.daysOff.filter((day) => !listed.has(day.slice(0, 4)));
  return {
    ...school,
    years: [...years, ...assumed.filter(({ from }) => !told.has(schoolYearOf(from)))],
    national: {
      daysOff: [...new Set([...daysOff, ...known])].sort(),
      workingDays: [...new Set(files.flatMap((file) => file.national.workingDays))].sort(),
    },
  };
}

/** Days that the school has not confirmed are an assumption, which the journal's own terms replace. */
function yearOf(
  { from, to, confirmed }: NonNullable<CalendarFile["schoolYear"]>,
  { groups, closed, shortened, shifts, results }: CalendarFile,
): SchoolYear {
  return {
    from,
    to,
    groups,
    closed,
    ...(shortened.length > 0 ? { shortened } : {}),
    ...(shifts.length > 0 ? { shifts } : {}),
    ...(results.length > 0 ? { results } : {}),
    ...(confirmed ? {} : { assumed: true }),
  };
}
