import { Ajv } from "ajv";
import { collections } from "./collections";
import type { Quirks } from "./quirks";
import type { Seed } from "./state";

const collection = {
  type: "object",
  propertyNames: { type: "string", pattern: "^[A-Z]{2}[0-9a-fA-F]{32}$" },
  additionalProperties: { type: "object", required: ["sid"] },
};
const bySid = (prefix: string, values: object) => ({
  type: "object",
  propertyNames: { type: "string", pattern: `^${prefix}[0-9a-fA-F]{32}$` },
  additionalProperties: values,
});

const flag = { type: "boolean" };
const quirks: Record<keyof Quirks, typeof flag> = {
  strict: flag,
  applicationKeepsUrls: flag,
  proxyMissingIs400: flag,
  proxyClosed: flag,
  trunkNeedsNoApplication: flag,
  nameReview: flag,
  flexHasOneWorkspace: flag,
  emptyChannelSendersAre404: flag,
  addressTypeSticks: flag,
};

/** Stands for tokens and secrets in a state that is shown. */
export const MASK = "********";

/** Whether the tokens in this seed are masked, so that nobody could sign in with them. */
export const isMasked = ({ accounts }: Seed) =>
  Object.values(accounts).some(
    ({ auth_token, api_keys }) => auth_token === MASK || Object.values(api_keys ?? {}).includes(MASK),
  );

/**
 * Whether this is a seed, as far as its frame goes. What its records hold is found out when they are shown: the check of
 * the answer names the key that is missing or too many.
 */
export const isSeed = new Ajv({
  allowUnionTypes: true,
  // One function for all collections, and no check of this schema itself: both for a quick start.
  inlineRefs: false,
  validateSchema: false,
}).compile<Seed>({
  $defs: { collection },
  type: "object",
  required: ["accounts"],
  additionalProperties: false,
  properties: {
    complete: flag,
    mirroredAt: { type: "string" },
    unread: { type: "array" },
    quirks: { type: "object", additionalProperties: false, properties: quirks },
    accounts: bySid("AC", {
      type: "object",
      additionalProperties: false,
      properties: {
        sid: { type: "string" },
        auth_token: { type: "string", minLength: 1 },
        friendly_name: { type: "string" },
        owner_account_sid: { type: ["string", "null"] },
        status: { enum: ["active", "suspended", "closed"] },
        type: { enum: ["Trial", "Full"] },
        date_created: { type: "string" },
        date_updated: { type: "string" },
        api_keys: bySid("SK", { type: "string", minLength: 1 }),
        flexConfiguration: { type: ["object", "null"] },
        conversationsConfiguration: { type: "object" },
        conversationsWebhooks: { type: "object" },
        ...Object.fromEntries(Object.keys(collections).map((name) => [name, { $ref: "#/$defs/collection" }])),
      },
    }),
  },
});
