import type { ChannelsSenderInstance } from "twilio/lib/rest/messaging/v2/channelsSender";
import { Collection } from "../life/collection";

/** The account's WhatsApp senders. Whether the list shows all of a sender is not documented. */
export const whatsAppSenders = new Collection<ChannelsSenderInstance>({
  label: "WhatsApp sender",
  id: (sender) => sender.sid,
  names: ({ sid, senderId }) => ({ senderSid: sid, senderId }),
  listsInPart: true,
  list: (twilio) => twilio.messaging.v2.channelsSenders.page({ channel: "whatsapp" }),
  read: (twilio, id) => twilio.messaging.v2.channelsSenders(id).fetch(),
});
