import type * as pulumi from "@pulumi/pulumi";
import type {
  FlexFlowInstance,
  FlexFlowListInstanceCreateOptions,
} from "twilio/lib/rest/flexApi/v1/flexFlow";
import { z } from "zod";
import { adoptable, defineResource } from "../life/define";
import { cannot, unmanaged, type Without } from "../life/definition";
import { TwilioResource } from "../program/resource";
import { flag, kind, oneOf, sid, text, url, whole } from "../twilio/fields";
import type { Adoptable, Declared, Echoes, Plain } from "../values/args";

const channelTypes = ["web", "sms", "facebook", "whatsapp", "line", "custom"] as const;

/** Channels that a Flex Flow serves. */
export type ChannelType = (typeof channelTypes)[number];

/** Hands messages to a Studio flow. */
export interface StudioIntegration {
  /** Marks this kind of integration. */
  type: "studio";
  /** SID of the Studio flow (FW…). Its trigger is `incomingMessage`. */
  flowSid: pulumi.Input<string>;
  /** How often a failed hand-over is tried again, 0 to 3. Default 3. */
  retryCount?: pulumi.Input<number>;
}

/** Hands messages to a webhook of your own. */
export interface ExternalIntegration {
  /** Marks this kind of integration. */
  type: "external";
  /** Absolute URL that the message is posted to. */
  url: pulumi.Input<string>;
  /** How often a failed hand-over is tried again, 0 to 3. Default 3. */
  retryCount?: pulumi.Input<number>;
}

/** Makes a TaskRouter task of each message. */
export interface TaskIntegration {
  /** Marks this kind of integration. */
  type: "task";
  /** SID of the TaskRouter workspace (WS…). */
  workspaceSid: pulumi.Input<string>;
  /** SID of the TaskRouter workflow (WW…). */
  workflowSid: pulumi.Input<string>;
  /** SID (TC…) or unique name of the task channel. Default `default`. */
  channel?: pulumi.Input<string>;
  /** Seconds until the task is given up. Default 86400. */
  timeout?: pulumi.Input<number>;
  /** Priority of the task; higher goes first. Default 0. */
  priority?: pulumi.Input<number>;
  /** Whether the task of an outbound conversation waits for the first message. Default false. */
  creationOnMessage?: pulumi.Input<boolean>;
}

/** Arguments of `FlexFlow`. */
export interface FlexFlowArgs extends Adoptable {
  /** Name that people see in Flex. Default: the Pulumi name, at the create; unmanaged from then on. */
  friendlyName?: pulumi.Input<string>;
  /** SID of the Chat service (IS…) that the conversation is kept in: `chat_service_instance_sid` of the Flex Configuration. */
  chatServiceSid: pulumi.Input<string>;
  /** Channel that the flow serves: web, sms, facebook, whatsapp, line or custom. */
  channelType: pulumi.Input<ChannelType>;
  /**
   * Address that customers write to: `+15017122661` for sms, `whatsapp:+15017122661` for whatsapp. Two enabled flows of
   * one channel type and integration type cannot have the same one. Default: none, which serves all addresses of the
   * channel type.
   */
  contactIdentity?: pulumi.Input<string>;
  /** Whether the flow takes messages. Default true. (The API's own default is false.) */
  enabled?: pulumi.Input<boolean>;
  /** Where messages go. It can be changed, to another type too, but not taken away. */
  integration?: pulumi.Input<StudioIntegration | ExternalIntegration | TaskIntegration>;
  /** Whether the chat channel is kept and used again for the customer's next conversation. Default false. */
  longLived?: pulumi.Input<boolean>;
  /** Whether chat channels that are left over are cleaned up. Default false. */
  janitorEnabled?: pulumi.Input<boolean>;
}

/**
 * Sends what customers write to one address on to a Studio flow, a webhook or TaskRouter.
 *
 * **Legacy.** Flex Flows belong to Programmable Chat for Flex, whose end of life was 2026-06-01; new programs use
 * `ConversationsAddress`, and `docs/leaving-programmable-chat.md` is the way there. A message reaches a Flex Flow only
 * where the number's or sender's own handler is the Proxy service's webhook: see `PhoneNumberHandler`.
 *
 * Nothing replaces a Flex Flow. Destroy deletes it. A second enabled flow with the same channel type, contact identity
 * and integration type is refused by Twilio (45212); `adopt` takes over the one that is there. A flow that is disabled,
 * such as one for outbound messages, or that leads elsewhere may stand beside it: of several, `adopt: true` means the one
 * of the same integration type. Where an enabled flow leads to Studio, it takes the messages.
 *
 * @see https://www.twilio.com/docs/flex/developer/messaging/flow
 */
export class FlexFlow extends TwilioResource implements Echoes<FlexFlowArgs> {
  declare readonly friendlyName: pulumi.Output<string | undefined>;
  declare readonly chatServiceSid: pulumi.Output<string>;
  declare readonly channelType: pulumi.Output<ChannelType>;
  declare readonly contactIdentity: pulumi.Output<string | undefined>;
  declare readonly enabled: pulumi.Output<boolean | undefined>;
  declare readonly integration: pulumi.Output<Plain<FlexFlowArgs>["integration"]>;
  declare readonly longLived: pulumi.Output<boolean | undefined>;
  declare readonly janitorEnabled: pulumi.Output<boolean | undefined>;

  constructor(name: string, args: FlexFlowArgs, opts?: pulumi.CustomResourceOptions) {
    super(flexFlow, name, args, opts);
  }
}

const retryCount = whole(0, 3).optional();

const integration = z
  .discriminatedUnion("type", [
    z.strictObject({ type: kind("studio"), flowSid: sid("FW", "a Studio flow"), retryCount }),
    z.strictObject({ type: kind("external"), url: url(), retryCount }),
    z.strictObject({
      type: kind("task"),
      workspaceSid: sid("WS", "a TaskRouter workspace"),
      workflowSid: sid("WW", "a TaskRouter workflow"),
      channel: text(64).optional(),
      timeout: whole(1).optional(),
      priority: whole(0).optional(),
      creationOnMessage: flag().optional(),
    }),
  ])
  .describe("an object whose type is studio, external or task");

const kept = cannot("a Flex Flow always leads somewhere; give another integration, or enabled: false");

const flexFlow = defineResource<FlexFlowArgs>()("FlexFlow", {
  label: "Flex Flow",
  api: {
    operations: {
      flex_v1: ["CreateFlexFlow", "FetchFlexFlow", "UpdateFlexFlow", "ListFlexFlow", "DeleteFlexFlow"],
    },
    renamed: { IntegrationType: "integration.type" },
  },
  args: z.strictObject({
    ...adoptable,
    friendlyName: text(256).optional(),
    chatServiceSid: sid("IS", "a Chat service"),
    channelType: oneOf(channelTypes),
    contactIdentity: text(256).optional(),
    enabled: flag().optional(),
    integration: integration.optional(),
    longLived: flag().optional(),
    janitorEnabled: flag().optional(),
  }),

  params,
  union: { prefix: "integration.", on: "integrationType" },
  reset: {
    friendlyName: unmanaged,
    contactIdentity: "",
    enabled: true,
    integrationType: kept,
    "integration.flowSid": kept,
    "integration.url": kept,
    "integration.workspaceSid": kept,
    "integration.workflowSid": kept,
    "integration.channel": "default",
    "integration.timeout": 86_400,
    "integration.priority": 0,
    "integration.creationOnMessage": false,
    "integration.retryCount": 3,
    longLived: false,
    janitorEnabled: false,
  },
  onCreate: (name) => ({ friendlyName: name, enabled: true }),

  live: (flow: FlexFlowInstance) => ({
    friendlyName: flow.friendlyName,
    chatServiceSid: flow.chatServiceSid,
    channelType: flow.channelType,
    contactIdentity: flow.contactIdentity,
    enabled: flow.enabled,
    integration: integrationOf(flow),
    longLived: flow.longLived,
    janitorEnabled: flow.janitorEnabled,
  }),

  naturalKey: ({ channelType, contactIdentity }) => contactIdentity && `${channelType} ${contactIdentity}`,
  exclusive: {
    on: ["enabled", "integration"],
    key: ({ channelType, contactIdentity, enabled, integration: leadsTo }) =>
      contactIdentity && enabled !== false
        ? [channelType, contactIdentity, leadsTo?.type ?? ""].join(" ")
        : undefined,
  },
  couldBe: ({ integrationType }, { integration: leadsTo }) =>
    leadsTo === undefined || leadsTo.type === integrationType,
  duplicate: [45202, 45210, 45212],
  id: (flow) => flow.sid,
  createdAt: (flow) => flow.dateCreated,
  list: (twilio) => twilio.flexApi.v1.flexFlow.page({ pageSize: 1000 }),
  create: (twilio, flow) => twilio.flexApi.v1.flexFlow.create({ friendlyName: "", ...flow }),
  read: (twilio, id) => twilio.flexApi.v1.flexFlow(id).fetch(),
  update: (twilio, id, changed) => twilio.flexApi.v1.flexFlow(id).update(changed),
  delete: (twilio, id) => twilio.flexApi.v1.flexFlow(id).remove(),
});

type Params = Without<FlexFlowListInstanceCreateOptions, "friendlyName">;

/** The API takes flat what it answers nested. */
function params({ integration, ...common }: Declared<FlexFlowArgs>): Params {
  switch (integration?.type) {
    case "studio":
      return {
        ...common,
        integrationType: "studio",
        "integration.flowSid": integration.flowSid,
        "integration.retryCount": integration.retryCount,
      };
    case "external":
      return {
        ...common,
        integrationType: "external",
        "integration.url": integration.url,
        "integration.retryCount": integration.retryCount,
      };
    case "task":
      return {
        ...common,
        integrationType: "task",
        "integration.workspaceSid": integration.workspaceSid,
        "integration.workflowSid": integration.workflowSid,
        "integration.channel": integration.channel,
        "integration.timeout": integration.timeout,
        "integration.priority": integration.priority,
        "integration.creationOnMessage": integration.creationOnMessage,
      };
    default:
      return common;
  }
}

function integrationOf({
  integrationType: type,
  integration,
}: FlexFlowInstance): Plain<FlexFlowArgs>["integration"] {
  const { flow_sid, url, workspace_sid, workflow_sid, channel, timeout, priority } = integration ?? {};
  const { retry_count: retryCount, creation_on_message: creationOnMessage } = integration ?? {};
  switch (type) {
    case "studio":
      return { type, flowSid: flow_sid, retryCount };
    case "external":
      return { type, url, retryCount };
    case "task":
      return {
        type,
        workspaceSid: workspace_sid,
        workflowSid: workflow_sid,
        channel,
        timeout,
        priority,
        creationOnMessage,
      };
    default:
      return undefined;
  }
}
