import type * as pulumi from "@pulumi/pulumi";
import type {
  ConfigurationContextUpdateOptions,
  ConfigurationInstance,
} from "twilio/lib/rest/conversations/v1/service/configuration";
import { z } from "zod";
import { defineSingleton } from "../life/define";
import { oneByOne } from "../life/definition";
import { TwilioSingleton } from "../program/resource";
import { flag, sid } from "../twilio/fields";
import type { Echoes } from "../values/args";
import { atLeastOne } from "../values/validate";

/** Arguments of `ConversationsServiceConfiguration`. */
export interface ConversationsServiceConfigurationArgs {
  /** SID of the Conversations service (IS…). Another one replaces: the old service gets back what it had. */
  chatServiceSid: pulumi.Input<string>;
  /** SID of the role (RL…) that who makes a conversation gets in it. */
  defaultConversationCreatorRoleSid?: pulumi.Input<string>;
  /** SID of the role (RL…) that users get in a conversation they are added to. */
  defaultConversationRoleSid?: pulumi.Input<string>;
  /** SID of the role (RL…) that users get in the service. */
  defaultChatServiceRoleSid?: pulumi.Input<string>;
  /** Whether the service keeps who can be reached. */
  reachabilityEnabled?: pulumi.Input<boolean>;
}

/**
 * Settings of a Conversations service. They are always there: only the given ones are set, and each goes back to what
 * was found when it is taken away, or on destroy, unless somebody else has changed it since.
 *
 * Two resources of a stack may share a service, but not a key of it.
 *
 * Errors: no setting is given; another resource of the stack declares the same key; a role that is not there (50100).
 *
 * @see https://www.twilio.com/docs/conversations/api/service-configuration-resource
 */
export class ConversationsServiceConfiguration
  extends TwilioSingleton
  implements Echoes<ConversationsServiceConfigurationArgs>
{
  declare readonly chatServiceSid: pulumi.Output<string>;
  declare readonly defaultConversationCreatorRoleSid: pulumi.Output<string | undefined>;
  declare readonly defaultConversationRoleSid: pulumi.Output<string | undefined>;
  declare readonly defaultChatServiceRoleSid: pulumi.Output<string | undefined>;
  declare readonly reachabilityEnabled: pulumi.Output<boolean | undefined>;

  constructor(
    name: string,
    args: ConversationsServiceConfigurationArgs,
    opts?: pulumi.CustomResourceOptions,
  ) {
    super(conversationsServiceConfiguration, name, args, opts);
  }
}

type Params = Required<ConfigurationContextUpdateOptions>;

const role = () => sid("RL", "a role of the service").optional();

const ofTwilio = "a role that Twilio has made with the service, unless somebody has put another one there";

const conversationsServiceConfiguration = defineSingleton<ConversationsServiceConfigurationArgs>()(
  "ConversationsServiceConfiguration",
  {
    label: "configuration of the Conversations service",
    parent: "ConversationsService",
    leftAsItIs: {
      defaultConversationCreatorRoleSid: ofTwilio,
      defaultConversationRoleSid: ofTwilio,
      defaultChatServiceRoleSid: ofTwilio,
    },
    api: { operations: { conversations_v1: ["FetchServiceConfiguration", "UpdateServiceConfiguration"] } },
    args: z.strictObject({
      chatServiceSid: sid("IS", "a Conversations service"),
      defaultConversationCreatorRoleSid: role(),
      defaultConversationRoleSid: role(),
      defaultChatServiceRoleSid: role(),
      reachabilityEnabled: flag().optional(),
    }),
    rules: [
      atLeastOne(
        "defaultConversationCreatorRoleSid",
        "defaultConversationRoleSid",
        "defaultChatServiceRoleSid",
        "reachabilityEnabled",
      ),
    ],

    facets: oneByOne("chatServiceSid"),
    params: ({ chatServiceSid: _, ...args }): Partial<Params> => args,
    held: (configuration: ConfigurationInstance) => ({
      defaultConversationCreatorRoleSid: configuration.defaultConversationCreatorRoleSid ?? "",
      defaultConversationRoleSid: configuration.defaultConversationRoleSid ?? "",
      defaultChatServiceRoleSid: configuration.defaultChatServiceRoleSid ?? "",
      reachabilityEnabled: configuration.reachabilityEnabled ?? false,
    }),
    live: (held) => held,
    blank: { reachabilityEnabled: false },

    naming: ["chatServiceSid"],
    otherTarget: ({ chatServiceSid }, id) => (chatServiceSid === id ? [] : ["chatServiceSid"]),
    id: (configuration) => configuration.chatServiceSid,
    find: (twilio, { chatServiceSid }) =>
      twilio.conversations.v1.services(chatServiceSid).configuration().fetch(),
    read: (twilio, id) => twilio.conversations.v1.services(id).configuration().fetch(),
    update: (twilio, id, changed) => twilio.conversations.v1.services(id).configuration().update(changed),
  },
);
