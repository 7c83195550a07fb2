import type * as pulumi from "@pulumi/pulumi";
import type {
  ConfigurationContextUpdateOptions,
  ConfigurationInstance,
} from "twilio/lib/rest/conversations/v1/configuration";
import { z } from "zod";
import { defineSingleton } from "../life/define";
import { oneByOne } from "../life/definition";
import { TwilioSingleton } from "../program/resource";
import { duration, sid } from "../twilio/fields";
import type { Echoes } from "../values/args";
import { atLeastOne } from "../values/validate";

/** Arguments of `ConversationsConfiguration`. */
export interface ConversationsConfigurationArgs {
  /** SID of the service (IS…) that conversations are made in where none is named. Flex expects its own one here. */
  defaultChatServiceSid?: pulumi.Input<string>;
  /** SID of the Messaging Service (MG…) whose numbers conversations are answered from where none is named. */
  defaultMessagingServiceSid?: pulumi.Input<string>;
  /** Time after which an untouched conversation becomes inactive, as an ISO 8601 duration from `PT1M`. */
  defaultInactiveTimer?: pulumi.Input<string>;
  /** Time after which an untouched conversation is closed, as an ISO 8601 duration from `PT10M`. */
  defaultClosedTimer?: pulumi.Input<string>;
}

/**
 * The account's defaults for Conversations. They are always there: only the given ones are set, and each goes back to
 * what was found when it is taken away, or on destroy, unless somebody else has changed it since.
 *
 * Two resources of a stack may share the configuration, but not a key of it. Nothing replaces it.
 *
 * Errors: none of the arguments is given; another resource of the stack declares the same key.
 *
 * @see https://www.twilio.com/docs/conversations/api/configuration-resource
 */
export class ConversationsConfiguration
  extends TwilioSingleton
  implements Echoes<ConversationsConfigurationArgs>
{
  declare readonly defaultChatServiceSid: pulumi.Output<string | undefined>;
  declare readonly defaultMessagingServiceSid: pulumi.Output<string | undefined>;
  declare readonly defaultInactiveTimer: pulumi.Output<string | undefined>;
  declare readonly defaultClosedTimer: pulumi.Output<string | undefined>;

  constructor(name: string, args: ConversationsConfigurationArgs, opts?: pulumi.CustomResourceOptions) {
    super(conversationsConfiguration, name, args, opts);
  }
}

type Params = Required<ConfigurationContextUpdateOptions>;

const conversationsConfiguration = defineSingleton<ConversationsConfigurationArgs>()(
  "ConversationsConfiguration",
  {
    label: "Conversations configuration",
    api: { operations: { conversations_v1: ["FetchConfiguration", "UpdateConfiguration"] } },
    args: z.strictObject({
      defaultChatServiceSid: sid("IS", "a Conversations service").optional(),
      defaultMessagingServiceSid: sid("MG", "a Messaging Service").optional(),
      defaultInactiveTimer: duration("PT1M", 60).optional(),
      defaultClosedTimer: duration("PT10M", 600).optional(),
    }),
    rules: [
      atLeastOne(
        "defaultChatServiceSid",
        "defaultMessagingServiceSid",
        "defaultInactiveTimer",
        "defaultClosedTimer",
      ),
    ],

    facets: oneByOne(),
    params: (args): Partial<Params> => args,
    held: (configuration: ConfigurationInstance) => ({
      defaultChatServiceSid: configuration.defaultChatServiceSid ?? "",
      defaultMessagingServiceSid: configuration.defaultMessagingServiceSid ?? "",
      defaultInactiveTimer: configuration.defaultInactiveTimer ?? "",
      defaultClosedTimer: configuration.defaultClosedTimer ?? "",
    }),
    live: (held) => held,
    blank: { defaultMessagingServiceSid: "", defaultInactiveTimer: "", defaultClosedTimer: "" },

    naming: [],
    otherTarget: () => [],
    id: (configuration) => configuration.accountSid,
    find: (twilio) => twilio.conversations.v1.configuration().fetch(),
    read: (twilio) => twilio.conversations.v1.configuration().fetch(),
    update: (twilio, _, changed) => twilio.conversations.v1.configuration().update(changed),
  },
);
