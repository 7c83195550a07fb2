import type { Reference } from "./reference";

/** `error`: messages are lost, doubled or go astray. `warning`: they arrive, but it will not stay so. */
export interface Problem {
  code: ProblemCode;
  severity: "error" | "warning";
  /** The object that is wrong. */
  object: Reference;
  /** What is wrong, in one sentence. */
  message: string;
  /** What to do about it. */
  remedy: string;
}

export type ProblemCode = keyof typeof problems;

/** All that can be wrong with a route, and what to do about it. */
const problems = {
  "missing-object": {
    severity: "error",
    remedy: "Point it to an object that exists, or make it blank",
  },
  "foreign-account": {
    severity: "error",
    remedy: "Point it to an object of this account",
  },
  "flex-flow-unreached": {
    severity: "error",
    remedy:
      "Point the messaging handler of the number or sender to the Flex Proxy Service, or delete the Flex Flow",
  },
  "no-flex-flow": {
    severity: "error",
    remedy: "Make a Flex Flow for this address, or move it to Conversations with a ConversationsAddress",
  },
  disabled: {
    severity: "error",
    remedy: "Set enabled to true, or delete it",
  },
  draft: {
    severity: "error",
    remedy: "Publish the flow",
  },
  "no-trigger": {
    severity: "error",
    remedy: "Give the flow's trigger a transition for this event and publish it, or name a flow that has one",
  },
  "shadowed-handler": {
    severity: "warning",
    remedy: "Set useInboundWebhookOnNumber on the Messaging Service, or make the number's handler blank",
  },
  "shadowed-sender": {
    severity: "warning",
    remedy:
      "Leave one of them only: the sender's webhook, the inboundRequestUrl of its Messaging Service, or the address",
  },
  "dropped-by-messaging-service": {
    severity: "error",
    remedy: "Give the Messaging Service an inboundRequestUrl, or set its useInboundWebhookOnNumber",
  },
  "two-handlers": {
    severity: "error",
    remedy:
      "Make the messaging handler blank (PhoneNumberHandler with message kind none), or disable the address",
  },
  "two-routes": {
    severity: "error",
    remedy: "Disable the Flex Flow or the address: one of them only may take the messages",
  },
  "end-of-life": {
    severity: "warning",
    remedy:
      "Move the address to Conversations with a ConversationsAddress: see docs/leaving-programmable-chat.md of pulumi-twilio-flex",
  },
} as const satisfies Record<string, Pick<Problem, "severity" | "remedy">>;

export function problem(code: ProblemCode, object: Reference, message: string): Problem {
  return { code, ...problems[code], object, message };
}
