import * as pulumi from "@pulumi/pulumi";
import type { Twilio } from "twilio";
import type { IncomingPhoneNumberInstance } from "twilio/lib/rest/api/v2010/account/incomingPhoneNumber";
import { z } from "zod";
import { defineSingleton } from "../life/define";
import { type Surroundings, together } from "../life/definition";
import { TwilioSingleton } from "../program/resource";
import { isDemo } from "../routing/webhooks";
import { e164, flag, httpMethod, kind, methodIn, oneOf, sid, url } from "../twilio/fields";
import { canonical, type HttpMethod, proxyMessageUrl, studioFlowUrl } from "../twilio/webhooks";
import type { Declared, Plain } from "../values/args";
import { Refusal } from "../values/errors";
import { atLeastOne, exactlyOne } from "../values/validate";
import { fallback, fallbackAt, none, webhook } from "./webhookHandler";

/** Where a message or call goes when its handler cannot be reached. */
export interface HandlerFallback {
  /** Absolute URL. Default: none. */
  fallbackUrl?: pulumi.Input<string>;
  /** GET or POST. Default POST. */
  fallbackMethod?: pulumi.Input<HttpMethod>;
}

/** A Proxy service, which passes messages on to Flex. Legacy: see `ProxyService`. */
export interface ProxyHandler extends HandlerFallback {
  kind: pulumi.Input<"proxy">;
  /** SID of the Proxy service (KS…). */
  proxyServiceSid: pulumi.Input<string>;
}

/** A Studio flow. */
export interface StudioHandler extends HandlerFallback {
  kind: pulumi.Input<"studio">;
  /** SID of the Studio flow (FW…). */
  studioFlowSid: pulumi.Input<string>;
}

/** A webhook of your own. */
export interface WebhookHandler extends HandlerFallback {
  kind: pulumi.Input<"webhook">;
  /** Absolute URL. It may carry credentials: give it as a secret then. */
  url: pulumi.Input<string>;
  /** GET or POST. Default POST. */
  method?: pulumi.Input<HttpMethod>;
}

/** A TwiML application, whose own URLs then hold. */
export interface ApplicationHandler {
  kind: pulumi.Input<"application">;
  /** SID of the TwiML application (AP…). */
  applicationSid: pulumi.Input<string>;
}

/** Nothing: blank. What a number needs whose address configuration answers in its place. */
export interface NoHandler {
  kind: pulumi.Input<"none">;
}

/** An Elastic SIP trunk. */
export interface TrunkHandler {
  kind: pulumi.Input<"trunk">;
  /** SID of the trunk (TK…). */
  trunkSid: pulumi.Input<string>;
}

/** What every voice handler takes besides. */
export interface VoiceSettings {
  /** URL that is told when a call ends. Default: none. */
  statusCallback?: pulumi.Input<string>;
  /** GET or POST. Default POST. */
  statusCallbackMethod?: pulumi.Input<HttpMethod>;
  /** Whether the caller's name is looked up, at a price. Default false. */
  callerIdLookup?: pulumi.Input<boolean>;
}

export type MessageHandler = ProxyHandler | StudioHandler | WebhookHandler | ApplicationHandler | NoHandler;
export type VoiceHandler = (
  | ProxyHandler
  | StudioHandler
  | WebhookHandler
  | ApplicationHandler
  | NoHandler
  | TrunkHandler
) &
  VoiceSettings;

export interface PhoneNumberHandlerArgs {
  /** SID of the number (PN…). Exactly one of `phoneNumberSid` and `phoneNumber`. Another number replaces. */
  phoneNumberSid?: pulumi.Input<string>;
  /** The number in E.164 form, looked up in the account. Naming the same number the other way is no change. */
  phoneNumber?: pulumi.Input<string>;
  /** What answers messages. Owned whole; when not given, the message side is not touched. */
  message?: pulumi.Input<MessageHandler>;
  /** What answers calls. Owned whole; when not given, the voice side is not touched. */
  voice?: pulumi.Input<VoiceHandler>;
  /**
   * What to do when something else handles messages or calls already: `fail` names it and changes nothing,
   * `takeOver` takes its place, and preview says what that was and which parameters change. Blank and Twilio's demo
   * are nothing. Default fail.
   */
  onConflict?: pulumi.Input<"fail" | "takeOver">;
  /**
   * What destroy does, and the removal of `message` or `voice`: `restore` puts back what was there before, as long as
   * the handler is still ours, `clear` blanks it, `keep` leaves it. Default restore.
   */
  onDelete?: pulumi.Input<"restore" | "clear" | "keep">;
}

/**
 * What a number that the account owns does with messages and calls. It never buys and never releases a number.
 *
 * Two resources may share a number, one for messages and one for calls; two for the same side are refused. A
 * different number replaces the resource: the old number gets back what it had. Renaming the resource, moving it or
 * forcing its replacement leaves the number answering as declared.
 *
 * Errors: a number that is not in the account; a handler that is somebody else's, unless `onConflict: "takeOver"`.
 *
 * @see https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource
 */
export class PhoneNumberHandler extends TwilioSingleton {
  /** The number in E.164 form. */
  declare readonly phoneNumber: pulumi.Output<string>;
  declare readonly phoneNumberSid: pulumi.Output<string | undefined>;
  declare readonly message: pulumi.Output<Plain<PhoneNumberHandlerArgs>["message"]>;
  declare readonly voice: pulumi.Output<Plain<PhoneNumberHandlerArgs>["voice"]>;

  constructor(name: string, args: PhoneNumberHandlerArgs, opts?: pulumi.CustomResourceOptions) {
    super(phoneNumberHandler, name, args, opts);
  }

  /** URL that messages are posted to; undefined where it is not a URL that handles them. */
  get messageUrl(): pulumi.Output<string | undefined> {
    return pulumi.all([this.message, this.accountSid]).apply(([message, account]) => urlOf(message, account));
  }

  /** URL that calls are posted to; undefined where it is not a URL that handles them. */
  get voiceUrl(): pulumi.Output<string | undefined> {
    return pulumi.all([this.voice, this.accountSid]).apply(([voice, account]) => urlOf(voice, account));
  }
}

const voiceSettings = {
  statusCallback: url().optional(),
  statusCallbackMethod: httpMethod().optional(),
  callerIdLookup: flag().optional(),
};

const proxy = z.strictObject({
  kind: kind("proxy"),
  proxyServiceSid: sid("KS", "a Proxy service"),
  ...fallback,
});
const studio = z.strictObject({
  kind: kind("studio"),
  studioFlowSid: sid("FW", "a Studio flow"),
  ...fallback,
});
const application = z.strictObject({
  kind: kind("application"),
  applicationSid: sid("AP", "a TwiML application"),
});
const trunk = z.strictObject({ kind: kind("trunk"), trunkSid: sid("TK", "an Elastic SIP trunk") });

type Params = Required<
  Pick<
    Parameters<ReturnType<Twilio["incomingPhoneNumbers"]>["update"]>[0],
    (typeof messageParameters)[number] | (typeof voiceParameters)[number]
  >
>;

const messageParameters = [
  "smsUrl",
  "smsMethod",
  "smsFallbackUrl",
  "smsFallbackMethod",
  "smsApplicationSid",
] as const;
const voiceParameters = [
  "voiceUrl",
  "voiceMethod",
  "voiceFallbackUrl",
  "voiceFallbackMethod",
  "voiceApplicationSid",
  "trunkSid",
  "voiceCallerIdLookup",
  "statusCallback",
  "statusCallbackMethod",
] as const;

/** What `PhoneNumber` manages. */
const notOfHandlers = Object.fromEntries(
  [
    "ApiVersion",
    "FriendlyName",
    "AddressSid",
    "BundleSid",
    "IdentitySid",
    "EmergencyStatus",
    "EmergencyAddressSid",
    "VoiceReceiveMode",
    "AccountSid",
  ].map((parameter) => [parameter, "of the number itself, not of what handles it: see PhoneNumber"]),
);

const phoneNumberHandler = defineSingleton<PhoneNumberHandlerArgs>()("PhoneNumberHandler", {
  label: "handler of the phone number",
  api: {
    operations: {
      api_v2010: ["FetchIncomingPhoneNumber", "ListIncomingPhoneNumber", "UpdateIncomingPhoneNumber"],
    },
    renamed: {
      SmsUrl: "message.url",
      SmsMethod: "message.method",
      SmsFallbackUrl: "message.fallbackUrl",
      SmsFallbackMethod: "message.fallbackMethod",
      SmsApplicationSid: "message.applicationSid",
      VoiceUrl: "voice.url",
      VoiceMethod: "voice.method",
      VoiceFallbackUrl: "voice.fallbackUrl",
      VoiceFallbackMethod: "voice.fallbackMethod",
      VoiceApplicationSid: "voice.applicationSid",
      VoiceCallerIdLookup: "voice.callerIdLookup",
      TrunkSid: "voice.trunkSid",
      StatusCallback: "voice.statusCallback",
      StatusCallbackMethod: "voice.statusCallbackMethod",
    },
    leftOut: notOfHandlers,
  },
  args: z.strictObject({
    phoneNumberSid: sid("PN", "a phone number of the account").optional(),
    phoneNumber: e164().optional(),
    message: z
      .discriminatedUnion("kind", [proxy, studio, webhook, application, none])
      .describe("an object whose kind is proxy, studio, webhook, application or none")
      .optional(),
    voice: z
      .discriminatedUnion("kind", [
        proxy.extend(voiceSettings),
        studio.extend(voiceSettings),
        webhook.extend(voiceSettings),
        application.extend(voiceSettings),
        none.extend(voiceSettings),
        trunk.extend(voiceSettings),
      ])
      .describe("an object whose kind is proxy, studio, webhook, application, trunk or none")
      .optional(),
    onConflict: oneOf(["fail", "takeOver"]).optional(),
    onDelete: oneOf(["restore", "clear", "keep"]).optional(),
  }),
  rules: [exactlyOne("phoneNumberSid", "phoneNumber"), atLeastOne("message", "voice")],

  facets: together({ message: messageParameters, voice: voiceParameters }),
  params,
  held,
  live,
  blank: {
    smsUrl: "",
    smsMethod: "POST",
    smsFallbackUrl: "",
    smsFallbackMethod: "POST",
    smsApplicationSid: "",
    voiceUrl: "",
    voiceMethod: "POST",
    voiceFallbackUrl: "",
    voiceFallbackMethod: "POST",
    voiceApplicationSid: "",
    trunkSid: "",
    voiceCallerIdLookup: false,
    statusCallback: "",
    statusCallbackMethod: "POST",
  },
  telling: ["smsUrl", "smsApplicationSid", "voiceUrl", "voiceApplicationSid", "trunkSid"],
  taken,

  find,
  naming: ["phoneNumberSid", "phoneNumber"],
  otherTarget: ({ phoneNumberSid, phoneNumber }, id, state) =>
    phoneNumberSid !== undefined
      ? phoneNumberSid === id
        ? []
        : ["phoneNumberSid"]
      : phoneNumber === state.phoneNumber
        ? []
        : ["phoneNumber"],
  computed: { phoneNumber: (number) => number.phoneNumber },
  id: (number) => number.sid,
  read: (twilio, id) => twilio.incomingPhoneNumbers(id).fetch(),
  update,
});

async function find(twilio: Twilio, { phoneNumberSid, phoneNumber }: Declared<PhoneNumberHandlerArgs>) {
  if (phoneNumberSid !== undefined) return twilio.incomingPhoneNumbers(phoneNumberSid).fetch();
  // The API's filter also finds numbers of which this is a part.
  const found = await twilio.incomingPhoneNumbers.list({ phoneNumber });
  const [number] = found.filter((candidate) => candidate.phoneNumber === phoneNumber);
  if (number) return number;
  throw new Refusal(
    `${phoneNumber} is not a number of this account; buy it first, or check whose credentials these are`,
  );
}

/** Setting an application takes away the trunk and the other way round; where that wins, what was asked for is set again. */
async function update(twilio: Twilio, id: string, changed: Partial<Params>) {
  const number = await twilio.incomingPhoneNumbers(id).update(changed);
  const { voiceApplicationSid, trunkSid } = changed;
  if (trunkSid && !number.trunkSid) return twilio.incomingPhoneNumbers(id).update({ trunkSid });
  if (voiceApplicationSid && !number.voiceApplicationSid) {
    return twilio.incomingPhoneNumbers(id).update({ voiceApplicationSid });
  }
  return number;
}

function params(
  { message, voice }: Declared<PhoneNumberHandlerArgs>,
  { accountSid }: Surroundings,
): Partial<Params> {
  return {
    ...(message && {
      smsUrl: urlOf(message, accountSid) ?? "",
      smsMethod: methodOf(message),
      smsFallbackUrl: fallbackOf(message).fallbackUrl ?? "",
      smsFallbackMethod: fallbackOf(message).fallbackMethod ?? "POST",
      smsApplicationSid: message.kind === "application" ? message.applicationSid : "",
    }),
    ...(voice && {
      voiceUrl: urlOf(voice, accountSid) ?? "",
      voiceMethod: methodOf(voice),
      voiceFallbackUrl: fallbackOf(voice).fallbackUrl ?? "",
      voiceFallbackMethod: fallbackOf(voice).fallbackMethod ?? "POST",
      voiceApplicationSid: voice.kind === "application" ? voice.applicationSid : "",
      trunkSid: voice.kind === "trunk" ? voice.trunkSid : "",
      voiceCallerIdLookup: voice.callerIdLookup ?? false,
      statusCallback: voice.statusCallback ?? "",
      statusCallbackMethod: voice.statusCallbackMethod ?? "POST",
    }),
  };
}

function held(number: IncomingPhoneNumberInstance): Params {
  return {
    smsUrl: canonical(number.smsUrl ?? ""),
    smsMethod: methodIn(number.smsMethod) ?? "POST",
    smsFallbackUrl: number.smsFallbackUrl ?? "",
    smsFallbackMethod: methodIn(number.smsFallbackMethod) ?? "POST",
    smsApplicationSid: number.smsApplicationSid ?? "",
    voiceUrl: canonical(number.voiceUrl ?? ""),
    voiceMethod: methodIn(number.voiceMethod) ?? "POST",
    voiceFallbackUrl: number.voiceFallbackUrl ?? "",
    voiceFallbackMethod: methodIn(number.voiceFallbackMethod) ?? "POST",
    voiceApplicationSid: number.voiceApplicationSid ?? "",
    trunkSid: number.trunkSid ?? "",
    voiceCallerIdLookup: number.voiceCallerIdLookup ?? false,
    statusCallback: number.statusCallback ?? "",
    statusCallbackMethod: methodIn(number.statusCallbackMethod) ?? "POST",
  };
}

function live(number: Params, { accountSid }: Surroundings): Partial<Declared<PhoneNumberHandlerArgs>> {
  return {
    message: number.smsApplicationSid
      ? { kind: "application", applicationSid: number.smsApplicationSid }
      : handlerAt(
          number.smsUrl,
          methodIn(number.smsMethod),
          fallbackAt(number.smsFallbackUrl, methodIn(number.smsFallbackMethod)),
          accountSid,
        ),
    voice: {
      ...voiceTarget(number, accountSid),
      ...(number.statusCallback && { statusCallback: number.statusCallback }),
      ...(number.statusCallbackMethod === "GET" && { statusCallbackMethod: "GET" }),
      ...(number.voiceCallerIdLookup && { callerIdLookup: true }),
    },
  };
}

function voiceTarget(number: Params, accountSid: string) {
  if (number.trunkSid) return { kind: "trunk" as const, trunkSid: number.trunkSid };
  if (number.voiceApplicationSid)
    return { kind: "application" as const, applicationSid: number.voiceApplicationSid };
  const besides = fallbackAt(number.voiceFallbackUrl, methodIn(number.voiceFallbackMethod));
  return handlerAt(number.voiceUrl, methodIn(number.voiceMethod), besides, accountSid);
}

function handlerAt(
  target: string,
  method: HttpMethod | undefined,
  besides: Plain<HandlerFallback>,
  accountSid: string,
) {
  const [, flow] = /\/Flows\/(FW\w{32})$/.exec(target) ?? [];
  const [, service] = /\/Proxy\/(KS\w{32})\/Webhooks\/Message$/.exec(target) ?? [];
  const isPost = method !== "GET";
  if (isPost && flow && target === studioFlowUrl(accountSid, flow)) {
    return { kind: "studio" as const, studioFlowSid: flow, ...besides };
  }
  if (isPost && service && target === proxyMessageUrl(accountSid, service)) {
    return { kind: "proxy" as const, proxyServiceSid: service, ...besides };
  }
  if (target === "" && Object.keys(besides).length === 0) return { kind: "none" as const };
  return { kind: "webhook" as const, url: target, ...(!isPost && { method }), ...besides };
}

function taken(facet: string, number: Params): string | undefined {
  const isMessage = facet === "message";
  const [trunkSid, applicationSid] = isMessage
    ? ["", number.smsApplicationSid]
    : [number.trunkSid, number.voiceApplicationSid];
  const target = isMessage ? number.smsUrl : number.voiceUrl;
  if (trunkSid) return `trunk ${trunkSid}`;
  if (applicationSid) return `application ${applicationSid}`;
  return target && !isDemo(target) ? target : undefined;
}

function urlOf(handler: Plain<PhoneNumberHandlerArgs>["voice"], accountSid: string): string | undefined {
  switch (handler?.kind) {
    case "proxy":
      return proxyMessageUrl(accountSid, handler.proxyServiceSid);
    case "studio":
      return studioFlowUrl(accountSid, handler.studioFlowSid);
    case "webhook":
      return handler.url;
    default:
      return undefined;
  }
}

const methodOf = (handler: Plain<MessageHandler | VoiceHandler>): HttpMethod =>
  (handler.kind === "webhook" ? handler.method : undefined) ?? "POST";

const fallbackOf = (handler: Plain<MessageHandler | VoiceHandler>): Plain<HandlerFallback> =>
  "fallbackUrl" in handler || "fallbackMethod" in handler ? handler : {};
