import { shownUrl } from "../values/secrets";
import { flexFlowObject, flexFlowsAt, type Place } from "./place";
import type { Reference } from "./reference";
import type { Way } from "./route";
import type { Item } from "./snapshot";
import { studio, toWorkflow } from "./studioWays";
import { fail, go, missing, named, stop, type Trail, withSid } from "./trail";
import { handlerAt } from "./webhooks";

/** What is handed messages or calls; blank or null where nothing is. */
export interface Target {
  url: string | null;
  method: string | null;
}

/** Ways from what hands its messages or calls to this target. */
export function handOver(place: Place, trail: Trail, target: Target, how: string): Way[] {
  const isCall = place.channel === "voice";
  const handler = handlerAt(target.url, isCall ? "Call" : "Message");
  switch (handler.kind) {
    case "blank":
      return stop(trail, "nobody", `${how} is blank`);
    case "demo":
    case "webhook":
      return call(trail, { ...target, url: handler.url }, how);
    case "proxyService":
    case "studioFlow": {
      const { kind, sid, accountSid } = handler;
      if (accountSid !== place.account.accountSid) {
        const message = `${how} leads to the account ${accountSid}`;
        return fail(trail, { kind, sid, name: sid }, how, "foreign-account", message);
      }
      return kind === "proxyService"
        ? proxy(place, trail, sid, how)
        : studio(place, trail, sid, isCall ? "incomingCall" : "incomingMessage", how);
    }
  }
}

export function call(
  trail: Trail,
  { url, method }: { url: string; method?: string | null },
  how: string,
): Way[] {
  const object: Reference = { kind: "webhook", sid: null, name: shownUrl(url) };
  const end = handlerAt(url).kind === "demo" ? "Twilio's demo answers" : "What happens there is not known";
  return stop(go(trail, object, how), "webhook", end).map((way) => ({
    ...way,
    webhook: { url, method: method?.toUpperCase() === "GET" ? "GET" : "POST" },
  }));
}

export function proxy(place: Place, before: Trail, sid: string, how: string): Way[] {
  const service = withSid(place.account.proxyServices, sid);
  if (!service) return missing(before, "proxyService", sid, how);
  const object = named("proxyService", service, service.uniqueName);
  const trail = go(before, object, how);
  const session = place.live.sessionIn?.(sid);
  if (session) {
    const open = go(trail, { kind: "proxySession", ...session }, "It is open with this customer");
    const end = place.channel === "voice" ? "It connects the call" : "The chat of this session goes on";
    return stop(open, "conversation", end);
  }
  if (place.channel === "voice") return outOfSession(trail, service, "No session takes the call");
  const flows = flexFlowsAt(place);
  const enabled = flows.filter((flow) => flow.enabled);
  // Of several, the one that leads to Studio: https://github.com/twilio-professional-services/function-flex-outbound-sms
  const flow = enabled.find(({ integration }) => integration?.type === "studio") ?? enabled[0];
  if (flow) return flexFlow(place, trail, flow, "Its contact identity is the address");
  if (service.outOfSessionCallbackUrl) return outOfSession(trail, service, "No Flex Flow takes it");
  const disabled = flows[0];
  if (disabled) {
    const how = "Its contact identity is the address";
    return fail(trail, flexFlowObject(disabled), how, "disabled", "The Flex Flow is disabled");
  }
  const message = `No Flex Flow has the contact identity ${place.address}, and there is no out-of-session callback`;
  return fail(before, object, how, "no-flex-flow", message);
}

const outOfSession = (trail: Trail, { outOfSessionCallbackUrl: url }: Item<"proxyServices">, why: string) =>
  url ? call(trail, { url }, `${why}, so the out-of-session callback`) : stop(trail, "nobody", why);

export function flexFlow(place: Place, before: Trail, flow: Item<"flexFlows">, how: string): Way[] {
  const { chatServices, taskRouterWorkflows } = place.account;
  const trail = go(before, flexFlowObject(flow), how);
  const service = withSid(chatServices, flow.chatServiceSid);
  if (!service) return missing(trail, "chatService", flow.chatServiceSid, "Chats are to be made in it");
  const object: Reference = { kind: "chatChannel", sid: null, name: "a new chat" };
  const made = go(trail, object, `The Flex Flow makes it in ${service.friendlyName || service.sid}`);
  const { integration } = flow;
  if (!integration)
    return stop(made, "conversation", "The Flex Flow has no integration; nothing takes the chat on");
  switch (integration.type) {
    case "studio":
      return studio(place, made, integration.studioFlowSid, "incomingMessage", "The Flex Flow starts it");
    case "external":
      return call(made, integration, "The Flex Flow calls it");
    case "task":
      return toWorkflow(
        made,
        integration.workflowSid,
        taskRouterWorkflows,
        "The Flex Flow makes a task in it",
      );
  }
}
