import { triggersOf } from "../../routing";
import { type Args, isRecord, omit, same } from "../../values/values";
import { identifier } from "../names";
import type { Item } from "./inventory";

/** A Conversations address that is as a channel of `InboundChannels` would declare it. */
export interface Folded {
  readonly item: Item;
  /** Its name among the channels. */
  readonly key: string;
  /** The arguments of the channel, without its destination. */
  readonly args: Args;
  readonly destination: Args;
}

/** The channels that the declared addresses can be folded into, without a change in the account. */
export function channelsAmong(declared: readonly Item[], all: readonly Item[]): Folded[] {
  const keys = new Set<string>();
  return declared.flatMap((item) => {
    const line = lineOf(item, all);
    const destination = destinationOf(item, all);
    if (item.type !== "ConversationsAddress" || !line || !destination) return [];
    const { autoCreation } = item.args;
    const service = isRecord(autoCreation) ? autoCreation.conversationServiceSid : undefined;
    const wanted = identifier(item.called) || String(item.args.type);
    let key = wanted;
    for (let n = 2; keys.has(key); n += 1) key = `${wanted}${n}`;
    keys.add(key);
    const args = {
      ...line,
      ...(service !== undefined && { conversationsServiceSid: service }),
      adopt: item.id,
    };
    return [{ item, key, args, destination }];
  });
}

/** What customers write to. A number or sender that does something with messages itself is not as a channel leaves it. */
function lineOf({ args: { type, address } }: Item, all: readonly Item[]): Args | undefined {
  const to = String(address);
  if (type === "sms") {
    const handler = all.find((one) => one.type === "PhoneNumberHandler" && one.otherwise.phoneNumber === to);
    return handler && same(handler.atRest.message, { kind: "none" }) ? { type, phoneNumber: to } : undefined;
  }
  if (type === "whatsapp") {
    const sender = all.find((one) => one.type === "WhatsAppSender" && one.otherwise.senderId === to);
    const isBlank = sender && sender.args.webhook === undefined && sender.atRest.webhook === undefined;
    return isBlank ? { type, phoneNumber: to.replace("whatsapp:", "") } : undefined;
  }
  if (type === "messenger") return { type, pageId: to.replace("messenger:", "") };
  return type === "chat" ? { type, address: to } : undefined;
}

function destinationOf({ args: { autoCreation } }: Item, all: readonly Item[]): Args | undefined {
  if (!isRecord(autoCreation) || autoCreation.enabled === false) return undefined;
  const { type, studioFlowSid, studioRetryCount, webhookUrl, webhookMethod, webhookFilters, ...rest } =
    autoCreation;
  if (Object.keys(omit(rest, ["conversationServiceSid", "enabled"])).length > 0) return undefined;
  if (type === "default") return { kind: "conversation" };
  if (type === "webhook")
    return {
      kind: "webhook",
      url: webhookUrl,
      ...(webhookMethod !== undefined && { method: webhookMethod }),
      ...(webhookFilters !== undefined && { filters: webhookFilters }),
    };
  const flow = all.find((one) => one.type === "StudioFlow" && one.id === studioFlowSid);
  const answers =
    flow?.args.status === "published" &&
    triggersOf(flow.args.definition).includes("incomingConversationMessage");
  if (!answers) return undefined;
  return {
    kind: "studio",
    flow: studioFlowSid,
    ...(studioRetryCount !== undefined && { retryCount: studioRetryCount }),
  };
}

/** The destination that most channels have. */
export function commonDestination(channels: readonly Folded[]): Args | undefined {
  const alike = ({ destination }: Folded) =>
    channels.filter((one) => same(one.destination, destination)).length;
  return [...channels].sort((a, b) => alike(b) - alike(a))[0]?.destination;
}
