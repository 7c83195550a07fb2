import type * as pulumi from "@pulumi/pulumi";
import type { HttpMethod } from "../twilio/webhooks";

/** Where a message or call goes when its handler cannot be reached. */
export interface HandlerFallback {
  /** Absolute URL. Default: none. */
  fallbackUrl?: pulumi.Input<string>;
  /** GET or POST. Default POST. */
  fallbackMethod?: pulumi.Input<HttpMethod>;
}

/** A Proxy service, which passes messages on to Flex. Legacy: see `ProxyService`. */
export interface ProxyHandler extends HandlerFallback {
  /** Marks this kind of handler. */
  kind: "proxy";
  /** SID of the Proxy service (KS…). */
  proxyServiceSid: pulumi.Input<string>;
}

/** A Studio flow. */
export interface StudioHandler extends HandlerFallback {
  /** Marks this kind of handler. */
  kind: "studio";
  /** SID of the Studio flow (FW…). */
  studioFlowSid: pulumi.Input<string>;
}

/** A webhook of your own. */
export interface WebhookHandler extends HandlerFallback {
  /** Marks this kind of handler. */
  kind: "webhook";
  /** Absolute URL. It may carry credentials: give it as a secret then. */
  url: pulumi.Input<string>;
  /** GET or POST. Default POST. */
  method?: pulumi.Input<HttpMethod>;
}

/** A TwiML application, whose own URLs then hold. */
export interface ApplicationHandler {
  /** Marks this kind of handler. */
  kind: "application";
  /** SID of the TwiML application (AP…). */
  applicationSid: pulumi.Input<string>;
}

/** Nothing: blank. What a number needs whose address configuration answers in its place. */
export interface NoHandler {
  /** Marks this kind of handler. */
  kind: "none";
}

/** An Elastic SIP trunk. */
export interface TrunkHandler {
  /** Marks this kind of handler. */
  kind: "trunk";
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

/** What answers messages to a number or short code. */
export type MessageHandler = ProxyHandler | StudioHandler | WebhookHandler | ApplicationHandler | NoHandler;
/** What answers calls to a number. */
export type VoiceHandler = (
  | ProxyHandler
  | StudioHandler
  | WebhookHandler
  | ApplicationHandler
  | NoHandler
  | TrunkHandler
) &
  VoiceSettings;
