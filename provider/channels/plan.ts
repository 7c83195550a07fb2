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
}

/**
 * `start`: the child takes messages from this write on. `stop`: it takes none from this write on, and one that is not there
 * is created so, for a later run to start. `leave`: it stays, stopped, where an earlier run left one.
 */
export type Write = { child: Child; does: "start" | "stop" } | { child: "address"; does: "leave" };

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
  const writes = declaredOf(kind, messaging).filter(({ does }) => does !== "leave" || last.hasAddress);
  if (last.isFlexFlowEnabled && !writes.some(({ child }) => child === "flexFlow"))
    return { refusal: deletedTooLate };
  return { writes, endsSessions: kind.byProxy && last.isFlexFlowEnabled && messaging !== "proxy" };
}

/** What a channel declares, in the order of its writes. The last state decides only whether there is something to leave. */
export const declaredOf = ({ hasHandler }: Kind, messaging: Messaging): Write[] =>
  orders[messaging][hasHandler ? "withHandler" : "withoutHandler"];

const start = (child: Child): Write => ({ child, does: "start" });
const stop = (child: Child): Write => ({ child, does: "stop" });
const leave = (child: "address"): Write => ({ child, does: "leave" });

/**
 * What takes messages until now stops first, so that none is answered twice, and the next write starts what takes them
 * from then on. With a handler, messages reach the Flex Flow by that alone: it is enabled before anything leads to it and
 * disabled when nothing does any more. Without one, the Flex Flow itself is what stops or starts.
 */
const orders: Record<Messaging, Record<"withHandler" | "withoutHandler", Write[]>> = {
  conversations: {
    withHandler: [stop("handler"), start("address")],
    withoutHandler: [start("address")],
  },
  moving: {
    withHandler: [stop("handler"), start("address"), stop("flexFlow")],
    withoutHandler: [stop("flexFlow"), start("address")],
  },
  proxy: {
    withHandler: [start("flexFlow"), leave("address"), start("handler")],
    withoutHandler: [leave("address"), start("flexFlow")],
  },
};

/** The engine deletes last what is not declared any more. */
const deletedTooLate =
  'its Flex Flow is enabled and would be deleted only after the address takes messages, so that both would answer; run `pulumi up` with messaging: "moving" first';
