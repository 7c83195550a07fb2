import { triggersOf } from "../../routing";
import { type Args, isRecord, omit, same } from "../../values/values";
import { identifier } from "../names";
import type { Folded } from "./folded";
import type { Item } from "./inventory";
import { proxyChannelsAmong } from "./proxyChannels";

/** The channels that what is declared can be folded into, without a change in the account. */
export function channelsAmong(account: string, declared: readonly Item[], all: readonly Item[]): Folded[] {
  const onConversations = declared.flatMap((item) => {
    const line = lineOf(item, all);
    const destination = destinationOf(item, all);
    if (item.type !== "ConversationsAddress" || !line || !destination) return [];
    const { autoCreation } = item.args;
    const service = isRecord(autoCreation) ? autoCreation.conversationServiceSid : undefined;
    const args: Args = {
      ...line,
      ...(service !== undefined && { conversationsServiceSid: service }),
      adopt: item.id,
    };
    return [{ item, args, destination }];
  });
  // An address is on one path only.
  const onProxy = proxyChannelsAmong(account, declared, all).filter(
    ({ args }) => !onConversations.some((one) => same(addressIn(one.args), addressIn(args))),
  );
  // An object has these of its own, and the compiler takes a key of that name for one of them.
  const keys = new Set(Object.getOwnPropertyNames(Object.prototype));
  return [...onConversations, ...onProxy].map((one) => {
    const wanted = identifier(one.item.called) || String(one.args.type);
    let key = wanted;
    for (let n = 2; keys.has(key); n += 1) key = `${wanted}${n}`;
    keys.add(key);
    return { ...one, key };
  });
}

const addressIn = ({ type, phoneNumber, pageId, address }: Args) => [type, phoneNumber ?? pageId ?? address];

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
