import type { IncomingPhoneNumberInstance } from "twilio/lib/rest/api/v2010/account/incomingPhoneNumber";
import type { AddressConfigurationInstance } from "twilio/lib/rest/conversations/v1/addressConfiguration";
import type { FlexFlowInstance } from "twilio/lib/rest/flexApi/v1/flexFlow";
import type { ChannelsSenderInstance } from "twilio/lib/rest/messaging/v2/channelsSender";
import { findable } from "./findOne";

// Kinds that channels look among as well.

export const addresses = findable<{ sid?: string; address?: string }, AddressConfigurationInstance>({
  label: "Conversations address",
  plural: "Conversations addresses",
  fetch: (twilio, sid) => twilio.conversations.v1.addressConfigurations(sid).fetch(),
  list: (twilio, _, limit) => twilio.conversations.v1.addressConfigurations.list({ pageSize: 50, limit }),
  sid: (configuration) => configuration.sid,
  called: (configuration) => configuration.address,
  isMeant: (configuration, { address }) => configuration.address === address,
});

interface FlexFlowQuery {
  sid?: string;
  friendlyName?: string;
  channelType?: string;
  contactIdentity?: string;
}

export const flexFlows = findable<FlexFlowQuery, FlexFlowInstance>({
  label: "Flex Flow",
  plural: "Flex Flows",
  fetch: (twilio, sid) => twilio.flexApi.v1.flexFlow(sid).fetch(),
  list: (twilio, _, limit) => twilio.flexApi.v1.flexFlow.list({ pageSize: 1000, limit }),
  sid: (flow) => flow.sid,
  called: ({ friendlyName, channelType, contactIdentity }) =>
    [friendlyName, channelType, contactIdentity].filter(Boolean).join(" "),
  isMeant: (flow, { friendlyName, channelType, contactIdentity }) =>
    friendlyName === undefined
      ? flow.channelType === channelType && flow.contactIdentity === contactIdentity
      : flow.friendlyName === friendlyName,
});

export const phoneNumbers = findable<{ sid?: string; phoneNumber?: string }, IncomingPhoneNumberInstance>({
  label: "phone number",
  plural: "phone numbers",
  fetch: (twilio, sid) => twilio.incomingPhoneNumbers(sid).fetch(),
  // The filter finds parts of numbers, too.
  list: (twilio, { phoneNumber }, limit) =>
    twilio.incomingPhoneNumbers.list({ phoneNumber, pageSize: limit ?? 1000, limit }),
  sid: (number) => number.sid,
  called: (number) => `${number.phoneNumber} ${number.friendlyName}`,
  isMeant: (number, query) => number.phoneNumber === query.phoneNumber,
});

export const whatsAppSenders = findable<{ sid?: string; senderId?: string }, ChannelsSenderInstance>({
  label: "WhatsApp sender",
  plural: "WhatsApp senders",
  fetch: (twilio, sid) => twilio.messaging.v2.channelsSenders(sid).fetch(),
  list: (twilio, _, limit) => twilio.messaging.v2.channelsSenders.list({ channel: "whatsapp", limit }),
  sid: (sender) => sender.sid,
  called: (sender) => sender.senderId,
  isMeant: (sender, { senderId }) => sender.senderId === senderId,
});
