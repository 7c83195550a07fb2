import { type Collections, collections, isCollection } from "../account/collections";
import type { OpenApiDocument, Schema } from "../api/openapi";

type Documents = Map<string, OpenApiDocument>;

/** Where objects of one kind are listed. */
export interface Place {
  kept: keyof Collections;
  /** Key of `kinds`. */
  kind: string;
  /** Document and path of the list, with the SIDs above it as `{…}`. */
  list: string;
  /** The list whose objects it is below; undefined of what is the account's own. */
  parent: string | undefined;
  /** What comes between a parent's own URL and the list. */
  tail: string;
  /** Whether the path has one object, of which there is one below each parent. */
  isSingle: boolean;
  /** What the list has to be asked for, one after the other, to show all. */
  queries?: string[];
}

/** What comes and goes with customers, and may be without number. */
export const traffic: ReadonlySet<keyof Collections> = new Set([
  "chatChannels",
  "chatChannelWebhooks",
  "chatInvites",
  "chatMembers",
  "chatMessages",
  "chatUsers",
  "conversationMessages",
  "conversationParticipants",
  "conversationWebhooks",
  "conversations",
  "conversationsUsers",
  "flexChannels",
  "flexWebChannels",
  "proxyInteractions",
  "proxyParticipants",
  "proxySessions",
  "studioExecutions",
  "taskrouterTasks",
]);

/** Lists of the account, each after that which it is below. API keys are nothing without their secrets, which are not shown. */
export const places: readonly Place[] = Object.entries(collections)
  .flatMap(([kept, { path }]) => (isCollection(kept) && kept !== "keys" ? placeOf(kept, path) : []))
  .sort((a, b) => depthOf(a) - depthOf(b));

function depthOf({ list }: Place): number {
  return list.split("{").length;
}

function placeOf(kept: keyof Collections, path: string): Place {
  // The chat API has other words for permissions than records.
  const kind = kept === "chatRoles" ? "conversations_v1 /v1/Roles" : path;
  // What the path without a service lists is the default service's alone.
  const list = kind.replace(
    /^(conversations_v1 \/v1)\/(?=Conversations|Roles|Users)/,
    "$1/Services/{ChatServiceSid}/",
  );
  const [, parent, tail = ""] = /^(.*)\/\{(?!AccountSid)[^}]+\}\/(.+)$/.exec(list) ?? [];
  const isSingle = tail.startsWith("Configuration/");
  const queries = kept === "channelsSenders" ? ["Channel=whatsapp", "Channel=rcs"] : undefined;
  return { kept, kind, list, parent, tail, isSingle, ...(queries && { queries }) };
}

/** The lists' own URL, such as `https://proxy.twilio.com/v1/Services`. */
export function urlOf(documents: Documents, list: string, accountSid: string): string {
  const { server = "", path, suffix } = found(documents, list);
  return `${server}${path.replace("{AccountSid}", accountSid)}${suffix}`;
}

/** The page size that a list takes at most, as its document has it. */
export function pageSizeOf(documents: Documents, { kind }: Place): number {
  const { parameters = [] } = found(documents, kind).operation ?? {};
  return parameters.find(({ name }) => name === "PageSize")?.schema.maximum ?? 50;
}

/** What answers show of an object, as its document has it. */
export function propertiesOf(documents: Documents, { kind }: Place): string[] {
  const { operation, schemas = {} } = found(documents, kind);
  const [answer] = Object.values(operation?.responses["200"]?.content ?? {});
  const resolved = (schema: Schema = {}): Schema =>
    schema.$ref === undefined ? schema : (schemas[schema.$ref.split("/").at(-1) ?? ""] ?? {});
  const { properties = {} } = resolved(answer?.schema);
  const lists = Object.values(properties).flatMap(({ items }) => resolved(items).properties ?? []);
  return Object.keys(lists[0] ?? properties);
}

function found(documents: Documents, list: string) {
  const [name = "", path = ""] = list.split(" ");
  const document = documents.get(name);
  const suffix = name === "api_v2010" ? ".json" : "";
  const operation = document?.paths[`${path}${suffix}`]?.get;
  return { server: document?.server, schemas: document?.components.schemas, path, suffix, operation };
}
