import type { Twilio } from "twilio";
import type { IncomingPhoneNumberInstance } from "twilio/lib/rest/api/v2010/account/incomingPhoneNumber";
import { type Surroundings, together } from "../life/definition";
import { isDemo } from "../routing/webhooks";
import { methodIn } from "../twilio/fields";
import { canonical, type HttpMethod, proxyMessageUrl, studioFlowUrl } from "../twilio/webhooks";
import type { Plain } from "../values/args";
import type { HandlerFallback, MessageHandler, VoiceHandler } from "./handlers";
import { fallbackAt } from "./webhookHandler";

/** How the handlers of a number and the API's parameters stand for each other: for `PhoneNumberHandler` alone. */
interface Sides {
  message?: Plain<MessageHandler>;
  voice?: Plain<VoiceHandler>;
}

export type Params = Required<
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

export const facets = together({
  message: { parameters: messageParameters, telling: ["smsUrl", "smsApplicationSid"] },
  voice: { parameters: voiceParameters, telling: ["voiceUrl", "voiceApplicationSid", "trunkSid"] },
});

export const blank: Params = {
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
};

export function params({ message, voice }: Sides, { accountSid }: Surroundings): Partial<Params> {
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

export function held(number: IncomingPhoneNumberInstance): Params {
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

export function live(number: Params, { accountSid }: Surroundings): Sides {
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

export function taken(facet: string, number: Params): string | undefined {
  const isMessage = facet === "message";
  const [trunkSid, applicationSid] = isMessage
    ? ["", number.smsApplicationSid]
    : [number.trunkSid, number.voiceApplicationSid];
  const target = isMessage ? number.smsUrl : number.voiceUrl;
  if (trunkSid) return `trunk ${trunkSid}`;
  if (applicationSid) return `application ${applicationSid}`;
  return target && !isDemo(target) ? target : undefined;
}

export function urlOf(handler: Sides["voice"], accountSid: string): string | undefined {
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
