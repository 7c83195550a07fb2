import { parseJson } from "../../api/body";
import { type Call, type Family, lookUp } from "../../api/call";
import { invalidParameter, TwilioError, unknownReference } from "../../api/errors";
import { type ChatChannel, refuseTakenName } from "../chat/channels";
import { addChatMember, chatUserFor, newChatChannel, newChatMember } from "../chat/relations";
import type { ChatUser } from "../chat/users";
import type { FlexFlow } from "./flex-flows";

/** A chat of the legacy kind that Flex knows of. Its SID is the chat channel's. */
export interface FlexChannel {
  sid: string;
  account_sid: string;
  flex_flow_sid: string;
  user_sid: string;
  task_sid: string | null;
  date_created: string;
  date_updated: string;
}

/** No task is made: a channel has the one that it is given. */
export const flexChannels: Family = {
  document: "flex_v1",
  operations: {
    CreateChannel(call) {
      const { params, account } = call;
      const taskSid = params.text("TaskSid") || null;
      if (taskSid !== null && !lookUp(account.taskrouterTasks, taskSid))
        throw unknownReference("TaskSid", taskSid);
      const { flow, chat, user } = openChat(call, params.needed("ChatUserFriendlyName"));
      const channel: FlexChannel = {
        sid: chat.sid,
        account_sid: account.sid,
        flex_flow_sid: flow.sid,
        user_sid: user.sid,
        task_sid: taskSid,
        date_created: call.now,
        date_updated: call.now,
      };
      account.flexChannels[channel.sid] = channel;
      return shown(channel);
    },

    ListChannel: (call) => call.list("flex_chat_channels", Object.values(call.account.flexChannels), shown),

    FetchChannel: (call) => shown(channelOf(call)),

    /** The page does not say what becomes of the chat: it stays. https://www.twilio.com/docs/flex/chat-channels */
    DeleteChannel(call) {
      delete call.account.flexChannels[channelOf(call).sid];
      return undefined;
    },
  },
};

/** Makes the chat channel of a new Flex channel, in the chat service of its Flex Flow, with the customer as its member. */
export function openChat(
  call: Call,
  customerName: string,
): { flow: FlexFlow; chat: ChatChannel; user: ChatUser } {
  const { params, account, now } = call;
  const flow = lookUp(account.flexFlows, params.needed("FlexFlowSid"));
  if (!flow) throw new TwilioError(400, 45205, "Requested Flex Flow is not found");
  const service = lookUp(account.chatServices, flow.chat_service_sid);
  if (!service) throw new TwilioError(400, 50050, `Chat service ${flow.chat_service_sid} was not found`);
  const chat: ChatChannel = {
    ...newChatChannel(call.sid("CH"), service, now),
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
  refuseTakenName(call, chat);
  const identity = params.needed("Identity");
  account.chatChannels[chat.sid] = chat;
  const newSid = (prefix: string) => call.sid(prefix);
  addChatMember(account, service, newChatMember(newSid("MB"), service, chat, identity, now), newSid);
  const user = chatUserFor(account, service, identity, now, newSid);
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

const channelOf = (call: Call) => call.found(call.account.flexChannels, call.path("Sid"));

const shown = (channel: FlexChannel) => ({
  ...channel,
  url: `https://flex-api.twilio.com/v1/Channels/${channel.sid}`,
});
