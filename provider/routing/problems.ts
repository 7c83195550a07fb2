import type { Reference } from "./reference";

/** `error`: messages or calls are lost, doubled or go astray. `warning`: they arrive, but it will not stay so. */
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

/** What a remedy names: what the address itself hands its messages or calls to, and which class sets that. */
type Handler = string;

/** All that can be wrong with a route, and what to do about it. */
const problems = {
  "missing-object": {
    severity: "error",
    remedy: "Point it to an object that exists, or make it blank",
  },
  "not-read": {
    severity: "warning",
    remedy: "Look again with credentials that may read it",
  },
  "foreign-account": {
    severity: "error",
    remedy: "Point it to an object of this account",
  },
  "flex-flow-unreached": {
    severity: "error",
    remedy: (handler: Handler) => `Point ${handler} to the Flex Proxy Service, or delete the Flex Flow`,
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
    remedy: (handler: Handler) =>
      `Set useInboundWebhookOnNumber on the Messaging Service, or make ${handler} blank`,
  },
  "shadowed-sender": {
    severity: "warning",
    remedy: (handler: Handler) =>
      `Leave one of them only: ${handler}, the inboundRequestUrl of its Messaging Service, or the address`,
  },
  "dropped-by-messaging-service": {
    severity: "error",
    remedy: "Give the Messaging Service an inboundRequestUrl, or set its useInboundWebhookOnNumber",
  },
  unanswered: {
    severity: "error",
    remedy: (handler: Handler) => `Point ${handler} to what should answer`,
  },
  "not-agents": {
    severity: "error",
    remedy: "Hand it on to a TaskRouter workflow of Flex, or leave it out of what is expected",
  },
  "two-handlers": {
    severity: "error",
    remedy: (handler: Handler) => `Make ${handler} blank, or disable the address`,
  },
  "two-routes": {
    severity: "error",
    remedy: "Disable the Flex Flow or the address: one of them only may take the messages",
  },
  "ended-widget": {
    severity: "warning",
    remedy: "Take the widget out of the flow, or put another one in its place",
  },
  "end-of-life": {
    severity: "warning",
    remedy:
      "Move the address to Conversations with a ConversationsAddress: see docs/leaving-programmable-chat.md of pulumi-twilio-flex",
  },
} as const satisfies Record<
  string,
  { severity: Problem["severity"]; remedy: string | ((handler: Handler) => string) }
>;

export const problemCodes = Object.keys(problems);

export function problem(
  code: ProblemCode,
  object: Reference,
  message: string,
  handler: Handler = "the handler",
): Problem {
  const { severity, remedy } = problems[code];
  return {
    code,
    severity,
    remedy: typeof remedy === "string" ? remedy : remedy(handler),
    object,
    message,
  };
}
