import type { Channel } from "./channels";
import type { Problem } from "./problems";
import type { Reference } from "./reference";

/** One object on the way of a message or call. */
export interface Hop extends Reference {
  /** How the message came here from the hop before. */
  how: string;
  /** Why it goes no further, or goes wrong, here. */
  problem: Problem | null;
}

/** Who gets the message in the end. */
export type Destination =
  /** Agents, by way of a TaskRouter workflow. */
  | "agents"
  /** A Studio flow that hands nobody on to Flex. */
  | "studio"
  /** Somebody's own program. */
  | "webhook"
  /** A SIP trunk, behind which another telephone system answers. */
  | "trunk"
  /** A conversation or chat that somebody may be in. */
  | "conversation"
  /** Nobody. */
  | "nobody";

export interface Webhook {
  url: string;
  /** `GET`, or else `POST`. */
  method: "GET" | "POST";
}

/** One way from the customer to its end. A message can go several: a flow may know two workflows, a number two takers. */
export interface Way {
  /** Conversations and the messaging handler take messages independently of each other. */
  by: "conversations" | "handler";
  hops: Hop[];
  reaches: Destination;
  /** Why it ends there, in one sentence. */
  end: string;
  /** The webhook that it reaches, in full: the URL may hold credentials, so it is for calling and not for showing. */
  webhook?: Webhook;
}

/** Everything that happens to messages to one address. */
export interface Route {
  channel: Channel;
  /** With the channel's name where the channel's addresses bear it: `whatsapp:+15017122661`. */
  address: string;
  ways: Way[];
  /** Those of the hops, and those of the route as a whole. */
  problems: Problem[];
}
