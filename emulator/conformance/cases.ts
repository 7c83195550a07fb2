import { isObject } from "../api/body";
import type { DocumentedOperation, OpenApiDocument, Schema } from "../api/openapi";
import type { Json } from "../kinds/kind";
import { families } from "../products";
import { correctionsOf } from "./corrections";
import type { Example, Examples } from "./examples";

/** The account of all examples, whose `XX…X` are digits here. */
export const accountSid = `AC${"a".repeat(32)}`;

/** An example of an operation that the emulator has, and the request that asks for it. */
export interface Case {
  document: string;
  operationId: string;
  /** Document and path of what the operation is about, as `kinds` names it. */
  kind: string;
  documented: DocumentedOperation;
  example: Example;
  method: string;
  host: string;
  /** With the query. */
  path: string;
  isJson: boolean;
  parameters: Json;
  /** Names of the parameters that are not as the example has them. */
  corrected: string[];
  /** What the answer shows and must have been there before the request: nothing of what it makes. */
  shown: Json[];
}

export function casesOf(documents: Map<string, OpenApiDocument>, examples: Examples): Case[] {
  const written = new Set(
    families.flatMap(({ document, operations }) => Object.keys(operations).map((id) => `${document} ${id}`)),
  );
  return [...documents].flatMap(([document, { server, paths, components }]) =>
    Object.entries(paths).flatMap(([template, item]) =>
      Object.entries(item).flatMap(([method, documented]) => {
        const { operationId } = documented;
        if (!written.has(`${document} ${operationId}`)) return [];
        return (examples.get(document)?.[operationId] ?? []).map((example): Case => {
          const shown = operationId.startsWith("Create") ? [] : objectsIn(example.answer);
          const json = documented.requestBody?.content["application/json"];
          const query = queryOf(example, shown);
          const body =
            example.request ?? (json ? bodyIn(example.answer, json.schema, components.schemas) : {});
          const wanted = correctionsOf(document, operationId);
          const corrected = Object.keys(wanted).filter(
            (name) => query.has(name) || name in body || wanted[name] !== null,
          );
          for (const name of corrected) query.delete(name);
          return {
            document,
            operationId,
            kind: kindOf(document, template),
            documented,
            example,
            method: method.toUpperCase(),
            host: new URL(server).host,
            path: `${pathOf(template, example)}${query.size > 0 ? `?${query}` : ""}`,
            isJson: json !== undefined,
            parameters: method === "post" ? correctedBody(body, wanted) : {},
            corrected,
            shown,
          };
        });
      }),
    ),
  );
}

/** What the documents show of each kind, best where it is fetched. */
export function firstExamples(
  documents: Map<string, OpenApiDocument>,
  examples: Examples,
): Map<string, Json> {
  const all = [...documents].flatMap(([document, { paths }]) =>
    Object.entries(paths).flatMap(([template, item]) =>
      Object.values(item).map(({ operationId }) => ({ document, template, operationId })),
    ),
  );
  const first = new Map<string, Json>();
  for (const verb of ["Fetch", "List", "Create"]) {
    for (const { document, template, operationId } of all) {
      const kind = kindOf(document, template);
      if (!operationId.startsWith(verb) || first.has(kind)) continue;
      const [object] = (examples.get(document)?.[operationId] ?? []).flatMap(({ answer }) =>
        objectsIn(answer),
      );
      if (object) first.set(kind, object);
    }
  }
  return first;
}

const kindOf = (document: string, template: string) =>
  `${document} ${template.replace(/\.json$/, "").replace(/\/\{\w+\}$/, "")}`;

/** The objects of a page, or the one that the answer is. */
function objectsIn(answer: Json): Json[] {
  const isPage = isObject(answer.meta) || "page_size" in answer || "available_phone_numbers" in answer;
  return isPage ? Object.values(answer).filter(Array.isArray).flat().filter(isObject) : [answer];
}

/** Where the answer says that it comes from, with placeholders for a page's query. */
function addressOf({ answer }: Example): URL | undefined {
  const address = answer.url ?? answer.uri ?? (isObject(answer.meta) ? answer.meta.url : undefined);
  return typeof address === "string" ? new URL(address, "https://api.twilio.com") : undefined;
}

function pathOf(template: string, example: Example): string {
  const segments = addressOf(example)?.pathname.split("/") ?? [];
  const { sid, unique_name } = example.answer;
  const own = example.name.endsWith("UniqueName") ? unique_name : sid;
  return template
    .split("/")
    .map((segment, index) => {
      if (segment.startsWith("{Sid}") && typeof own === "string") return segment.replace("{Sid}", own);
      if (segment === "{AccountSid}") return accountSid;
      return segment.replace(/\{\w+\}/, () => segments[index]?.replace(/\.json$/, "") ?? "");
    })
    .join("/");
}

/** The query of a page's address, without filters that its own objects do not pass. */
function queryOf(example: Example, shown: Json[]): URLSearchParams {
  const query = addressOf(example)?.searchParams ?? new URLSearchParams();
  for (const [name, value] of [...query]) {
    if (name.startsWith("Page")) continue;
    const key = keyOf(name);
    if (shown.some((object) => key in object && String(object[key]) !== value)) query.delete(name);
  }
  return query;
}

const correctedBody = (body: Json, wanted: Json): Json =>
  Object.fromEntries(Object.entries({ ...body, ...wanted }).filter(([, value]) => value !== null));

/** A body that the documents have no example of: what the answer shows of it. */
function bodyIn(answer: Json, schema: Schema, schemas: Record<string, Schema>): Json {
  const { properties = {} } = schemas[schema.$ref?.split("/").at(-1) ?? ""] ?? schema;
  const names = Object.keys(properties).filter((name) => (answer[name] ?? null) !== null);
  return Object.fromEntries(names.map((name) => [name, answer[name]]));
}

/** The key under which answers show a parameter: `AutoCreation.WebhookUrl` is `auto_creation.webhook_url`. */
export const keyOf = (parameter: string) => parameter.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
