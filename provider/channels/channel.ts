import * as pulumi from "@pulumi/pulumi";
import type { ChatService } from "../chat/chatService";
import {
  type AddressType,
  ConversationsAddress,
  type ConversationsAddressArgs,
} from "../conversations/conversationsAddress";
import type { ConversationsService } from "../conversations/conversationsService";
import { type ChannelType, FlexFlow, type FlexFlowArgs } from "../flex/flexFlow";
import { endProgram, programError } from "../program/program";
import type { ProxyService } from "../proxy/proxyService";
import { StudioFlow } from "../studio/studioFlow";
import { proxyMessageUrl } from "../twilio/webhooks";
import {
  autoCreationOf,
  type Destination,
  impossible,
  integrationOf,
  integrationTypeOf,
  type Messaging,
  type Target,
  targetOf,
  wordsOf,
} from "./destination";
import { childNames, lastRunOf, lastStateOf } from "./lastRun";
import { warnOfSessions } from "./openSessions";
import { declaredOf, type Kind, planOf, type Write } from "./plan";
import { adoptOf, type Handled, refusalsOf } from "./refusals";
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
   * Takes over what somebody has made for the address that customers write to, instead of creating it. On `conversations`
   * this is the Conversations address, on the other paths the Flex Flow: `true` where one with the same address has to be
   * there, or the SID of one. `"ifThere"` takes over either where it is there and creates it where it is not. A SID of the other
   * kind (IG… of an address, FO… of a Flex Flow) is ignored on paths that do not create that kind. Removing `adopt` later
   * changes nothing.
   *
   * @default create
   */
  adopt?: pulumi.Input<boolean | string>;
  /**
   * Lets destroy, and the step to `conversations`, delete what was adopted. Without it, an adopted Flex Flow stays disabled on
   * `conversations`, and destroy gives it back.
   *
   * @default false
   */
  deleteAdopted?: pulumi.Input<boolean>;
  /**
   * What destroy does with what was adopted: `restore` gives it back as it was, `keep` leaves it as it was last written.
   *
   * @default "restore"
   */
  onDelete?: pulumi.Input<"restore" | "keep">;
}

/** What tells one channel from another. */
export interface Line<Handler> {
  /** As people call the channel. */
  label: string;
  /** What customers write to. */
  address: pulumi.Input<string>;
  /** Undefined where the program did not say which; required except on proxy. */
  addressType: AddressType | undefined;
  channelType: ChannelType;
  /** Whether a Proxy service stands before the Flex Flow. */
  byProxy: boolean;
  /** Sets what the number or sender itself does with messages. */
  handler?: Handled & {
    /** It leads to this Proxy service, or is blank. */
    declare: (proxy: Proxy | undefined, opts: pulumi.CustomResourceOptions) => Handler;
  };
  /** Whether the API shows the webhook that a person sets at the sender. */
  isSenderShown?: boolean;
  /** What only a person can do. */
  manualSteps: (made: Made) => pulumi.Input<string>[];
}

/** What manual steps name. Messages go to the address where there is one, else to the Flex Flow. */
interface Made {
  address: ConversationsAddress | undefined;
  flexFlow: FlexFlow | undefined;
  /** Only set where a Proxy service stands before the Flex Flow. */
  callbackUrl: pulumi.Output<string> | undefined;
}

interface Proxy {
  proxyServiceSid: pulumi.Input<string>;
  callbackUrl: pulumi.Output<string>;
}

/**
 * What all channels have in common: the resources on the message path, written in the order of `plan.ts`, also while
 * `messaging` changes.
 */
export abstract class Channel<
  Handler extends pulumi.Resource | undefined = pulumi.Resource | undefined,
> extends pulumi.ComponentResource {
  /** What the number or sender itself does with messages. Undefined where the API does not manage that. */
  declare readonly handler: Handler;
  /** The address that makes conversations. Undefined on proxy, where a former one stays, disabled. */
  readonly address: ConversationsAddress | undefined;
  /** The Flex Flow. Disabled on moving. Undefined on conversations, where an adopted one stays, disabled. */
  readonly flexFlow: FlexFlow | undefined;
  /** The Studio flow, where the destination is a definition. */
  readonly flow: StudioFlow | undefined;
  /** The hops of a message, in words. */
  readonly route: pulumi.Output<string>;
  /** URL that the number or sender posts messages to. Only set on proxy. */
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
    const token = `twilio-flex:channels:${type}`;
    super(token, name, {}, opts);
    const { messaging = "conversations", destination } = args;
    const problem = impossible(destination, messaging);
    if (problem) throw programError(`${name}: ${problem}`);

    const line = lineOf(this);
    const names = childNames(name);
    const channel: Declaration = { channel: this, name, messaging, args, line };
    // Nothing is written before all that can be known is checked.
    const writes = refuseSilentFlow(name, destination, messaging, this).then(() => writesOf(channel, token));
    checks.set(this, writes);
    this.flow = flowOf(names.flow, destination, {
      parent: this,
      dependsOn: writes.then<pulumi.Resource[]>(none),
    });
    const target = targetOf(destination, this.flow, this);
    const path: Path = { ...channel, target };

    let proxy: Proxy | undefined;
    let earlier: Promise<pulumi.Resource[]> = writes.then(none);
    for (const { child, does } of declaredOf(kindOf(line), messaging)) {
      const enabled = does === "start";
      const own = { parent: this, dependsOn: earlier };
      const newAddress = () => new ConversationsAddress(names.address, addressArgs(path, enabled), own);
      const newFlexFlow = () => new FlexFlow(names.flexFlow, flexFlowArgs(path, enabled), own);
      let made: pulumi.Resource | undefined | Promise<pulumi.Resource | undefined>;
      if (does === "leave") {
        const wasLeft = (write: Write) => write.child === child && write.does === does;
        const leave = child === "address" ? newAddress : newFlexFlow;
        made = writes.then((all) => (all.some(wasLeft) ? leave() : undefined));
      } else if (child === "address") {
        made = this.address = newAddress();
      } else if (child === "flexFlow") {
        const flexFlow = newFlexFlow();
        made = this.flexFlow = flexFlow;
        if (enabled && line.byProxy) proxy = proxyOf(path, flexFlow);
      } else if (line.handler) {
        made = this.handler = line.handler.declare(proxy, own);
      }
      earlier = Promise.all([earlier, made]).then(([before, last]) => (last ? [...before, last] : before));
    }

    const { address, flexFlow } = this;
    const callbackUrl = proxy?.callbackUrl;
    this.callbackUrl = callbackUrl ?? pulumi.output<string | undefined>(undefined);
    this.manualSteps = pulumi.all(line.manualSteps({ address, flexFlow, callbackUrl }));
    const hop = proxy ? pulumi.interpolate`Proxy service ${proxy.proxyServiceSid} → ` : "";
    const taker = address
      ? pulumi.interpolate`Conversations address ${address.sid}`
      : pulumi.interpolate`${hop}Flex Flow ${flexFlow?.sid}`;
    this.route = pulumi.interpolate`${line.label} to ${line.address} → ${taker} → ${wordsOf(target)}`;
    const outputs = { route: this.route, callbackUrl: this.callbackUrl, manualSteps: this.manualSteps };
    this.registerOutputs(earlier.then(() => outputs));
  }
}

/** A channel as declared. */
interface Declaration {
  channel: pulumi.Resource;
  name: string;
  messaging: Messaging;
  args: ChannelArgs;
  line: Line<unknown>;
}

interface Path extends Declaration {
  target: Target;
}

const checks = new WeakMap<Channel, Promise<unknown>>();

/** Resolves once a channel may be written. Does not resolve where it is refused, which ends the program. */
export const checkOf = async (channel: Channel): Promise<void> => {
  await checks.get(channel);
};

const none = () => [];

const kindOf = ({ handler, byProxy }: Line<unknown>): Kind => ({
  hasHandler: handler !== undefined,
  byProxy,
});

/** The writes of this run. Ends the program where they are refused, and warns of the sessions that they end. */
async function writesOf(declaration: Declaration, token: string): Promise<Write[]> {
  const { channel, name, messaging, args, line } = declaration;
  const last = await lastRunOf(channel, token, name);
  const plan = planOf(kindOf(line), messaging, lastStateOf(last));
  if (plan.refusal !== undefined) return endProgram(programError(`${name}: ${plan.refusal}`));
  const { address, addressType, channelType, handler: handles, isSenderShown } = line;
  const proxyServiceSid = messaging === "proxy" && line.byProxy ? proxyServiceOf(declaration) : undefined;
  const senderByHand = isSenderShown ? address : undefined;
  const integrationType = integrationTypeOf(args.destination);
  const path = { address, addressType, channelType, integrationType };
  const declared = { channel, name, messaging, ...path, handles, senderByHand };
  const refusals = await refusalsOf({ ...declared, proxyServiceSid, adopt: args.adopt }, last, plan.writes);
  if (refusals.length > 0) return endProgram(programError(`${name}: ${refusals.join("; ")}`));
  const given = args.proxyServiceSid && sidOf(args.proxyServiceSid);
  if (plan.endsSessions) await warnOfSessions(name, address, given, channel);
  return plan.writes;
}

function flowOf(
  name: string,
  destination: Destination,
  opts: pulumi.CustomResourceOptions,
): StudioFlow | undefined {
  if (!("definition" in destination) || "flow" in destination) return undefined;
  const { definition } = destination;
  return new StudioFlow(name, { definition, status: "published" }, opts);
}

function addressArgs(
  { name, messaging, args, line, target }: Path,
  enabled: boolean,
): ConversationsAddressArgs {
  const { address, addressType: type } = line;
  const { conversationsServiceSid } = args;
  if (type === undefined) throw programError(`${name}: addressType: missing; off proxy it is needed`);
  const conversationServiceSid = conversationsServiceSid && sidOf(conversationsServiceSid);
  return {
    type,
    address,
    autoCreation: autoCreationOf(target, { enabled, conversationServiceSid }),
    ...adoption("address", messaging, args),
  };
}

function flexFlowArgs({ channel, messaging, args, line, target }: Path, enabled: boolean): FlexFlowArgs {
  const { chatServiceSid } = args;
  return {
    channelType: line.channelType,
    contactIdentity: line.address,
    chatServiceSid: chatServiceSid
      ? sidOf(chatServiceSid)
      : flexConfiguration(channel).chatServiceInstanceSid,
    integration: integrationOf(target),
    enabled,
    ...adoption("flexFlow", messaging, args),
  };
}

function adoption(child: "address" | "flexFlow", messaging: Messaging, args: ChannelArgs) {
  const { deleteAdopted, onDelete } = args;
  const adopt =
    pulumi.Output.isInstance(args.adopt) || args.adopt instanceof Promise
      ? pulumi.output(args.adopt).apply((given) => adoptOf(child, messaging, given) ?? false)
      : adoptOf(child, messaging, args.adopt);
  return adopt === undefined ? {} : { adopt, deleteAdopted, onDelete };
}

function proxyOf(path: Path, flexFlow: FlexFlow): Proxy {
  const proxyServiceSid = proxyServiceOf(path);
  const callbackUrl = pulumi
    .all([flexFlow.accountSid, proxyServiceSid])
    .apply(([account, service]) => proxyMessageUrl(account, service));
  return { proxyServiceSid, callbackUrl };
}

const proxyServiceOf = ({ channel, args }: Declaration): pulumi.Input<string> =>
  args.proxyServiceSid ? sidOf(args.proxyServiceSid) : flexProxyService(channel).sid;
