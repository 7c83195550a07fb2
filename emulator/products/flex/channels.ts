import { type Call, type Family, lookUp } from "../../api/call";
import { unknownReference } from "../../api/errors";
import type { FlexChannel } from "./records";
import { openChat } from "./relations";

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
const channelOf = (call: Call) => call.found(call.account.flexChannels, call.path("Sid"));

const shown = (channel: FlexChannel) => ({
  ...channel,
  url: `https://flex-api.twilio.com/v1/Channels/${channel.sid}`,
});
