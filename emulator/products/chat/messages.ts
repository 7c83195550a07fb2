import type { Call, Family } from "../../api/call";
import { notWritten } from "../../api/errors";
import type { ChatMessage } from "./records";
import {
  addChatMessage,
  chatAttributes,
  chatChannelOf,
  chatChannelUrl,
  chatMessagesOf,
  inChannel,
} from "./relations";

export const chatMessages: Family = {
  document: "chat_v2",
  operations: {
    CreateMessage(call) {
      const { params } = call;
      if (params.text("MediaSid")) throw notWritten("MediaSid of CreateMessage");
      const channel = chatChannelOf(call, "ChannelSid");
      const attributes = chatAttributes(call, "{}");
      const message = addChatMessage(call, channel, {
        from: params.text("From") || "system",
        body: params.text("Body") ?? "",
      });
      return save(call, { ...message, attributes });
    },

    /** Oldest first, unless the order is `desc`. */
    ListMessage(call) {
      const messages = chatMessagesOf(call.account, chatChannelOf(call, "ChannelSid").sid);
      const isDescending = call.params.text("Order") === "desc";
      return call.list("messages", isDescending ? messages : messages.reverse(), shown);
    },

    FetchMessage: (call) => shown(inChannel(call, call.account.chatMessages)),

    UpdateMessage(call) {
      const { params } = call;
      const was = inChannel(call, call.account.chatMessages);
      return save(call, {
        ...was,
        body: params.text("Body") ?? was.body,
        attributes: chatAttributes(call, was.attributes),
        from: params.text("From") || was.from,
        was_edited: was.was_edited || params.has("Body"),
        date_updated: call.now,
      });
    },

    DeleteMessage(call) {
      delete call.account.chatMessages[inChannel(call, call.account.chatMessages).sid];
      return undefined;
    },
  },
};

function save({ params, account }: Call, was: ChatMessage): object {
  const message: ChatMessage = {
    ...was,
    last_updated_by: params.text("LastUpdatedBy") || was.last_updated_by,
    date_created: params.date("DateCreated") ?? was.date_created,
    date_updated: params.date("DateUpdated") ?? was.date_updated,
  };
  account.chatMessages[message.sid] = message;
  return shown(message);
}

function shown(message: ChatMessage) {
  const channel = chatChannelUrl(message.service_sid, message.channel_sid);
  return { ...message, to: message.channel_sid, url: `${channel}/Messages/${message.sid}` };
}
