import { z } from "zod";
import { httpMethod, kind, url } from "../twilio/fields";
import type { HttpMethod } from "../twilio/webhooks";

// Schemas and helpers only: declarations that the package exports must not lead to those of zod.

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
