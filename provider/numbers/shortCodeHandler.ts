import * as pulumi from "@pulumi/pulumi";
import type { Twilio } from "twilio";
import type {
  ShortCodeContextUpdateOptions,
  ShortCodeInstance,
} from "twilio/lib/rest/api/v2010/account/shortCode";
import { z } from "zod";
import { defineSingleton } from "../life/define";
import { together } from "../life/definition";
import { TwilioSingleton } from "../program/resource";
import { isDemo } from "../routing/webhooks";
import { methodIn, oneOf, shortCode, sid } from "../twilio/fields";
import { canonical } from "../twilio/webhooks";
import type { Declared, Plain } from "../values/args";
import { Refusal } from "../values/errors";
import { exactlyOne } from "../values/validate";
import type { NoHandler, WebhookHandler } from "./handlers";
import { shortCodes } from "./ownNumbers";
import { fallbackAt, none, webhook } from "./webhookHandler";

/** Arguments of `ShortCodeHandler`. */
export interface ShortCodeHandlerArgs {
  /** SID of the short code (SC…). Exactly one of `shortCodeSid` and `shortCode`. Another short code replaces. */
  shortCodeSid?: pulumi.Input<string>;
  /** The short code, 3 to 8 digits, looked up in the account. Naming the same one the other way is no change. */
  shortCode?: pulumi.Input<string>;
  /** What answers messages: a webhook, such as the `webhookUrl` of a `StudioFlow`, or nothing. Owned whole. */
  message: pulumi.Input<WebhookHandler | NoHandler>;
  /**
   * What to do when something else handles messages already: `fail` names it and changes nothing, `takeOver` takes its
   * place, and preview says what that was. Blank and Twilio's demo are nothing. Default fail.
   */
  onConflict?: pulumi.Input<"fail" | "takeOver">;
  /**
   * What destroy does: `restore` puts back what was there before, as long as the handler is still ours, `clear` blanks
   * it, `keep` leaves it. Default restore.
   */
  onDelete?: pulumi.Input<"restore" | "clear" | "keep">;
}

/**
 * What a short code that the account leases does with messages. It neither leases one nor gives one up.
 *
 * One resource owns a short code; a second one is refused. A different short code replaces the resource: the old one
 * gets back what it had. Renaming the resource, moving it or forcing its replacement leaves the short code answering
 * as declared.
 *
 * Errors: a short code that is not in the account; a handler that is somebody else's, unless `onConflict: "takeOver"`.
 *
 * @see https://www.twilio.com/docs/messaging/api/short-code-resource
 */
export class ShortCodeHandler extends TwilioSingleton {
  /** The short code itself. */
  declare readonly shortCode: pulumi.Output<string>;
  /** SID of the short code (SC…). */
  declare readonly shortCodeSid: pulumi.Output<string>;
  /** What answers messages, as declared. */
  declare readonly message: pulumi.Output<Plain<ShortCodeHandlerArgs>["message"]>;

  constructor(name: string, args: ShortCodeHandlerArgs, opts?: pulumi.CustomResourceOptions) {
    super(shortCodeHandler, name, args, opts);
  }

  /** URL that messages are posted to; undefined where nothing handles them. */
  get messageUrl(): pulumi.Output<string | undefined> {
    return pulumi
      .output(this.message)
      .apply((message) => (message.kind === "webhook" ? message.url : undefined));
  }
}

const messageParameters = ["smsUrl", "smsMethod", "smsFallbackUrl", "smsFallbackMethod"] as const;

type Params = Required<Pick<ShortCodeContextUpdateOptions, (typeof messageParameters)[number]>>;

const shortCodeHandler = defineSingleton<ShortCodeHandlerArgs>()("ShortCodeHandler", {
  label: "handler of the short code",
  api: {
    operations: { api_v2010: ["FetchShortCode", "ListShortCode", "UpdateShortCode"] },
    renamed: {
      SmsUrl: "message.url",
      SmsMethod: "message.method",
      SmsFallbackUrl: "message.fallbackUrl",
      SmsFallbackMethod: "message.fallbackMethod",
    },
    leftOut: {
      FriendlyName: "of the short code itself, not of what handles it",
      ApiVersion: "of the short code itself, not of what handles it",
    },
  },
  args: z.strictObject({
    shortCodeSid: sid("SC", "a short code of the account").optional(),
    shortCode: shortCode().optional(),
    message: z
      .discriminatedUnion("kind", [webhook, none])
      .describe("an object whose kind is webhook or none"),
    onConflict: oneOf(["fail", "takeOver"]).optional(),
    onDelete: oneOf(["restore", "clear", "keep"]).optional(),
  }),
  rules: [exactlyOne("shortCodeSid", "shortCode")],

  facets: together({ message: { parameters: messageParameters, telling: ["smsUrl"] } }),
  params: ({ message }) => {
    const handler = message.kind === "webhook" ? message : undefined;
    return {
      smsUrl: handler?.url ?? "",
      smsMethod: handler?.method ?? "POST",
      smsFallbackUrl: handler?.fallbackUrl ?? "",
      smsFallbackMethod: handler?.fallbackMethod ?? "POST",
    };
  },
  held: (found: ShortCodeInstance): Params => ({
    smsUrl: canonical(found.smsUrl ?? ""),
    smsMethod: methodIn(found.smsMethod) ?? "POST",
    smsFallbackUrl: found.smsFallbackUrl ?? "",
    smsFallbackMethod: methodIn(found.smsFallbackMethod) ?? "POST",
  }),
  live: (held) => ({ message: handlerIn(held) }),
  blank: { smsUrl: "", smsMethod: "POST", smsFallbackUrl: "", smsFallbackMethod: "POST" },
  taken: (_facet, { smsUrl }) => (smsUrl && !isDemo(smsUrl) ? smsUrl : undefined),

  find,
  among: shortCodes,
  naming: ["shortCodeSid", "shortCode"],
  otherTarget: ({ shortCodeSid, shortCode }, id, state) =>
    shortCodeSid !== undefined
      ? shortCodeSid === id
        ? []
        : ["shortCodeSid"]
      : shortCode === state.shortCode
        ? []
        : ["shortCode"],
  computed: { shortCodeSid: (found) => found.sid, shortCode: (found) => found.shortCode },
  id: (found) => found.sid,
  read: (twilio, id) => twilio.shortCodes(id).fetch(),
  update: (twilio, id, changed) => twilio.shortCodes(id).update(changed),
});

async function find(twilio: Twilio, { shortCodeSid, shortCode }: Declared<ShortCodeHandlerArgs>) {
  if (shortCodeSid !== undefined) return twilio.shortCodes(shortCodeSid).fetch();
  // The API's filter also finds short codes of which this is a part.
  const found = await twilio.shortCodes.list({ shortCode });
  const [only] = found.filter((candidate) => candidate.shortCode === shortCode);
  if (only) return only;
  throw new Refusal(
    `${shortCode} is not a short code of this account; lease it from Twilio first, or check whose credentials these are`,
  );
}

function handlerIn({ smsUrl, smsMethod, smsFallbackUrl, smsFallbackMethod }: Params) {
  const besides = fallbackAt(smsFallbackUrl, methodIn(smsFallbackMethod));
  if (smsUrl === "" && Object.keys(besides).length === 0) return { kind: "none" as const };
  const method = methodIn(smsMethod);
  return { kind: "webhook" as const, url: smsUrl, ...(method === "GET" && { method }), ...besides };
}
