import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { httpMethod, kind, url } from "../twilio/fields";
import type { HttpMethod } from "../twilio/webhooks";

/** Where a message or call goes when its handler cannot be reached. */
export interface HandlerFallback {
  /** Absolute URL. Default: none. */
  fallbackUrl?: pulumi.Input<string>;
  /** GET or POST. Default POST. */
  fallbackMethod?: pulumi.Input<HttpMethod>;
}

/** A webhook of your own. */
export interface WebhookHandler extends HandlerFallback {
  kind: pulumi.Input<"webhook">;
  /** Absolute URL. It may carry credentials: give it as a secret then. */
  url: pulumi.Input<string>;
  /** GET or POST. Default POST. */
  method?: pulumi.Input<HttpMethod>;
}

/** Nothing: blank. What a number needs whose address configuration answers in its place. */
export interface NoHandler {
  kind: pulumi.Input<"none">;
}

export const fallback = { fallbackUrl: url().optional(), fallbackMethod: httpMethod().optional() };

export const webhook = z.strictObject({
  kind: kind("webhook"),
  url: url(),
  method: httpMethod().optional(),
  ...fallback,
});

export const none = z.strictObject({ kind: kind("none") });

/** The fallback as arguments, without what is the default. */
export const fallbackAt = (fallbackUrl: string, fallbackMethod: HttpMethod | undefined) => ({
  ...(fallbackUrl && { fallbackUrl }),
  ...(fallbackMethod === "GET" && { fallbackMethod }),
});

/** Whether this is what Twilio puts on every new number. */
