/** How Twilio calls a webhook. */
export type HttpMethod = "GET" | "POST";

const origin = "https://webhooks.twilio.com/v1/Accounts";

/** Where a number or sender posts messages, so that a Proxy service handles them. */
export const proxyMessageUrl = (accountSid: string, proxyServiceSid: string): string =>
  `${origin}/${accountSid}/Proxy/${proxyServiceSid}/Webhooks/Message`;

/** Where a number or sender posts messages and calls, so that a Studio flow handles them. */
export const studioFlowUrl = (accountSid: string, flowSid: string): string =>
  `${origin}/${accountSid}/Flows/${flowSid}`;

/** The API prints its own webhooks with http, people write them with https: the same. */
export const canonical = (url: string): string =>
  url.replace(/^http:\/\/webhooks\.twilio\.com\//i, "https://webhooks.twilio.com/");
