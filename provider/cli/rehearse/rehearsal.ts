import type { Reference, ShownRoute } from "../../routing";

/** What a rehearsal has found out. All that is printed of it is made of this. */
export interface Rehearsal {
  stack: string;
  account: string;
  /** Whether `up` ended as it should; else where and why not. */
  outcome: "done" | "failed";
  failures: Failure[];
  /** Every address that is there before or after, in the order of `trace`. */
  routes: RouteChange[];
  problems: Record<"gone" | "stayed" | "new", FoundProblem[]>;
  /** In the order in which they were carried out. Those that do not depend on each other may come in another one. */
  writes: Write[];
  gaps: Gap[];
  /** What a second `up` writes or changes, which should be nothing; undefined where the first one failed. */
  second: { writes: Write[]; failures: Failure[] } | undefined;
  /** What `destroy` does then; undefined where it was not asked for. */
  back: Back | undefined;
  messages: Sent[];
  /** What a reader has to know of this rehearsal. */
  notes: string[];
  /** SIDs that the twin has made up: the account will have others. */
  made: string[];
}

export interface RouteChange {
  before: ShownRoute | undefined;
  after: ShownRoute | undefined;
  change: "same" | "changed" | "new" | "gone";
  /** Whether messages are lost that are not lost now, or something breaks. */
  isWorse: boolean;
}

export type FoundProblem = ShownRoute["problems"][number] & Pick<ShownRoute, "channel" | "address">;

export interface Failure {
  /** Such as `StudioFlow support`. */
  resource: string | undefined;
  message: string;
}

export interface Write {
  method: string;
  /** The name of the operation in Twilio's documents. */
  operation: string;
  object: Pick<Reference, "sid" | "name"> & { kind: string };
  /** Names of the parameters that were sent. */
  sets: string[];
  status: number;
}

/** A time in which nobody answered an address that somebody answers before, or two did. */
export interface Gap extends Pick<ShownRoute, "channel" | "address"> {
  kind: "unrouted" | "doubled";
  /** So many writes of the rehearsal it lasted. */
  writes: number;
  /** The write that began it, counted from 1. */
  from: number;
}

export interface Back {
  failures: Failure[];
  /** Objects that are not as they were before the rehearsed `up`; of a stack that had none, all should be. */
  differences: string[];
  writes: Write[];
  /** Whether the stack had resources of ours before. Then `destroy` takes back more than this `up` has made. */
  isMore: boolean;
  /** Addresses that end worse than before `up`. */
  worse: Pick<ShownRoute, "channel" | "address">[];
}

/** A message that was sent to an address before and after. */
export interface Sent extends Pick<ShownRoute, "channel" | "address"> {
  before: ShownRoute | string;
  after: ShownRoute | string;
}
