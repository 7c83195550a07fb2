import * as pulumi from "@pulumi/pulumi";
import type { ChatService } from "../chat/chatService";
import { type AddressType, ConversationsAddress } from "../conversations/conversationsAddress";
import type { ConversationsService } from "../conversations/conversationsService";
import { type ChannelType, FlexFlow } from "../flex/flexFlow";
import { endProgram, programError, valueIn } from "../program/program";
import { lastState } from "../program/succession";
import type { ProxyService } from "../proxy/proxyService";
import { StudioFlow } from "../studio/studioFlow";
import { proxyMessageUrl } from "../twilio/webhooks";
import { isRecord } from "../values/values";
import {
  autoCreationOf,
  type Destination,
  impossible,
  integrationOf,
  type Messaging,
  targetOf,
  wordsOf,
} from "./destination";
import { warnOfSessions } from "./openSessions";
import { flexConfiguration, flexProxyService } from "./shared";
import { type SidOf, sidOf } from "./sids";
import { refuseSilentFlow } from "./studioFlows";

/** What every channel takes. */
export interface ChannelArgs {
  /**
   * Which path messages take: `conversations`, `proxy` (legacy) or `moving`. From `proxy` go to `moving` first, then to
   * `conversations`. There is a way back to `proxy` from both: see `docs/leaving-programmable-chat.md`. Default
   * `conversations`.
   */
  messaging?: Messaging;
  /** Who takes the messages. */
  destination: Destination;
  /** The Conversations service that conversations are made in, or its SID (IS…). Default: the account's default one. Not used on proxy. */
  conversationsServiceSid?: SidOf<ConversationsService>;
  /** The Chat service of the Flex Flow, or its SID (IS…). Default: that of the Flex Configuration, looked up. Not used on conversations. */
  chatServiceSid?: SidOf<ChatService>;
  /** The Proxy service, or its SID (KS…). Default: the one of Flex, looked up. Used on proxy only. */
  proxyServiceSid?: SidOf<ProxyService>;
  /**
   * Takes over the Flex Flow, or on conversations the address, that somebody has made for what customers write to,
   * instead of creating one: see `FlexFlow`. None there is an error. Taking it away later changes nothing. Default: create.
   */
  adopt?: pulumi.Input<boolean>;
  /** Lets destroy, and the step to conversations, delete what was taken over. Default false: it stays, as it was last written. */
  deleteAdopted?: pulumi.Input<boolean>;
}

/** What tells one channel from another. */
export interface Line<Handler> {
  /** As people call the channel. */
  label: string;
  /** What customers write to. */
  address: pulumi.Input<string>;
  /** Undefined where the program did not say which; needed but on proxy. */
  addressType: AddressType | undefined;
  channelType: ChannelType;
  /** Whether a Proxy service stands before the Flex Flow. */
  byProxy: boolean;
  /** What the number or sender itself does with messages: blank, or on proxy what leads there. */
  handler: (proxy: Proxy | undefined, opts: pulumi.CustomResourceOptions) => Handler;
  /** What only a person can do. */
  manualSteps: (made: Made) => pulumi.Input<string>[];
}

/** What steps are told with: either the Flex Flow, with a URL where a Proxy service stands before it, or the address. */
type Made =
  | { flexFlow: FlexFlow; callbackUrl: pulumi.Output<string> | undefined; address?: undefined }
  | { address: ConversationsAddress; flexFlow?: undefined; callbackUrl?: undefined };

interface Proxy {
  proxyServiceSid: pulumi.Input<string>;
  callbackUrl: pulumi.Output<string>;
}

/**
 * What all channels have in common: the resources of the path that messages take, in the order in which no message is
 * answered twice, also while `messaging` changes.
 */
export abstract class Channel<
  Handler extends pulumi.Resource | undefined = pulumi.Resource | undefined,
> extends pulumi.ComponentResource {
  /** What the number or sender itself does with messages. Undefined where the API does not manage that. */
  readonly handler: Handler;
  /** The address that makes conversations. Undefined on proxy; where a move was taken back it stays there, disabled. */
  readonly address: ConversationsAddress | undefined;
  /** The Flex Flow. Undefined on conversations; disabled on moving. */
  readonly flexFlow: FlexFlow | undefined;
  /** The Studio flow, where the destination is a definition. */
  readonly flow: StudioFlow | undefined;
  /** The hops of a message, in words. */
  readonly route: pulumi.Output<string>;
  /** URL that the number or sender posts messages to. Undefined but on proxy. */
  readonly callbackUrl: pulumi.Output<string | undefined>;
  /** What only a person can do, in Twilio's Console. */
  readonly manualSteps: pulumi.Output<string[]>;

  protected constructor(
    type: string,
    name: string,
    args: ChannelArgs,
    opts: pulumi.ComponentResourceOptions | undefined,
    lineOf: (parent: pulumi.Resource) => Line<Handler>,
  ) {
    super(`twilio-flex:channels:${type}`, name, {}, opts);
    const { messaging = "conversations", destination, adopt, deleteAdopted } = args;
    const problem = impossible(destination, messaging);
    if (problem) throw programError(`${name}: ${problem}`);

    const line = lineOf(this);
    const own = { parent: this };
    const names = { address: `${name}-address`, flexFlow: `${name}-flex-flow` };
    const before = (kind: string, child: string) =>
      lastOutputs(
        `twilio-flex:channels:${type}$pulumi-nodejs:dynamic/twilio-flex:${kind}::${child}`,
        pulumi.allAliases([], child, `pulumi-nodejs:dynamic/twilio-flex:${kind}`, this, name),
      );

    // Nothing is touched for a flow that answers nobody.
    const checked: Promise<pulumi.Resource[]> = refuseSilentFlow(name, destination, messaging, this).then(
      () => [],
    );
    this.flow =
      "definition" in destination
        ? new StudioFlow(
            `${name}-flow`,
            { definition: destination.definition, status: "published" },
            { ...own, dependsOn: checked },
          )
        : undefined;
    const takeOver = adopt && { adopt, deleteAdopted };
    const target = targetOf(destination, this.flow, this);

    const newAddress = (enabled: boolean, dependsOn: pulumi.Input<pulumi.Resource[]>) => {
      const { addressType: type } = line;
      if (type === undefined) throw programError(`${name}: addressType: missing; off proxy it is needed`);
      const conversationServiceSid = args.conversationsServiceSid && sidOf(args.conversationsServiceSid);
      return new ConversationsAddress(
        names.address,
        {
          type,
          address: line.address,
          autoCreation: autoCreationOf(target, { enabled, conversationServiceSid }),
          ...(messaging === "conversations" && takeOver),
        },
        { ...own, dependsOn },
      );
    };
    const newFlexFlow = (enabled: boolean, dependsOn: pulumi.Input<pulumi.Resource[]>) =>
      new FlexFlow(
        names.flexFlow,
        {
          channelType: line.channelType,
          contactIdentity: line.address,
          chatServiceSid: args.chatServiceSid
            ? sidOf(args.chatServiceSid)
            : flexConfiguration(this).chatServiceInstanceSid,
          integration: integrationOf(target),
          enabled,
          ...takeOver,
        },
        { ...own, dependsOn },
      );
    const start = pulumi.interpolate`${line.label} to ${line.address}`;
    const proxyServiceSid = args.proxyServiceSid && sidOf(args.proxyServiceSid);

    // Creates and updates run in the order of dependencies and deletes come last. What takes messages until now stops
    // first, so that none is answered twice, and the next write starts what takes them from then on. With a handler of
    // ours, messages reach the Flex Flow by that alone; without one, the Flex Flow itself is what stops or starts. What
    // stands in `then` runs when all of this is done, and `handler` is known.
    if (messaging === "proxy") {
      const left: Promise<pulumi.Resource[]> = checked
        .then(() => before("ConversationsAddress", names.address))
        .then((was) => (was ? [newAddress(false, this.handler ? [flexFlow] : [])] : []));
      const flexFlow = newFlexFlow(
        true,
        left.then((addresses) => (this.handler ? [] : addresses)),
      );
      this.flexFlow = flexFlow;
      const proxy = line.byProxy
        ? proxyOf(flexFlow, proxyServiceSid ?? flexProxyService(this).sid)
        : undefined;
      this.handler = line.handler(proxy, {
        ...own,
        dependsOn: left.then<pulumi.Resource[]>((addresses) => [flexFlow, ...addresses]),
      });
      this.callbackUrl = proxy?.callbackUrl ?? pulumi.output<string | undefined>(undefined);
      this.manualSteps = pulumi.all(line.manualSteps({ flexFlow, callbackUrl: proxy?.callbackUrl }));
      const hop = proxy ? pulumi.interpolate`Proxy service ${proxy.proxyServiceSid} → ` : "";
      this.route = pulumi.interpolate`${start} → ${hop}Flex Flow ${flexFlow.sid} → ${wordsOf(target)}`;
    } else {
      const isMoving = messaging === "moving";
      const ready = checked
        .then(() => before("FlexFlow", names.flexFlow))
        .then(async (was): Promise<pulumi.Resource[]> => {
          if (was === undefined || was.enabled === false) return [];
          if (!isMoving) return endProgram(programError(byMoving(name)));
          if (line.byProxy) await warnOfSessions(name, line.address, proxyServiceSid, this);
          return [];
        });
      this.handler = line.handler(undefined, { ...own, dependsOn: ready });
      const { handler } = this;
      const disabledFirst = isMoving && !handler ? newFlexFlow(false, ready) : undefined;
      const stopped = handler ?? disabledFirst;
      this.address = newAddress(true, stopped ? [stopped] : ready);
      this.flexFlow = isMoving ? (disabledFirst ?? newFlexFlow(false, [this.address])) : undefined;
      this.callbackUrl = pulumi.output<string | undefined>(undefined);
      this.manualSteps = pulumi.all(line.manualSteps({ address: this.address }));
      this.route = pulumi.interpolate`${start} → Conversations address ${this.address.sid} → ${wordsOf(target)}`;
    }
    this.registerOutputs({
      route: this.route,
      callbackUrl: this.callbackUrl,
      manualSteps: this.manualSteps,
    });
  }
}

const proxyOf = (flexFlow: FlexFlow, proxyServiceSid: pulumi.Input<string>): Proxy => ({
  proxyServiceSid,
  callbackUrl: pulumi
    .all([flexFlow.accountSid, proxyServiceSid])
    .apply(([account, service]) => proxyMessageUrl(account, service)),
});

const byMoving = (name: string) =>
  `${name}: its Flex Flow is enabled and would be deleted only after the address takes messages, so that both would answer; run \`pulumi up\` with messaging: "moving" first`;

/** What the last run left of a resource, by how its URN ends or as it was called before. */
async function lastOutputs(
  end: string,
  aliases: pulumi.Output<pulumi.URN>[],
): Promise<Record<string, unknown> | undefined> {
  const former = await valueIn(pulumi.all(aliases));
  const [, found] =
    Object.entries(await lastState()).find(([urn]) => urn.endsWith(end) || former.includes(urn)) ?? [];
  return isRecord(found) && isRecord(found.outputs) ? found.outputs : undefined;
}
