import type * as pulumi from "@pulumi/pulumi";
import type {
  ServiceContextUpdateOptions,
  ServiceInstance,
  ServiceListInstanceCreateOptions,
} from "twilio/lib/rest/chat/v2/service";
import { z } from "zod";
import { heldIn } from "../conversations/held";
import { adoptable, defineResource } from "../life/define";
import { cannot, inFlexConfiguration, unmanaged } from "../life/definition";
import { holding } from "../life/guards";
import { TwilioResource } from "../program/resource";
import { flag, httpMethod, methodIn, setOf, sid, text, url, whole } from "../twilio/fields";
import type { HttpMethod } from "../twilio/webhooks";
import type { Adoptable, Declared, Echoes, Plain } from "../values/args";

/** A push notification. */
export interface ChatNotification {
  /** Whether it is sent. Default false. */
  enabled?: pulumi.Input<boolean>;
  /** Its text, with variables such as `${CHANNEL}` and `${USER}`. Default: none. */
  template?: pulumi.Input<string>;
  /** Name of the sound that is played. Default: none. */
  sound?: pulumi.Input<string>;
}

/** The push notification of a new message. */
export interface ChatMessageNotification extends ChatNotification {
  /** Whether the badge shows how many messages are unread. Default false. */
  badgeCountEnabled?: pulumi.Input<boolean>;
}

/** Which events of a Chat service are pushed to devices, and how. */
export interface ChatNotifications {
  /** Of a new message in a channel. */
  newMessage?: pulumi.Input<ChatMessageNotification>;
  /** Of being added to a channel. */
  addedToChannel?: pulumi.Input<ChatNotification>;
  /** Of being removed from a channel. */
  removedFromChannel?: pulumi.Input<ChatNotification>;
  /** Of being invited to a channel. */
  invitedToChannel?: pulumi.Input<ChatNotification>;
  /** Whether notifications are logged. Default false. */
  logEnabled?: pulumi.Input<boolean>;
}

/** Arguments of `ChatService`. */
export interface ChatServiceArgs extends Adoptable {
  /** Name that people see in the Console, 1 to 256 characters. Default: the Pulumi name, at the create; unmanaged from then on. */
  friendlyName?: pulumi.Input<string>;
  /** SID of the role (RL…) that users get in the service. Default: one that Twilio makes. Can be changed, not taken away. */
  defaultServiceRoleSid?: pulumi.Input<string>;
  /** SID of the role (RL…) that users get in a channel they join. Default: one that Twilio makes. Can be changed, not taken away. */
  defaultChannelRoleSid?: pulumi.Input<string>;
  /** SID of the role (RL…) that users get in a channel they make. Default: one that Twilio makes. Can be changed, not taken away. */
  defaultChannelCreatorRoleSid?: pulumi.Input<string>;
  /** Whether the service keeps what each member has read. Default true. */
  readStatusEnabled?: pulumi.Input<boolean>;
  /** Whether the service keeps who can be reached. Default false. */
  reachabilityEnabled?: pulumi.Input<boolean>;
  /** Seconds after a keystroke that a member counts as typing. Default 5. */
  typingIndicatorTimeout?: pulumi.Input<number>;
  /** Seconds between two reports of what was read. Default 10. Deprecated by Twilio. */
  consumptionReportInterval?: pulumi.Input<number>;
  /** Push notifications. */
  notifications?: pulumi.Input<ChatNotifications>;
  /** URL that is asked before an event takes place. Default: none. */
  preWebhookUrl?: pulumi.Input<string>;
  /** URL that is told after an event took place. Default: none. */
  postWebhookUrl?: pulumi.Input<string>;
  /** HTTP method of both webhooks: GET or POST. Default POST. */
  webhookMethod?: pulumi.Input<HttpMethod>;
  /** Events that the webhooks are called for, such as `onMessageSent`. Order means nothing. Default: none. */
  webhookFilters?: pulumi.Input<pulumi.Input<string>[]>;
  /** How many may take part. */
  limits?: pulumi.Input<{
    /** Members of one channel, 1 to 1000. Default 100. */
    channelMembers?: pulumi.Input<number>;
    /** Channels of one user, 1 to 1000. Default 250. */
    userChannels?: pulumi.Input<number>;
  }>;
  /** What becomes of pictures and files. */
  media?: pulumi.Input<{
    /** Text that clients without support for media see. Default: Twilio's own sentence. Can be changed, not taken away. */
    compatibilityMessage?: pulumi.Input<string>;
  }>;
  /** How often a failed call of the pre-event webhook is repeated, 0 to 3. Default 0. */
  preWebhookRetryCount?: pulumi.Input<number>;
  /** How often a failed call of the post-event webhook is repeated, 0 to 3. Default 0. */
  postWebhookRetryCount?: pulumi.Input<number>;
  /** Lets destroy delete the service although it holds chats or conversations, which are lost. Default false: destroy refuses. */
  deleteData?: pulumi.Input<boolean>;
}

/**
 * A service of Programmable Chat, in which Flex keeps conversations of the legacy path.
 *
 * **Legacy.** Programmable Chat for Flex reached its end of life on 2026-06-01. The same object is a Conversations
 * service under another API; new programs use `ConversationsService`.
 *
 * The API takes nothing but the name at the create; the rest follows in a second request. If that fails, the service
 * is kept in the state and the next `up` finishes it. Nothing replaces a service. Destroy deletes it; while it holds
 * chats or conversations, only with `deleteData: true`.
 *
 * @see https://www.twilio.com/docs/chat/rest/service-resource
 */
export class ChatService extends TwilioResource implements Echoes<ChatServiceArgs> {
  declare readonly friendlyName: pulumi.Output<string | undefined>;
  declare readonly defaultServiceRoleSid: pulumi.Output<string | undefined>;
  declare readonly defaultChannelRoleSid: pulumi.Output<string | undefined>;
  declare readonly defaultChannelCreatorRoleSid: pulumi.Output<string | undefined>;
  declare readonly readStatusEnabled: pulumi.Output<boolean | undefined>;
  declare readonly reachabilityEnabled: pulumi.Output<boolean | undefined>;
  declare readonly typingIndicatorTimeout: pulumi.Output<number | undefined>;
  declare readonly consumptionReportInterval: pulumi.Output<number | undefined>;
  declare readonly notifications: pulumi.Output<Plain<ChatServiceArgs>["notifications"]>;
  declare readonly preWebhookUrl: pulumi.Output<string | undefined>;
  declare readonly postWebhookUrl: pulumi.Output<string | undefined>;
  declare readonly webhookMethod: pulumi.Output<HttpMethod | undefined>;
  declare readonly webhookFilters: pulumi.Output<string[] | undefined>;
  declare readonly limits: pulumi.Output<Plain<ChatServiceArgs>["limits"]>;
  declare readonly media: pulumi.Output<Plain<ChatServiceArgs>["media"]>;
  declare readonly preWebhookRetryCount: pulumi.Output<number | undefined>;
  declare readonly postWebhookRetryCount: pulumi.Output<number | undefined>;

  constructor(name: string, args: ChatServiceArgs = {}, opts?: pulumi.CustomResourceOptions) {
    super(chatService, name, args, opts);
  }
}

const notification = {
  enabled: flag().optional(),
  template: text(2048).optional(),
  sound: text(256).optional(),
};

const notifications = z
  .strictObject({
    newMessage: z.strictObject({ ...notification, badgeCountEnabled: flag().optional() }).optional(),
    addedToChannel: z.strictObject(notification).optional(),
    removedFromChannel: z.strictObject(notification).optional(),
    invitedToChannel: z.strictObject(notification).optional(),
    logEnabled: flag().optional(),
  })
  .describe("an object with newMessage, addedToChannel, removedFromChannel, invitedToChannel and logEnabled");

const role = () => sid("RL", "a chat role").optional();
const twilioMakesIt = cannot(
  "Twilio has put one there which it does not give back; give the SID of that one, or keep this",
);

const ofTwilio = "a role that Twilio has made with the service, unless somebody has put another one there";

type Params = ServiceContextUpdateOptions & Partial<ServiceListInstanceCreateOptions>;

const chatService = defineResource<ChatServiceArgs>()("ChatService", {
  label: "Chat service",
  prefix: "IS",
  madeByTwilio: (_, field) => inFlexConfiguration(field),
  leftAsItIs: {
    media: "a text that Twilio fills in, unless somebody has put another one there",
    defaultServiceRoleSid: ofTwilio,
    defaultChannelRoleSid: ofTwilio,
    defaultChannelCreatorRoleSid: ofTwilio,
  },
  api: {
    operations: {
      chat_v2: [
        "CreateService",
        "FetchService",
        "UpdateService",
        "ListService",
        "DeleteService",
        "ListChannel",
      ],
    },
  },
  args: z.strictObject({
    ...adoptable,
    deleteData: flag().optional(),
    friendlyName: text(256).optional(),
    defaultServiceRoleSid: role(),
    defaultChannelRoleSid: role(),
    defaultChannelCreatorRoleSid: role(),
    readStatusEnabled: flag().optional(),
    reachabilityEnabled: flag().optional(),
    typingIndicatorTimeout: whole(1).optional(),
    consumptionReportInterval: whole(1).optional(),
    notifications: notifications.optional(),
    preWebhookUrl: url().optional(),
    postWebhookUrl: url().optional(),
    webhookMethod: httpMethod().optional(),
    webhookFilters: setOf(text(64), "event names").optional(),
    limits: z
      .strictObject({ channelMembers: whole(1, 1000).optional(), userChannels: whole(1, 1000).optional() })
      .describe("an object with channelMembers and userChannels")
      .optional(),
    media: z
      .strictObject({ compatibilityMessage: text(1024).optional() })
      .describe("an object with compatibilityMessage")
      .optional(),
    preWebhookRetryCount: whole(0, 3).optional(),
    postWebhookRetryCount: whole(0, 3).optional(),
  }),

  params,
  reset: {
    friendlyName: unmanaged,
    defaultServiceRoleSid: twilioMakesIt,
    defaultChannelRoleSid: twilioMakesIt,
    defaultChannelCreatorRoleSid: twilioMakesIt,
    readStatusEnabled: true,
    reachabilityEnabled: false,
    typingIndicatorTimeout: 5,
    consumptionReportInterval: 10,
    "notifications.newMessage.enabled": false,
    "notifications.newMessage.template": "",
    "notifications.newMessage.sound": "",
    "notifications.newMessage.badgeCountEnabled": false,
    "notifications.addedToChannel.enabled": false,
    "notifications.addedToChannel.template": "",
    "notifications.addedToChannel.sound": "",
    "notifications.removedFromChannel.enabled": false,
    "notifications.removedFromChannel.template": "",
    "notifications.removedFromChannel.sound": "",
    "notifications.invitedToChannel.enabled": false,
    "notifications.invitedToChannel.template": "",
    "notifications.invitedToChannel.sound": "",
    "notifications.logEnabled": false,
    preWebhookUrl: "",
    postWebhookUrl: "",
    webhookMethod: "POST",
    // The SDK does not send an empty list.
    webhookFilters: [""],
    "limits.channelMembers": 100,
    "limits.userChannels": 250,
    "media.compatibilityMessage": cannot("Twilio keeps the last one; give another"),
    preWebhookRetryCount: 0,
    postWebhookRetryCount: 0,
  },
  onCreate: (name) => ({ friendlyName: name }),
  createTakes: ["friendlyName"],

  live: (service: ServiceInstance) => ({
    friendlyName: service.friendlyName,
    defaultServiceRoleSid: service.defaultServiceRoleSid,
    defaultChannelRoleSid: service.defaultChannelRoleSid,
    defaultChannelCreatorRoleSid: service.defaultChannelCreatorRoleSid,
    readStatusEnabled: service.readStatusEnabled,
    reachabilityEnabled: service.reachabilityEnabled,
    typingIndicatorTimeout: service.typingIndicatorTimeout,
    consumptionReportInterval: service.consumptionReportInterval,
    notifications: {
      newMessage: notificationOf(service.notifications?.new_message),
      addedToChannel: notificationOf(service.notifications?.added_to_channel),
      removedFromChannel: notificationOf(service.notifications?.removed_from_channel),
      invitedToChannel: notificationOf(service.notifications?.invited_to_channel),
      logEnabled: service.notifications?.log_enabled,
    },
    preWebhookUrl: service.preWebhookUrl,
    postWebhookUrl: service.postWebhookUrl,
    webhookMethod: methodIn(service.webhookMethod),
    webhookFilters: service.webhookFilters,
    limits: { channelMembers: service.limits?.channel_members, userChannels: service.limits?.user_channels },
    media: { compatibilityMessage: service.media?.compatibility_message },
    preWebhookRetryCount: service.preWebhookRetryCount,
    postWebhookRetryCount: service.postWebhookRetryCount,
  }),

  id: (service) => service.sid,
  createdAt: (service) => service.dateCreated,
  list: (twilio) => twilio.chat.v2.services.page({ pageSize: 100 }),
  create: (twilio, { friendlyName = "" }) => twilio.chat.v2.services.create({ friendlyName }),
  read: (twilio, id) => twilio.chat.v2.services(id).fetch(),
  update: (twilio, id, changed) => twilio.chat.v2.services(id).update(changed),
  guards: [holding(heldIn)],
  delete: (twilio, id) => twilio.chat.v2.services(id).remove(),
});

/** The API takes flat what it answers nested. */
function params({ notifications = {}, limits, media, ...common }: Declared<ChatServiceArgs>): Params {
  const { newMessage, addedToChannel, removedFromChannel, invitedToChannel, logEnabled } = notifications;
  return {
    ...common,
    "notifications.newMessage.enabled": newMessage?.enabled,
    "notifications.newMessage.template": newMessage?.template,
    "notifications.newMessage.sound": newMessage?.sound,
    "notifications.newMessage.badgeCountEnabled": newMessage?.badgeCountEnabled,
    "notifications.addedToChannel.enabled": addedToChannel?.enabled,
    "notifications.addedToChannel.template": addedToChannel?.template,
    "notifications.addedToChannel.sound": addedToChannel?.sound,
    "notifications.removedFromChannel.enabled": removedFromChannel?.enabled,
    "notifications.removedFromChannel.template": removedFromChannel?.template,
    "notifications.removedFromChannel.sound": removedFromChannel?.sound,
    "notifications.invitedToChannel.enabled": invitedToChannel?.enabled,
    "notifications.invitedToChannel.template": invitedToChannel?.template,
    "notifications.invitedToChannel.sound": invitedToChannel?.sound,
    "notifications.logEnabled": logEnabled,
    "limits.channelMembers": limits?.channelMembers,
    "limits.userChannels": limits?.userChannels,
    "media.compatibilityMessage": media?.compatibilityMessage,
  };
}

interface NotificationAnswer {
  enabled?: boolean;
  template?: string;
  sound?: string;
  badge_count_enabled?: boolean;
}

const notificationOf = ({ enabled, template, sound, badge_count_enabled }: NotificationAnswer = {}) => ({
  enabled,
  template,
  sound,
  ...(badge_count_enabled !== undefined && { badgeCountEnabled: badge_count_enabled }),
});
