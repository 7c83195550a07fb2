import { isObject, parseJson } from "../../api/body";
import { type Call, type Family, lookUp } from "../../api/call";
import type { FlexWebChannel } from "./records";
import { engagementData, openChat } from "./relations";

export const flexWebChannels: Family = {
  document: "flex_v1",
  operations: {
    CreateWebChannel(call) {
      const { flow, chat } = openChat(call, call.params.needed("CustomerFriendlyName"));
      const channel: FlexWebChannel = {
        sid: chat.sid,
        account_sid: call.account.sid,
        flex_flow_sid: flow.sid,
        date_created: call.now,
        date_updated: call.now,
      };
      call.account.flexWebChannels[channel.sid] = channel;
      return shown(channel);
    },

    ListWebChannel: (call) =>
      call.list("flex_chat_channels", Object.values(call.account.flexWebChannels), shown),

    FetchWebChannel: (call) => shown(channelOf(call)),

    /** What changes is in the attributes of the chat, where Flex reads whether it is over. */
    UpdateWebChannel(call) {
      const channel = channelOf(call);
      const changes = {
        ...(call.params.text("ChatStatus") && { status: "INACTIVE" }),
        ...engagementData(call, "PostEngagementData", "post_engagement_data"),
      };
      const chat = lookUp(call.account.chatChannels, channel.sid);
      if (chat) {
        const was = parseJson(chat.attributes)?.value;
        chat.attributes = JSON.stringify({ ...(isObject(was) && was), ...changes });
        chat.date_updated = call.now;
      }
      channel.date_updated = call.now;
      return shown(channel);
    },

    /** The chat stays, as with the other Flex channels. */
    DeleteWebChannel(call) {
      delete call.account.flexWebChannels[channelOf(call).sid];
      return undefined;
    },
  },
};

const channelOf = (call: Call) => call.found(call.account.flexWebChannels, call.path("Sid"));

const shown = (channel: FlexWebChannel) => ({
  ...channel,
  url: `https://flex-api.twilio.com/v1/WebChannels/${channel.sid}`,
});
