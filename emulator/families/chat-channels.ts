import { parseJson } from "../body";
import type { Call, Family } from "../call";
import { isoDate } from "../clock";
import { invalidParameter, TwilioError } from "../errors";

export interface ChatChannel {
  sid: string;
  account_sid: string;
  service_sid: string;
  friendly_name: string | null;
  unique_name: string | null;
  attributes: string;
  type: string;
  created_by: string;
  members_count: number;
  messages_count: number;
  date_created: string;
  date_updated: string;
}

/** Enough of channels for a service to hold chats. */
export const chatChannels: Family = {
  document: "chat_v2",
  operations: {
    CreateChannel(call) {
      const { params, account } = call;
      const attributes = params.text("Attributes") || "{}";
      if (!parseJson(attributes)) throw invalidParameter("Attributes", "must be JSON");
      const channel: ChatChannel = {
        sid: call.sid("CH"),
        account_sid: account.sid,
        service_sid: serviceOf(call).sid,
        friendly_name: shortText(call, "FriendlyName"),
        unique_name: shortText(call, "UniqueName"),
        attributes,
        type: params.text("Type") || "public",
        created_by: params.text("CreatedBy") || "system",
        members_count: 0,
        messages_count: 0,
        date_created: dateOf(call, "DateCreated"),
        date_updated: dateOf(call, "DateUpdated"),
      };
      const { unique_name } = channel;
      if (unique_name !== null && channelsOf(call).some((other) => other.unique_name === unique_name)) {
        throw new TwilioError(409, 50307, "Channel with provided unique name already exists");
      }
      account.chatChannels[channel.sid] = channel;
      return shown(channel);
    },

    ListChannel(call) {
      const types = call.params.list("Type");
      serviceOf(call);
      const channels = channelsOf(call).filter(({ type }) => !types?.length || types.includes(type));
      return call.list("channels", channels, shown);
    },

    FetchChannel: (call) => shown(channelOf(call)),

    DeleteChannel(call) {
      delete call.account.chatChannels[channelOf(call).sid];
      return undefined;
    },
  },
};

const serviceOf = (call: Call) => call.found(call.account.chatServices, call.path("ServiceSid"));

const channelsOf = (call: Call) =>
  Object.values(call.account.chatChannels).filter(
    ({ service_sid }) => service_sid === call.path("ServiceSid"),
  );

/** By SID or unique name. */
function channelOf(call: Call): ChatChannel {
  const name = call.path("Sid");
  const channel = channelsOf(call).find(({ sid, unique_name }) => sid === name || unique_name === name);
  if (!channel) throw call.notFound();
  return channel;
}

function shortText({ params }: Call, name: string): string | null {
  const text = params.text(name) ?? "";
  if (text.length > 64) throw invalidParameter(name, "must be at most 64 characters");
  return text || null;
}

function dateOf(call: Call, name: string): string {
  const text = call.params.text(name);
  return text ? isoDate(new Date(text)) : call.now;
}

function shown(channel: ChatChannel) {
  const url = `https://chat.twilio.com/v2/Services/${channel.service_sid}/Channels/${channel.sid}`;
  const links = {
    members: `${url}/Members`,
    messages: `${url}/Messages`,
    invites: `${url}/Invites`,
    webhooks: `${url}/Webhooks`,
    last_message: null,
  };
  return { ...channel, url, links };
}
