import { Ajv } from "ajv";
import type { Random } from "../api/clock";

/** Something that goes wrong on purpose for the requests that match. */
export interface Fault {
  /** All that are given must hold. `host` is with or without region; `path` may hold `*` for any run of characters. */
  match: { method?: string; host?: string; path?: string; operationId?: string };
  /** How often it strikes. Without it, until the faults are cleared. */
  times?: number;
  /** Chance of striking at each match, 0 to 1. Default 1. */
  probability?: number;
  effect: {
    /** Answer this status instead of carrying the request out. */
    status?: number;
    /** Twilio's error code in that answer; without it the status. */
    code?: number;
    message?: string;
    /** Wait before going on. */
    delayMs?: number;
    /** Close the connection without an answer, `before` or `after` the request was carried out. */
    drop?: "before" | "after";
    /** `Retry-After` header of the answer, in seconds. */
    retryAfter?: number;
    /** The request is carried out, and its answer arrives as a faulty proxy would leave it. */
    spoil?: Spoilt;
  };
}

/** What becomes of an answer on its way. */
export interface Spoilt {
  /** Another status. */
  status?: number;
  /** Another body, sent as it is. */
  body?: string;
  /** Only the first half of the body arrives. */
  cut?: boolean;
  /** Another SID in the place of the object's own, or none. */
  sid?: string | null;
}

/** A fault and how often it will strike yet: null for without end. */
export type ListedFault = Fault & { left: number | null };

interface Candidate {
  method: string;
  host: string;
  givenHost: string;
  path: string;
  operationId: string | undefined;
}

const text = { type: "string" };

export const isFault = new Ajv({ validateSchema: false }).compile<Fault>({
  type: "object",
  required: ["match", "effect"],
  additionalProperties: false,
  properties: {
    match: {
      type: "object",
      additionalProperties: false,
      properties: { method: text, host: text, path: text, operationId: text },
    },
    times: { type: "integer", minimum: 1 },
    probability: { type: "number", minimum: 0, maximum: 1 },
    effect: {
      type: "object",
      additionalProperties: false,
      minProperties: 1,
      properties: {
        status: { type: "integer", minimum: 400, maximum: 599 },
        code: { type: "integer", minimum: 0 },
        message: text,
        delayMs: { type: "integer", minimum: 0, maximum: 600_000 },
        drop: { type: "string", enum: ["before", "after"] },
        retryAfter: { type: "integer", minimum: 0 },
        spoil: {
          type: "object",
          additionalProperties: false,
          minProperties: 1,
          properties: {
            status: { type: "integer", minimum: 200, maximum: 599 },
            body: text,
            cut: { type: "boolean" },
            sid: { type: ["string", "null"] },
          },
        },
      },
      dependencies: { code: ["status"], message: ["status"], retryAfter: ["status"] },
      not: {
        anyOf: [
          { required: ["status", "drop"] },
          { required: ["status", "spoil"] },
          { required: ["drop", "spoil"] },
        ],
      },
    },
  },
});

export class Faults {
  private readonly waiting: { fault: Fault; left: number }[] = [];

  constructor(private readonly random: Random) {}

  add(fault: Fault): void {
    this.waiting.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
  }

  /** In the order in which they are tried, those that have struck often enough too. */
  list(): ListedFault[] {
    return this.waiting.map(({ fault, left }) => ({ ...fault, left: Number.isFinite(left) ? left : null }));
  }

  clear(): void {
    this.waiting.length = 0;
  }

  /** The effect of the first fault that strikes this request, if any. */
  strike(candidate: Candidate): Fault["effect"] | undefined {
    const struck = this.waiting.find(
      ({ fault, left }) => left > 0 && matches(fault.match, candidate) && this.isStruck(fault),
    );
    if (!struck) return undefined;
    struck.left--;
    return struck.fault.effect;
  }

  /** Only a fault with a probability takes a number: the others leave the SIDs of a seeded generator as they are. */
  private isStruck({ probability }: Fault): boolean {
    return probability === undefined || this.random() < probability;
  }
}

function matches({ method, host, path, operationId }: Fault["match"], candidate: Candidate): boolean {
  return (
    (method === undefined || method.toUpperCase() === candidate.method) &&
    (host === undefined || host === candidate.host || host === candidate.givenHost) &&
    (path === undefined || pathMatcher(path).test(candidate.path)) &&
    (operationId === undefined || operationId === candidate.operationId)
  );
}

function pathMatcher(pattern: string): RegExp {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`);
}

/** The answer as it arrives: its status, and the text of its body. */
export function spoilt(
  status: number,
  body: unknown,
  { sid, ...spoil }: Spoilt,
): { status: number; text: string } {
  const said = sid === undefined || typeof body !== "object" ? body : { ...body, sid };
  const text = said === undefined ? "" : JSON.stringify(said);
  const left = spoil.cut ? text.slice(0, text.length / 2) : text;
  return { status: spoil.status ?? status, text: spoil.body ?? left };
}
