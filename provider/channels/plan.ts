import type { Messaging } from "./destination";

/** A resource of a channel that takes messages, or that leads them to one that does. */
export type Child = "handler" | "address" | "flexFlow";

/** What tells one channel's order of writes from another's. */
export interface Kind {
  /** Whether a resource of the channel sets what the number or sender itself does with messages. */
  hasHandler: boolean;
  /** Whether a Proxy service stands before the Flex Flow. */
  byProxy: boolean;
}

/** What the last run left. */
export interface LastState {
  hasAddress: boolean;
  isFlexFlowEnabled: boolean;
  /** Whether there is a Flex Flow that was adopted and that this stack may not delete. */
  keepsFlexFlow: boolean;
}

/**
 * `start`: the child takes messages from this write on. `stop`: it takes none from this write on, and one that is not there
 * is created so, for a later run to start. `leave`: one that an earlier run has left there stays declared, stopped.
 */
export type Write =
  | { child: Child; does: "start" | "stop" }
  | { child: "address" | "flexFlow"; does: "leave" };

export type Plan =
  | {
      /** In their order: each waits for all before it. */
      writes: Write[];
      /** Whether customers who are in an open Proxy session get a new conversation. */
      endsSessions: boolean;
      refusal?: undefined;
    }
  | { refusal: string };

/** What one run of the program writes, or why that is refused. */
export function planOf(kind: Kind, messaging: Messaging, last: LastState): Plan {
  if (messaging === "conversations" && last.isFlexFlowEnabled)
    return { refusal: kind.hasHandler ? noWayBack : deletedTooLate };
  const isThere = { address: last.hasAddress, flexFlow: last.keepsFlexFlow };
  const writes = declaredOf(kind, messaging).filter(
    (write) => write.does !== "leave" || isThere[write.child],
  );
  return { writes, endsSessions: kind.byProxy && last.isFlexFlowEnabled && messaging !== "proxy" };
}

/** What a channel declares, in the order of its writes. The last state decides only whether there is something to leave. */
export const declaredOf = ({ hasHandler }: Kind, messaging: Messaging): Write[] =>
  orders[messaging][hasHandler ? "withHandler" : "withoutHandler"];

const start = (child: Child): Write => ({ child, does: "start" });
const stop = (child: Child): Write => ({ child, does: "stop" });
const leave = (child: "address" | "flexFlow"): Write => ({ child, does: "leave" });

/**
 * Make before break: what is to take messages is started first, and the next write stops what has taken them until then.
 * Both may answer between these two writes, and after each write somebody does. With a handler, messages reach the Flex Flow
 * by that alone: it is enabled before the handler leads to it and disabled when nothing leads to it any more. Without one,
 * the Flex Flow itself is what starts or stops.
 *
 * Destroy goes through the same list backwards: what was taken is given back before what was made in its place goes.
 */
const orders: Record<Messaging, Record<"withHandler" | "withoutHandler", Write[]>> = {
  conversations: {
    withHandler: [start("address"), stop("handler"), leave("flexFlow")],
    withoutHandler: [start("address"), leave("flexFlow")],
  },
  moving: {
    withHandler: [start("address"), stop("handler"), stop("flexFlow")],
    withoutHandler: [start("address"), stop("flexFlow")],
  },
  proxy: {
    withHandler: [start("flexFlow"), start("handler"), leave("address")],
    withoutHandler: [start("flexFlow"), leave("address")],
  },
};

const first = 'run `pulumi up` with messaging: "moving" first';

/** The engine deletes last what is not declared any more. */
const deletedTooLate = `its Flex Flow is enabled and would be deleted only at the end of the run, so that both the Flex Flow and the address would answer until then; ${first}`;

const noWayBack = `its Flex Flow is enabled and would be deleted in the same run that moves its messages to the address, so that there would be no way back; ${first}`;
