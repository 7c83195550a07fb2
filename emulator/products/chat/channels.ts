import type { Call, Family } from "../../api/call";
import { invalidParameter } from "../../api/errors";
import { type ChatChannel, newChatChannel } from "./records";
import {
  chatAttributes,
  chatChannelOf,
  chatChannelsOf,
  chatChannelUrl,
  chatMembersOf,
  chatMessagesOf,
  chatServiceOf,
  refuseTakenChannelName,
  removeChatChannel,
} from "./relations";

export const chatChannels: Family = {
  document: "chat_v2",
  operations: {
    CreateChannel(call) {
      const channel = newChatChannel(call, chatServiceOf(call));
      channel.type = call.params.text("Type") || channel.type;
      return save(call, channel, 64);
    },

    ListChannel(call) {
      const types = call.params.list("Type");
      const channels = chatChannelsOf(call).filter(({ type }) => !types?.length || types.includes(type));
      return call.list("channels", channels, (channel) => shown(call, channel));
    },

    FetchChannel: (call) => shown(call, chatChannelOf(call, "Sid")),

    UpdateChannel: (call) => save(call, { ...chatChannelOf(call, "Sid"), date_updated: call.now }, 256),

    DeleteChannel(call) {
      removeChatChannel(call.account, chatChannelOf(call, "Sid").sid);
      return undefined;
    },
  },
};

function save(call: Call, was: ChatChannel, nameLimit: number): object {
  const { params, account } = call;
  const channel: ChatChannel = {
    ...was,
    friendly_name: nameOf(call, "FriendlyName", was.friendly_name, nameLimit),
    unique_name: nameOf(call, "UniqueName", was.unique_name, nameLimit),
    attributes: chatAttributes(call, was.attributes),
    created_by: params.text("CreatedBy") || was.created_by,
    date_created: params.date("DateCreated") ?? was.date_created,
    date_updated: params.date("DateUpdated") ?? was.date_updated,
  };
  refuseTakenChannelName(call, channel);
  account.chatChannels[channel.sid] = channel;
  return shown(call, channel);
}

function nameOf({ params }: Call, name: string, was: string | null, limit: number): string | null {
  if (!params.has(name)) return was;
  const text = params.text(name) ?? "";
  if (text.length > limit) throw invalidParameter(name, `must be at most ${limit} characters`);
  return text || null;
}

function shown({ account }: Call, { next_message_index, ...channel }: ChatChannel) {
  const url = chatChannelUrl(channel.service_sid, channel.sid);
  const links = {
    members: `${url}/Members`,
    messages: `${url}/Messages`,
    invites: `${url}/Invites`,
    webhooks: `${url}/Webhooks`,
    last_message: null,
  };
  return {
    ...channel,
    members_count: chatMembersOf(account, channel.sid).length,
    messages_count: chatMessagesOf(account, channel.sid).length,
    url,
    links,
  };
}
