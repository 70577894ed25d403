import type { Environment } from "../../adapters/files/environment.ts";
import type { House } from "../main.ts";

/** Gives work its house. */
export type Opened = <Result>(work: (house: House) => Promise<Result>) => Promise<Result>;

/** What every command is given: the world around it, and the door of the house. */
export interface Tools {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  /** Aborted when a person or the system asks the process to end. */
  readonly signal: AbortSignal;
  /** The environment, completed by what `sverka init` remembers. Throws `environment-invalid`. */
  environment(): Environment;
  /** Opens the house for the work and closes it whatever comes. A new store becomes a real school's for ever. */
  withHouse: Opened;
  /** The same for who only looks: a new store may still become a training one (`sverka init --simulation`). */
  lookAround: Opened;
  /** Sets what the process will answer; see `EXIT`. */
  end(code: number): void;
}

/** One JSON document, and nothing else, on stdout; instants (properties called «asOf» and «…At») as ISO 8601. */
export function printJson(stdout: NodeJS.WriteStream, value: unknown): void {
  const told = (name: string, one: unknown) =>
    typeof one === "number" && (name === "asOf" || name.endsWith("At")) ? new Date(one).toISOString() : one;
  stdout.write(`${JSON.stringify(value, told, 2)}\n`);
}
