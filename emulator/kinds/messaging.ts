import { newChannelsSender } from "../products/messaging/records";
import { type Kind, type Kinds, nothing, objectAt, objects } from "./kind";

export const messagingServices = "messaging_v1 /v1/Services";
const senders = "messaging_v2 /v2/Channels/Senders";

const sender: Kind = {
  kept: "channelsSenders",
  seed(shown, exampleOf) {
    const blank = newChannelsSender("", "", "");
    const { verification_code, ...configuration } = objectAt(shown, "configuration");
    const record = {
      ...blank,
      ...shown,
      configuration: { ...blank.configuration, ...configuration },
      webhook: { ...blank.webhook, ...objectAt(shown, "webhook") },
      profile: { ...blank.profile, ...objectAt(shown, "profile") },
    };
    return objects("channelsSenders", { derived: ["display_name_status"] }).seed(record, exampleOf);
  },
};

export const messagingKinds: Kinds = {
  [messagingServices]: objects("messagingServices", { derived: ["sending_windows"] }),
  [`${messagingServices}/Usecases`]: nothing,
  [`${messagingServices}/{MessagingServiceSid}/ChannelSenders`]: objects("messagingChannelSenders", {
    besides: [{ kind: senders, as: ({ sid, sender }) => ({ sid, sender_id: sender }) }],
  }),
  [senders]: sender,
};
