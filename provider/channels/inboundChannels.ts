import * as pulumi from "@pulumi/pulumi";
import { programError } from "../program/program";
import { StudioFlow } from "../studio/studioFlow";
import { type Channel, type ChannelArgs, checkOf } from "./channel";
import { CustomChannel, type CustomChannelArgs } from "./customChannel";
import type { Destination } from "./destination";
import { MessengerChannel, type MessengerChannelArgs } from "./messengerChannel";
import { SmsChannel, type SmsChannelArgs } from "./smsChannel";
import { WebChatChannel, type WebChatChannelArgs } from "./webChatChannel";
import { WhatsAppChannel, type WhatsAppChannelArgs } from "./whatsAppChannel";

/** The arguments of a channel, of which those that all channels take may be left to the whole. */
type Shared<Args extends ChannelArgs> = Omit<Args, "destination"> &
  Partial<Pick<Args, "destination">> & {
    /**
     * Options of this channel alone. Where its key was `text` before, in an InboundChannels called `inbound`, give
     * `aliases: [{ name: "inbound-text" }]`; where it was a channel of its own called `support`, `aliases: [{ name: "support",
     * parent: pulumi.rootStackResource }]`. Its resources follow.
     */
    opts?: pulumi.ComponentResourceOptions;
  };

interface OfType<Type extends string> {
  /** Kind of the channel. */
  type: Type;
}

/** One of several channels. What it does not give is taken from `InboundChannelsArgs`. */
export type InboundChannel =
  | (OfType<"sms"> & Shared<SmsChannelArgs>)
  | (OfType<"whatsapp"> & Shared<WhatsAppChannelArgs>)
  | (OfType<"messenger"> & Shared<MessengerChannelArgs>)
  | (OfType<"chat"> & Shared<WebChatChannelArgs>)
  | (OfType<"custom"> & Shared<CustomChannelArgs>);

/** Arguments of `InboundChannels`. */
export interface InboundChannelsArgs extends Omit<ChannelArgs, "destination"> {
  /** The channels, each under a name of yours. Another name is another channel, unless `opts` of the channel has an alias. */
  channels: Record<string, InboundChannel>;
  /** Who takes the messages of channels without a destination of their own. A definition makes one flow for all. Default: none. */
  destination?: Destination;
}

/**
 * All channels through which customers write, with one destination and the same services unless a channel has its own.
 *
 * Errors: two channels with the same address; a channel without a destination; those of each channel.
 */
export class InboundChannels extends pulumi.ComponentResource {
  /** The channels, under their names. */
  readonly channels: Record<string, Channel>;
  /** The Studio flow of the default destination, where that is a definition. */
  readonly flow: StudioFlow | undefined;
  /** The hops of a message of each channel, in words. */
  readonly routes: pulumi.Output<Record<string, string>>;
  /** URL that the number or sender of each channel posts messages to; without those that have none. */
  readonly callbackUrls: pulumi.Output<Record<string, string>>;
  /** What only a person can do, in Twilio's Console. */
  readonly manualSteps: pulumi.Output<string[]>;

  constructor(name: string, args: InboundChannelsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("twilio-flex:channels:InboundChannels", name, {}, opts);
    const own = { parent: this };
    const { channels, destination } = args;
    const twins = withOneAddress(channels);
    if (twins) throw programError(`${name}: ${twins.join(" and ")} have the same address; keep one of them`);

    // Nothing is written before all channels are checked.
    let areChecked: (channels: Channel[]) => void = () => {};
    const checked = new Promise<Channel[]>((resolve) => {
      areChecked = resolve;
    }).then((all) => Promise.all(all.map(checkOf)));
    const dependsOn = checked.then((): pulumi.Resource[] => []);
    const isShared = Object.values(channels).some((channel) => channel.destination === undefined);
    this.flow =
      isShared && destination && "definition" in destination
        ? new StudioFlow(
            `${name}-flow`,
            { definition: destination.definition, status: "published" },
            { ...own, dependsOn },
          )
        : undefined;
    // By the definition each channel checks what the flow does before it is there.
    const shared = this.flow && destination ? { ...destination, flow: this.flow } : destination;
    const settled = (channel: InboundChannel, to: Destination): ChannelArgs => ({
      messaging: channel.messaging ?? args.messaging,
      destination: to,
      conversationsServiceSid: channel.conversationsServiceSid ?? args.conversationsServiceSid,
      chatServiceSid: channel.chatServiceSid ?? args.chatServiceSid,
      proxyServiceSid: channel.proxyServiceSid ?? args.proxyServiceSid,
      adopt: channel.adopt ?? args.adopt,
      deleteAdopted: channel.deleteAdopted ?? args.deleteAdopted,
      onDelete: channel.onDelete ?? args.onDelete,
    });

    this.channels = Object.fromEntries(
      Object.entries(channels).map(([key, { opts, ...channel }]) => {
        const to = channel.destination ?? shared;
        if (!to)
          throw programError(`${name}: channels.${key}: give it a destination, or one to all channels`);
        const child = `${name}-${key}`;
        const token = `twilio-flex:channels:${classes[channel.type]}`;
        // The engine passes aliases on to children, but does not tell them; each channel looks for what it was before.
        const aliases = pulumi.allAliases(opts?.aliases ?? [], child, token, this, name);
        return [key, newChannel(child, channel, settled(channel, to), { ...opts, ...own, aliases })];
      }),
    );
    areChecked(Object.values(this.channels));
    const all = Object.entries(this.channels);
    this.routes = pulumi.all(Object.fromEntries(all.map(([key, { route }]) => [key, route])));
    this.callbackUrls = pulumi
      .all(Object.fromEntries(all.map(([key, { callbackUrl }]) => [key, callbackUrl])))
      .apply(given);
    this.manualSteps = pulumi
      .all(all.map(([, { manualSteps }]) => manualSteps))
      .apply((steps) => steps.flat());
    this.registerOutputs({
      routes: this.routes,
      callbackUrls: this.callbackUrls,
      manualSteps: this.manualSteps,
    });
  }
}

const classes: Record<InboundChannel["type"], string> = {
  sms: "SmsChannel",
  whatsapp: "WhatsAppChannel",
  messenger: "MessengerChannel",
  chat: "WebChatChannel",
  custom: "CustomChannel",
};

function newChannel(
  name: string,
  channel: InboundChannel,
  common: ChannelArgs,
  opts: pulumi.ComponentResourceOptions,
): Channel {
  switch (channel.type) {
    case "sms":
      return new SmsChannel(name, { ...channel, ...common }, opts);
    case "whatsapp":
      return new WhatsAppChannel(name, { ...channel, ...common }, opts);
    case "messenger":
      return new MessengerChannel(name, { ...channel, ...common }, opts);
    case "chat":
      return new WebChatChannel(name, { ...channel, ...common }, opts);
    case "custom":
      return new CustomChannel(name, { ...channel, ...common }, opts);
  }
}

/** Two channels with one address, where the program shows it. */
function withOneAddress(channels: Record<string, InboundChannel>): [string, string] | undefined {
  const seen = new Map<string, string>();
  for (const [key, channel] of Object.entries(channels)) {
    const address = addressOf(channel);
    if (typeof address !== "string") continue;
    const first = seen.get(`${channel.type} ${address}`);
    if (first !== undefined) return [first, key];
    seen.set(`${channel.type} ${address}`, key);
  }
  return undefined;
}

function addressOf(channel: InboundChannel): unknown {
  switch (channel.type) {
    case "sms":
      return channel.phoneNumber ?? channel.phoneNumberSid;
    case "whatsapp":
      return channel.phoneNumber;
    case "messenger":
      return channel.pageId;
    default:
      return channel.address;
  }
}

const given = (urls: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(urls).flatMap(([key, url]): [string, string][] => (url ? [[key, url]] : [])),
  );
