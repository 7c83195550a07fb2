import { isMethod } from "./lenient";
import type { OpenApiDocument, Schema } from "./openapi";

// Twilio's documents contradict their own examples, and now and then production. Each place where the emulator reads them
// otherwise than they are written is named here, with the reason.

/** `answer`: what Twilio sends. `request`: what it accepts. */
export type Side = "request" | "answer";

interface ClassPatch {
  name: string;
  reason: string;
  apply: (schema: Schema, side: Side) => Schema;
}

interface SinglePatch {
  name: string;
  reason: string;
  document: string;
  apply: (document: OpenApiDocument) => void;
}

const withoutKey = (schema: Schema, key: string): Schema =>
  Object.fromEntries(Object.entries(schema).filter(([name]) => name !== key));

const inCapitals = (value: unknown) => (typeof value === "string" ? value.toUpperCase() : value);

/** Hold for every schema of every document. */
export const classPatches: readonly ClassPatch[] = [
  {
    name: "typeless nullable",
    reason:
      "`nullable` without a type says nothing: such a value is free-form, null included. Ajv refuses to compile it.",
    apply: (schema) =>
      schema.nullable === undefined || schema.type !== undefined ? schema : withoutKey(schema, "nullable"),
  },
  {
    name: "uri-reference",
    reason: "The examples hold relative `*_uri` and bare names where the documents say `format: uri`.",
    apply: (schema) => (schema.format === "uri" ? { ...schema, format: "uri-reference" } : schema),
  },
  {
    name: "long URIs",
    reason: "The regular expression for URIs exhausts the stack where one has megabytes.",
    apply: (schema) => (schema.format === "uri-reference" ? { maxLength: 8192, ...schema } : schema),
  },
  {
    name: "HTTP methods in capitals",
    reason:
      "Seen by acceptance tests of a Terraform provider (RJPearson94) against live accounts: `GET` and `POST` are taken where a document says `get` and `post`.",
    apply: (schema, side) =>
      side === "request" && schema.enum && isMethod(schema)
        ? { ...schema, enum: [...new Set([...schema.enum, ...schema.enum.map(inCapitals)])] }
        : schema,
  },
  {
    name: "null in enumerations",
    reason:
      "The examples hold null where an enumerated value is unset, though the enumeration does not list it.",
    apply: (schema, side) =>
      schema.enum && !schema.enum.includes(null) && (side === "answer" || schema.nullable)
        ? { ...schema, nullable: true, enum: [...schema.enum, null] }
        : schema,
  },
  {
    name: "empty string",
    reason:
      '`Foo=` clears a field and `""` is how an unset one is shown, beside a pattern, a format or an HTTP method.',
    apply: (schema) =>
      schema.type === "string" && (schema.pattern || schema.format) && !schema.anyOf
        ? { anyOf: [{ type: "string", const: "" }, schema] }
        : schema,
  },
];

const answerKey = (schemaName: string, key: string, schema: Schema) => (document: OpenApiDocument) => {
  const properties = document.components.schemas[schemaName]?.properties;
  if (properties) properties[key] = schema;
};

const moreKeys = (schemaName: string, schemas: Record<string, Schema>) => (document: OpenApiDocument) => {
  const properties = document.components.schemas[schemaName]?.properties;
  if (properties) Object.assign(properties, schemas);
};

const text: Schema = { type: "string", nullable: true };

const requestSchemas = (document: OpenApiDocument) =>
  Object.values(document.paths)
    .flatMap((item) => Object.values(item))
    .flatMap((operation) => Object.values(operation.requestBody?.content ?? {}))
    .map(({ schema }) => schema);

/** Hold for one place in one document. They run before the class patches. */
export const singlePatches: readonly SinglePatch[] = [
  {
    name: "AvailablePhoneNumbers paging",
    reason: "The examples hold the list and its URI only, and later documents drop the paging properties.",
    document: "api_v2010",
    apply: (document) => {
      for (const item of Object.values(document.paths)) {
        const schema = item.get?.responses[200]?.content?.["application/json"]?.schema;
        const { available_phone_numbers, countries, uri } = schema?.properties ?? {};
        if (schema && available_phone_numbers && uri) schema.properties = { available_phone_numbers, uri };
        if (schema && countries && uri) schema.properties = { countries, uri };
      }
    },
  },
  {
    name: "Proxy capabilities",
    reason:
      "The schema knows fax, mms, sms and voice; the example and live data hold sms_inbound and the like.",
    document: "proxy_v1",
    apply: answerKey("proxy.v1.service.phone_number", "capabilities", { type: "object", nullable: true }),
  },
  {
    name: "Flex Configuration body",
    reason: "The document leaves the body's schema empty; the API takes the keys it answers with.",
    document: "flex_v1",
    apply: (document) => {
      const answer = document.components.schemas["flex.v1.configuration"];
      for (const schema of requestSchemas(document)) {
        if (schema.title === "UpdateConfigurationRequest" && answer)
          schema.properties = { ...answer.properties };
      }
    },
  },
  {
    name: "Bulk statistics body",
    reason:
      "The document leaves the body's schema empty; the API's own page has `queueSids` and `QueueSids`.",
    document: "taskrouter_v1",
    apply: (document) => {
      const queueSids = { type: "array", items: { type: "string", pattern: "^WQ[0-9a-fA-F]{32}$" } };
      for (const schema of requestSchemas(document)) {
        if (schema.title === "CreateTaskQueueBulkRealTimeStatisticsRequest")
          schema.properties = { queueSids, QueueSids: queueSids };
      }
    },
  },
  {
    name: "address Type in any case",
    reason:
      "The document enumerates the types in lower case; the API takes any case and echoes what was sent.",
    document: "conversations_v1",
    apply: (document) => {
      for (const { title, properties } of requestSchemas(document)) {
        if (title === "CreateConfigurationAddressRequest" && properties) properties.Type = { type: "string" };
      }
    },
  },
  {
    name: "Conversations/Webhooks",
    reason:
      "The account's webhooks have a second path that no document has; twilio-sdk-go of RJPearson94 knows no other, in acceptance tests against live accounts.",
    document: "conversations_v1",
    apply: (document) => {
      document.aliases = { "/v1/Configuration/Webhooks": "/v1/Conversations/Webhooks" };
    },
  },
  {
    name: "push Type in any case",
    reason: "The document enumerates the types in lower case, its own examples say `GcM`.",
    document: "conversations_v1",
    apply: (document) => {
      for (const { title, properties } of requestSchemas(document)) {
        if (properties?.Type && title?.endsWith("CredentialRequest"))
          properties.Type = { type: "string", pattern: "^([Aa][Pp][Nn]|[FfGg][Cc][Mm])$" };
      }
    },
  },
  {
    name: "Sender parts",
    reason:
      "The documents show a sender's parts with a null for each key that is not set; in recorded answers such a key is not there.",
    document: "messaging_v2",
    apply: (document) => {
      for (const part of ["configuration", "webhook", "profile_generic_response", "properties"]) {
        const schema = document.components.schemas[`messaging.v2.channels_sender.${part}`];
        if (schema) schema.isPartial = true;
      }
    },
  },
  {
    name: "Sender account_type",
    reason: "An empty string clears it.",
    document: "messaging_v2",
    apply: moreKeys("messaging.v2.channels_sender.configuration", {
      account_type: { ...text, enum: ["ISV", "ISVSubAccount", ""] },
    }),
  },
  {
    name: "Sender display name",
    reason: "In the API, not in the documents; Twilio's SDK reads it.",
    document: "messaging_v2",
    apply: moreKeys("messaging.v2.channels_sender_response", {
      pending_display_name: text,
      pending_display_name_status: text,
      pending_display_name_status_date: { ...text, format: "date-time" },
      display_name_status: text,
    }),
  },
];
