import type { SchoolCalendar } from "./calendar.ts";
import { defaultCalendar } from "./default-calendar.ts";
import { defaultImportSettings, type ImportSettings } from "./import/settings.ts";
import { defaultMapping, type MappingSettings } from "./mapping.ts";
import type { Reader } from "./people.ts";
import { defaultPolicy, type Policy } from "./policy.ts";
import type { QuietHours } from "./quiet-hours.ts";

/** What a school sets in `config/`; every value has a default. Secrets and places come by the environment instead. */
export interface Settings {
  readonly school: SchoolSettings;
  readonly policy: Policy;
  readonly calendar: SchoolCalendar;
  readonly mapping: MappingSettings;
  readonly paper: PaperSettings;
  readonly people: readonly Reader[];
  readonly imports: ImportSettings;
}

/** Who gets paper («Регламент», п. 2), until delivery agreements are imported. */
export interface PaperSettings {
  /** By the journal's ids; empty: nobody has told. */
  readonly families: readonly { readonly pupil: string; readonly largePrint: boolean; readonly plain: boolean }[];
  /** How class teachers are reached. */
  readonly contacts: readonly { readonly class: string; readonly contact: string }[];
}

export interface SchoolSettings {
  /** Null: as the journal calls it. */
  readonly name: string | null;
  /** IANA zone in which the school lives; the calendar's zone is the same. */
  readonly zone: string;
  readonly mail: {
    /** Who gets the compliance letters; null: nobody yet. */
    readonly deputyDirector: string | null;
    readonly sender: string;
    /** Who is told of troubles; null: nobody. */
    readonly administrator: string | null;
    /** How letters that leave the school call a pupil: by number in the class list, or by surname and initial. */
    readonly pupils: "number" | "surname";
    /** Letters to people wait for the morning; the administrator's alerts do not. */
    readonly quiet: QuietHours;
    /** After how many days a teacher is reminded of the same list; 0: never. */
    readonly remindDays: number;
  };
  readonly journal: {
    readonly inFlight: number;
    /** Pause after each request, milliseconds. */
    readonly pauseMs: number;
    readonly requestSeconds: number;
    readonly passMinutes: number;
    /** Attempts after the first one. */
    readonly retries: number;
  };
  /** How long somebody stays signed in. */
  readonly access: {
    /** Minutes without a look at any page. */
    readonly idleMinutes: number;
    /** Hours from the sign-in, whatever is done. */
    readonly hours: number;
  };
  /** School-time `HH:MM` of each day's passes. */
  readonly passes: readonly string[];
}

export const defaultSettings: Settings = {
  school: {
    name: null,
    zone: defaultCalendar.zone,
    mail: {
      deputyDirector: null,
      sender: "sverka@localhost",
      administrator: null,
      pupils: "number",
      quiet: { from: "20:00", to: "07:00" },
      remindDays: 0,
    },
    journal: { inFlight: 4, pauseMs: 0, requestSeconds: 30, passMinutes: 60, retries: 4 },
    access: { idleMinutes: 60, hours: 12 },
    passes: ["00:05", "07:30", "12:00", "15:00", "18:00", "21:00", "23:50"],
  },
  policy: defaultPolicy,
  calendar: defaultCalendar,
  mapping: defaultMapping,
  paper: { families: [], contacts: [] },
  people: [],
  imports: defaultImportSettings,
};
