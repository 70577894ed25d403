import type { IncomingMessage, ServerResponse } from "node:http";
import { bodyOf } from "./body.ts";
import type { EmulatorClock } from "./clock.ts";
import type { FaultOrder, Faults } from "./faults.ts";
import type { EmulatedSchool } from "./school/model.ts";

export interface ControlNeeds {
  readonly school: EmulatedSchool;
  readonly clock: EmulatorClock;
  readonly faults: Faults;
  readonly requests: readonly object[];
}

/** For other processes that play with the journal: no part of its protocol. */
export function createControl({ school, clock, faults, requests }: ControlNeeds) {
  const does: Readonly<Record<string, (body: string) => unknown>> = {
    "GET /emulator/clock": () => ({ at: new Date(clock.now()).toISOString() }),
    "POST /emulator/clock": (body) => {
      clock.set(Date.parse((JSON.parse(body) as { at: string }).at));
      return { at: new Date(clock.now()).toISOString() };
    },
    "POST /emulator/faults": (body) => {
      faults.add(JSON.parse(body) as FaultOrder);
      return {};
    },
    "DELETE /emulator/faults": () => {
      faults.clear();
      return {};
    },
    "GET /emulator/truth": () => school,
    "GET /emulator/requests": () => requests,
  };
  return async (request: IncomingMessage, response: ServerResponse, path: string): Promise<void> => {
    const act = does[`${request.method} ${path}`];
    if (act === undefined) return void response.writeHead(404).end();
    const json = (status: number, value: unknown) =>
      void response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(value));
    try {
      json(200, act(await bodyOf(request)));
    } catch (error) {
      json(400, { error: (error as Error).message });
    }
  };
}
