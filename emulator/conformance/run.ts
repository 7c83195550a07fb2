import { request as httpRequest } from "node:http";
import { isSeed } from "../account/seed";
import type { State } from "../account/state";
import { isObject } from "../api/body";
import { loadDocuments } from "../api/documents";
import type { OpenApiDocument, Schema } from "../api/openapi";
import { startEmulator } from "../index";
import { kinds } from "../kinds";
import { type Json, nothing } from "../kinds/kind";
import { accountSid, type Case, casesOf, firstExamples, keyOf } from "./cases";
import { compare, type Difference } from "./compare";
import { loadExamples } from "./examples";

/** A place where the emulator departs from an example. */
export interface Deviation extends Omit<Difference, "kind"> {
  document: string;
  operationId: string;
  example: string;
  kind: Difference["kind"] | "request" | "status";
  /** What the request had for this place. */
  requested: unknown;
  /** Whether the same document's schema has this place; undefined where it leaves that open. */
  isInSchema: boolean | undefined;
}

export interface Run {
  operations: number;
  examples: number;
  deviations: Deviation[];
}

/** Sends every example of every operation that the emulator has, and compares what it answers. */
export async function runExamples(): Promise<Run> {
  const documents = loadDocuments();
  const examples = loadExamples();
  const cases = casesOf(documents, examples);
  refuseUnknownKinds(cases);
  const first = firstExamples(documents, examples);
  const { url, state, close } = await startEmulator();
  try {
    const deviations: Deviation[] = [];
    for (const single of cases) {
      plant(state, single, first);
      const answer = await send(url, single, state.account(accountSid).auth_token);
      deviations.push(...deviationsOf(single, answer, documents));
    }
    const operations = new Set(cases.map(({ document, operationId }) => `${document} ${operationId}`)).size;
    return { operations, examples: cases.length, deviations };
  } finally {
    await close();
  }
}

export function refuseUnknownKinds(cases: Pick<Case, "kind" | "operationId">[]): void {
  const unknown = new Set(
    cases.filter(({ kind }) => !kinds[kind]).map(({ kind, operationId }) => `${kind} (${operationId})`),
  );
  if (unknown.size === 0) return;
  throw new Error(`Say in emulator/kinds where these are kept:\n  ${[...unknown].join("\n  ")}`);
}

/** The first kind of each place that objects are kept in. */
const firstKinds = new Map(
  Object.entries(kinds)
    .filter(([, kind]) => kind !== nothing)
    .reverse()
    .map(([name, { kept }]) => [kept, name]),
);

/** One object of every kind, but of the example's own kind what the example shows. */
function plant(state: State, single: Case, first: Map<string, Json>): void {
  const { kind: own, parameters, shown, document, operationId, example } = single;
  const exampleOf = (kind: string) => {
    const found = first.get(kind);
    if (!found) throw new Error(`The documents show no object of the kind "${kind}"`);
    return found;
  };
  const seedOf = (kind: string, changes: Json = {}) =>
    kinds[kind]?.seed({ ...exampleOf(kind), ...changes }, exampleOf) ?? {};

  const { kept, seed, besides = [], apartFrom, isOldestFirst = false, before } = kinds[own] ?? nothing;
  const others = [...firstKinds].filter(([place]) => place === "" || ![kept, apartFrom].includes(place));
  const told = shown.length > 0 ? shown : [example.answer];
  // What the request changes was otherwise before.
  const changed = new Set(Object.keys(parameters).map((name) => keyOf(name).split(".")[0]));
  const was = Object.entries({ ...first.get(own), ...before }).filter(([key]) => changed.has(key));
  const beforehand = (object: Json): Json => ({ ...object, ...Object.fromEntries(was) });

  const inOrder = isOldestFirst ? shown : [...shown].reverse();
  const parts = [
    ...others.map(([, kind]) => seedOf(kind)),
    ...besides.flatMap(({ kind, as }) => told.map((object) => seedOf(kind, as(object)))),
    ...inOrder.map((object) => seed(beforehand(object), exampleOf)),
  ];
  state.accounts = {};
  for (const part of parts) {
    const whole: unknown = { accounts: { [accountSid]: part } };
    if (!isSeed(whole))
      throw new Error(`What ${document} ${operationId} needs is no seed: ${JSON.stringify(part)}`);
    state.plant(whole);
  }
}

interface Answer {
  status: number;
  body: unknown;
}

function send(url: string, { method, host, path, isJson, parameters }: Case, token: string): Promise<Answer> {
  const { hostname, port } = new URL(url);
  const type = isJson ? "application/json" : "application/x-www-form-urlencoded";
  const headers = {
    Host: host,
    Authorization: `Basic ${Buffer.from(`${accountSid}:${token}`).toString("base64")}`,
    ...(method === "POST" && { "Content-Type": type }),
  };
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ hostname, port, path, method, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, body: JSON.parse(text || "null") }),
      );
    });
    sent.on("error", reject);
    sent.end(method === "POST" ? (isJson ? JSON.stringify(parameters) : formOf(parameters)) : undefined);
  });
}

function formOf(parameters: Json): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const item of [value].flat())
      form.append(name, typeof item === "string" ? item : JSON.stringify(item));
  }
  return form.toString();
}

function deviationsOf(single: Case, answer: Answer, documents: Map<string, OpenApiDocument>): Deviation[] {
  const { document, operationId, example, documented, parameters, shown, method } = single;
  const schemas = documents.get(document)?.components.schemas ?? {};
  const schema = documented.responses[example.status]?.content?.["application/json"]?.schema ?? {};
  const deviation = (difference: Pick<Deviation, "key" | "kind" | "theirs" | "ours">): Deviation => ({
    document,
    operationId,
    example: example.name,
    requested: requestedAt(difference.key, parameters),
    isInSchema: hasPlace(schema, schemas, difference.key.split(".")),
    ...difference,
  });
  const corrected = single.corrected.map((key) => deviation({ key, kind: "request" }));
  if (answer.status !== example.status) {
    const ours = answer.status < 400 ? answer.status : answer.body;
    return [...corrected, deviation({ key: "", kind: "status", theirs: example.status, ours })];
  }
  const isSeeded = shown.length > 0 && kinds[single.kind] !== nothing;
  // Time goes on, whatever the seed says.
  const passes = (key: string) => /(^|\.)age$/.test(key) || (method === "POST" && key === "date_updated");
  const isDetermined = (key: string) =>
    requestedAt(key, parameters) !== undefined || (isSeeded && !passes(key));
  const differences = compare(example.answer, answer.body, isDetermined).map(deviation);
  // Objects of a list that differ in the same key.
  const unique = new Map(differences.reverse().map((difference) => [difference.key, difference]));
  return [...corrected, ...[...unique.values()].reverse()];
}

function requestedAt(key: string, parameters: Json): unknown {
  const found = Object.entries(parameters).find(([name]) => keyOf(name) === key);
  if (found) return found[1];
  const [first = "", ...rest] = key.split(".");
  const inner = parameters[first];
  return rest.length > 0 && isObject(inner) ? requestedAt(rest.join("."), inner) : undefined;
}

function hasPlace(schema: Schema, schemas: Record<string, Schema>, place: string[]): boolean | undefined {
  const { items, properties } = schemas[schema.$ref?.split("/").at(-1) ?? ""] ?? schema;
  if (items) return hasPlace(items, schemas, place);
  const [first, ...rest] = place;
  if (first === undefined) return true;
  if (!properties) return undefined;
  const inner = properties[first];
  return inner !== undefined && hasPlace(inner, schemas, rest);
}
