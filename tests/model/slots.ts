import * as pulumi from "@pulumi/pulumi";
import { seeded } from "../../emulator/index";
import * as twilio from "../../provider/index";
import { resourceNamed } from "../../provider/life/define";
import { TwilioSingleton } from "../../provider/program/resource";
import { classesOn } from "../../scripts/reliability/classes.cjs";

/** Something that a program may declare: an object of a class, or a channel. */
export interface Slot {
  type: string;
  args: object;
  /** Each may be declared besides, a later one over an earlier. */
  more: object[];
  /** Of these, a program has only one: they are about the same object. */
  about?: string;
  /** The requests that write it. */
  writes: string[];
  /** Whether its constructor looks things up, in each run. */
  isChannel: boolean;
  /** Whether it can be made by another and be adopted. */
  isAdoptable: boolean;
  /** Whether it may get another name without an alias: what Twilio allows only once is refused then, since the old one goes last. */
  isRenamed: boolean;
}

const url = (path: string) => `https://example.com/${path}`;

/** What is declared of some classes beside what the table has of each. */
const more: Record<string, object[]> = {
  ChatService: [
    { notifications: { newMessage: { template: "New", sound: "ping" } } },
    { notifications: { newMessage: { enabled: true, template: "New" }, logEnabled: true } },
    { notifications: { addedToChannel: { template: "Added" }, invitedToChannel: { enabled: true } } },
    { limits: { channelMembers: 50 } },
    { webhookFilters: ["onMessageSent"], postWebhookUrl: url("chat") },
  ],
  ConversationsAddress: [{ autoCreation: { type: "webhook", webhookUrl: url("address") } }],
  ConversationsConfiguration: [
    { defaultInactiveTimer: "PT30M" },
    { defaultChatServiceSid: seeded.flexService },
  ],
  ConversationsServiceWebhooks: [
    { preWebhookUrl: url("before") },
    { method: "GET" },
    { filters: ["onMessageAdded"] },
  ],
  ConversationsWebhooks: [
    { preWebhookUrl: url("before") },
    { method: "GET" },
    { filters: ["onMessageAdded"] },
  ],
  FlexConfiguration: [{ uiLanguage: "de" }, { callRecordingEnabled: true }, { crmEnabled: true }],
  FlexFlow: [{ enabled: false }],
  MessagingService: [
    { stickySender: false },
    { inboundRequestUrl: url("in"), useInboundWebhookOnNumber: false },
  ],
  PhoneNumberHandler: [{ voice: { kind: "webhook", url: url("voice") } }, { message: { kind: "none" } }],
  ProxyService: [{ callbackUrl: url("proxy") }],
  TaskRouterWorkspaceConfiguration: [{ timeoutActivitySid: seeded.offlineActivity }],
  TwimlApplication: [{ statusCallback: url("status") }],
};

/** What the classes of the table are about, where a channel or another class is about it too. */
const about: Record<string, string> = {
  ConversationsAddress: "number",
  PhoneNumberHandler: "number",
  MessagingServicePhoneNumber: "number",
  ProxyPhoneNumber: "number",
  WhatsAppSender: "sender",
  MessagingServiceChannelSender: "sender",
};

const isSingleton = (type: string): boolean => classNamed(type).prototype instanceof TwilioSingleton;

const classes: Slot[] = classesOn(seeded).map(
  ({ type, args, later }: { type: string; args: object; later: object | null }) => ({
    type,
    args,
    more: [...(later ? [later] : []), ...(more[type] ?? [])],
    about: about[type],
    writes: Object.values(resourceNamed(type).api.operations)
      .flat()
      .filter((operation) => /^(Create|Update|Delete)/.test(operation)),
    isChannel: false,
    isAdoptable: resourceNamed(type).keys.includes("adopted") && !isSingleton(type),
    isRenamed: isSingleton(type),
  }),
);

const destination = { kind: "webhook", url: url("bot") };
const channelWrites = ["FlexFlow", "ConfigurationAddress", "IncomingPhoneNumber", "ChannelsSender"].flatMap(
  (kind) => ["Create", "Update", "Delete"].map((does) => does + kind),
);
const channel = (type: string, args: object, subject?: string): Slot => ({
  type,
  args: { destination, ...args },
  more: [{ messaging: "moving" }, { destination: { kind: "webhook", url: url("other") } }],
  about: subject,
  writes: channelWrites,
  isChannel: true,
  isAdoptable: false,
  isRenamed: false,
});

const channels = [
  channel("SmsChannel", { phoneNumber: "+15558675310", onConflict: "takeOver" }),
  channel(
    "WhatsAppChannel",
    { phoneNumber: "+15017122661", senderSid: seeded.whatsAppSender, onConflict: "takeOver" },
    "sender",
  ),
  channel("MessengerChannel", { pageId: "1234" }),
  channel("WebChatChannel", { address: "shop" }),
  channel("CustomChannel", { address: "help@example.com", addressType: "email" }),
];

export const slots: Slot[] = [...classes, ...channels];

function classNamed(type: string): { readonly prototype: object } & object {
  const [, found] = Object.entries(twilio).find(([name]) => name === type) ?? [];
  if (typeof found !== "function") throw new Error(`no class ${type}`);
  return found;
}

/** Under which name, and in which component, a resource is or was declared; the stack itself is component 0. */
export interface At {
  name: string;
  component: number;
}

export const components = 2;

/** The components of one run of a program, each made when something is in it. */
export function componentsOf(): (component: number) => pulumi.Resource | undefined {
  const made = new Map<number, pulumi.Resource>();
  return (component) => {
    if (component === 0) return undefined;
    const one = made.get(component) ?? new pulumi.ComponentResource("model:index:Part", `part-${component}`);
    made.set(component, one);
    return one;
  };
}

export function declareIn(
  type: string,
  { name, component }: At,
  args: object,
  aliases: At[],
  parts: ReturnType<typeof componentsOf>,
  provider?: pulumi.ProviderResource,
): void {
  const [, found] = Object.entries(twilio).find(([one]) => one === type) ?? [];
  if (typeof found !== "function") throw new Error(`no class ${type}`);
  const parent = (of: number) => parts(of) ?? pulumi.rootStackResource;
  Reflect.construct(found, [
    name,
    args,
    {
      ...(component !== 0 && { parent: parent(component) }),
      ...(provider && { provider }),
      aliases: aliases.map((alias) => ({ name: alias.name, parent: parent(alias.component) })),
    },
  ]);
}

/** In no component. */
export function declare(type: string, name: string, args: object, aliases: string[]): void {
  const at = (of: string): At => ({ name: of, component: 0 });
  declareIn(type, at(name), args, aliases.map(at), componentsOf());
}
