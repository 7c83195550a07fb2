import { triggersOf } from "../../routing";
import { proxyMessageUrl } from "../../twilio/webhooks";
import { type Args, isRecord, omit, same } from "../../values/values";
import type { Folded } from "./folded";
import type { Item } from "./inventory";

/** What a channel on Proxy takes the place of, as far as it is the same in the account. */
export type ProxyFolded = Omit<Folded, "key">;

/** What a Flex Flow of a channel has; the rest it leaves as it is, which another program could not know. */
const ofChannel = [
  "friendlyName",
  "chatServiceSid",
  "channelType",
  "contactIdentity",
  "enabled",
  "integration",
];

/** The channels that the declared Flex Flows can be folded into, without a change in the account. */
export function proxyChannelsAmong(
  account: string,
  declared: readonly Item[],
  all: readonly Item[],
): ProxyFolded[] {
  const flows = declared.filter(({ type, args }) => type === "FlexFlow" && args.enabled !== false);
  const isAlone = (flow: Item) =>
    flows.every((other) => other === flow || !same(placeOf(other), placeOf(flow)));
  return flows.filter(isAlone).flatMap((flow) => {
    if (Object.keys(omit(flow.args, ofChannel)).length > 0) return [];
    const line = lineOf(account, flow, declared, all);
    const destination = destinationOf(flow, all);
    if (!line || !destination) return [];
    const { chatServiceSid } = flow.args;
    const args = {
      ...line.args,
      ...(!isFlexs(all, chatServiceSid, "chatServiceInstanceSid") && { chatServiceSid }),
      adopt: flow.id,
      messaging: "proxy",
    };
    return [{ item: flow, args, destination, ...(line.handler && { handler: line.handler }) }];
  });
}

const placeOf = ({ args: { channelType, contactIdentity } }: Item) => [channelType, contactIdentity];

/** What customers write to, and the number's handler where the channel sets that. */
function lineOf(
  account: string,
  { args: { channelType, contactIdentity } }: Item,
  declared: readonly Item[],
  all: readonly Item[],
): { args: Args; handler?: Folded["handler"] } | undefined {
  const to = String(contactIdentity ?? "");
  if (to === "") return undefined;
  switch (channelType) {
    case "sms": {
      const item = declared.find(
        (one) => one.type === "PhoneNumberHandler" && one.otherwise.phoneNumber === to,
      );
      const { message, ...others } = item?.args ?? {};
      if (!item || !isRecord(message) || message.kind !== "proxy") return undefined;
      // A channel declares no fallback.
      if (Object.keys(message).length > 2) return undefined;
      const rest = "voice" in others ? { ...item, args: others } : undefined;
      return {
        args: { type: "sms", phoneNumber: to, ...serviceArgs(all, message.proxyServiceSid) },
        handler: { item, ...(rest && { rest }) },
      };
    }
    case "whatsapp": {
      // Its sender stays a resource of its own, since it also has a profile.
      const sender = all.find((one) => one.type === "WhatsAppSender" && one.otherwise.senderId === to);
      const { callbackUrl } = isRecord(sender?.args.webhook) ? sender.args.webhook : {};
      const service = all.find(
        ({ type, id }) => type === "ProxyService" && proxyMessageUrl(account, id) === callbackUrl,
      );
      if (!service) return undefined;
      const phoneNumber = to.replace("whatsapp:", "");
      return { args: { type: "whatsapp", phoneNumber, ...serviceArgs(all, service.id) } };
    }
    case "facebook":
      return hasFlexProxy(all) && to.startsWith("messenger:")
        ? { args: { type: "messenger", pageId: to.replace("messenger:", "") } }
        : undefined;
    case "line":
      return hasFlexProxy(all) ? { args: { type: "custom", channelType: "line", address: to } } : undefined;
    case "web":
      return { args: { type: "chat", address: to } };
    default:
      return channelType === "custom" ? { args: { type: "custom", address: to } } : undefined;
  }
}

/** The callback of such a channel, which only the Console knows, is taken to be that of the service of Flex. */
const hasFlexProxy = (all: readonly Item[]): boolean => all.some(isFlexProxy);

const isFlexProxy = ({ lookUp }: Item): boolean => lookUp?.by === "getFlexProxyService";

/** Without a service, a channel looks up the one of Flex. */
const serviceArgs = (all: readonly Item[], proxyServiceSid: unknown): Args =>
  all.some((one) => isFlexProxy(one) && one.id === proxyServiceSid) ? {} : { proxyServiceSid };

/** Whether it is what the Flex Configuration names in this field, which a channel looks up by itself. */
const isFlexs = (all: readonly Item[], sid: unknown, field: string): boolean =>
  all.some(({ id, lookUp }) => id === sid && lookUp?.by === "getFlexConfiguration" && lookUp.field === field);

/** Undefined for what a destination of a channel does not say. */
function destinationOf({ args: { integration } }: Item, all: readonly Item[]): Args | undefined {
  if (!isRecord(integration)) return undefined;
  const { type, ...given } = integration;
  switch (type) {
    case "studio": {
      const { flowSid, retryCount } = given;
      const flow = all.find((one) => one.type === "StudioFlow" && one.id === flowSid);
      const answers =
        flow?.args.status === "published" && triggersOf(flow.args.definition).includes("incomingMessage");
      return answers
        ? { kind: "studio", flow: flowSid, ...(retryCount !== undefined && { retryCount }) }
        : undefined;
    }
    case "external":
      return given.retryCount === undefined ? { kind: "webhook", url: given.url } : undefined;
    case "task": {
      const { workflowSid, workspaceSid, channel, creationOnMessage, ...rest } = given;
      if (creationOnMessage !== undefined) return undefined;
      return {
        kind: "workflow",
        workflow: workflowSid,
        workspaceSid,
        ...(channel !== undefined && { taskChannel: channel }),
        ...rest,
      };
    }
    default:
      return undefined;
  }
}
