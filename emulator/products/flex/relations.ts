import { parseJson } from "../../api/body";
import { type Call, lookUp } from "../../api/call";
import { invalidParameter, TwilioError } from "../../api/errors";
import { type ChatChannel, type ChatUser, newChatChannel, newChatMember } from "../chat/records";
import { addChatMember, chatUserFor, refuseTakenChannelName } from "../chat/relations";
import type { FlexFlow } from "./records";

/** Makes the chat channel of a new Flex channel, in the chat service of its Flex Flow, with the customer as its member. */
export function openChat(
  call: Call,
  customerName: string,
): { flow: FlexFlow; chat: ChatChannel; user: ChatUser } {
  const { params, account } = call;
  const flow = lookUp(account.flexFlows, params.needed("FlexFlowSid"));
  if (!flow) throw new TwilioError(400, 45205, "Requested Flex Flow is not found");
  const service = lookUp(account.chatServices, flow.chat_service_sid);
  if (!service) throw new TwilioError(400, 50050, `Chat service ${flow.chat_service_sid} was not found`);
  const chat: ChatChannel = {
    ...newChatChannel(call, service),
    friendly_name: params.needed("ChatFriendlyName"),
    unique_name: params.text("ChatUniqueName") || null,
    type: "private",
    attributes: JSON.stringify({
      status: "ACTIVE",
      long_lived: params.flag("LongLived") ?? flow.long_lived,
      channel_type: flow.channel_type,
      from: customerName,
      ...engagementData(call, "PreEngagementData", "pre_engagement_data"),
    }),
  };
  refuseTakenChannelName(call, chat);
  const identity = params.needed("Identity");
  account.chatChannels[chat.sid] = chat;
  addChatMember(call, service, newChatMember(call, service, chat, identity));
  const user = chatUserFor(call, service, identity);
  user.friendly_name = customerName;
  return { flow, chat, user };
}

/** The data under a key of the chat's attributes; nothing where the request has none. */
export function engagementData({ params }: Call, name: string, key: string): Record<string, unknown> {
  const text = params.text(name);
  if (!text) return {};
  const parsed = parseJson(text);
  if (!parsed) throw invalidParameter(name, "must be JSON");
  return { [key]: parsed.value };
}
