import { createRandom } from "./school/random.ts";

export type FaultKind =
  | "latency"
  | "error-500"
  | "too-many"
  | "reset"
  | "cut-off"
  | "broken-off"
  | "html"
  | "empty"
  | "unescaped-quotes"
  | "line-breaks"
  | "short-dates"
  | "extra-columns"
  | "missing-columns"
  | "changed-password";

export interface FaultOrder {
  readonly kind: FaultKind;
  /** Only answers of this action (any case) and this pupil. */
  readonly action?: string;
  readonly student?: string;
  /** So many times and no more; without it for ever. */
  readonly times?: number;
  /** 0…1, with a seed of its own. */
  readonly probability?: number;
  readonly seed?: number;
  readonly latencyMs?: number;
  readonly retryAfter?: string;
}

export interface Faults {
  add(order: FaultOrder): void;
  clear(): void;
  /** The faults that strike this answer. */
  strike(action: string, student: string | undefined): readonly FaultOrder[];
}

/** Faults on request, the same ones for the same seed and the same requests. */
export function createFaults(): Faults {
  let active: { order: FaultOrder; left: number; random: ReturnType<typeof createRandom> }[] = [];
  return {
    add: (order) =>
      void active.push({ order, left: order.times ?? Number.POSITIVE_INFINITY, random: createRandom(order.seed ?? 1) }),
    clear() {
      active = [];
    },
    strike(action, student) {
      return active.flatMap((fault) => {
        const { order } = fault;
        if (order.action !== undefined && order.action.toUpperCase() !== action.toUpperCase()) return [];
        if (order.student !== undefined && order.student !== student) return [];
        if (fault.left <= 0 || (order.probability !== undefined && !fault.random.chance(order.probability))) return [];
        fault.left -= 1;
        return [order];
      });
    },
  };
}

/** What the dirty kinds do to a body; the others are the transport's. */
export function soil(kind: FaultKind, body: string): string {
  switch (kind) {
    case "cut-off":
      return body.slice(0, Math.max(1, Math.floor(body.length * 0.6)));
    case "html":
      return "<html><head><title>502</title></head><body>Технические работы</body></html>";
    case "empty":
      return "[]";
    case "unescaped-quotes":
      return body.replaceAll('\\"', '"');
    case "line-breaks":
      return body.replaceAll("\\n", "\n").replaceAll("\\t", "\t");
    case "short-dates":
      return body.replace(/new Date\((\d+,\d+,\d+),0,0,0,0\)/g, "new Date($1)");
    case "extra-columns":
      return body.replace(/(?<!\[)\](?=,\r\n\[|\]$)/g, ',7,null,"x"]');
    case "missing-columns":
      return body.replace(/,(?:"(?:[^"\\]|\\.)*"|[^,"\]]*)\](?=,\r\n\[|\]$)/g, "]");
    default:
      return body;
  }
}
