import fc from "fast-check";
import type { Parameter, Schema } from "../../../emulator/api/openapi";
import { always, type Later, oneOf, pick, sid, text, wild } from "./draws";
import type { Target } from "./targets";
import { meanings, prefixes, prefixOf, unwanted, wanted } from "./unsaid";

type Pairs = [name: string, value: Later][];

/** A request before it is known which objects are there. */
export interface Drawn {
  target: Target;
  path: Later;
  query: Pairs;
  body: Pairs;
  twist: Twist;
}

/** What is wrong with the request beside its values. Most often nothing. */
const twists = [
  "none",
  "method",
  "content type",
  "broken body",
  "no credentials",
  "bad credentials",
  "path",
] as const;
type Twist = (typeof twists)[number];

function resolved(schema: Schema, schemas: Record<string, Schema>): Schema {
  return schemas[schema.$ref?.split("/").at(-1) ?? ""] ?? schema;
}

/** Values for a schema. Of a tidy request all fit it. */
function valueFor(
  name: string,
  given: Schema,
  target: Target,
  isTidy: boolean,
  depth = 0,
): fc.Arbitrary<Later> {
  const fitting = fittingValue(name, resolved(given, target.schemas), target, isTidy, depth);
  return isTidy ? fitting : fc.oneof({ weight: 5, arbitrary: fitting }, { weight: 1, arbitrary: wild });
}

function fittingValue(
  name: string,
  schema: Schema,
  target: Target,
  isTidy: boolean,
  depth: number,
): fc.Arbitrary<Later> {
  const meaning = meanings.find(([pattern]) => pattern.test(name));
  if (meaning && !schema.enum && (schema.type === "string" || schema.type === undefined)) return meaning[1];
  const [, prefix] = /^\^([A-Z]{2})\[/.exec(schema.pattern ?? "") ?? [];
  if (prefix !== undefined) return sid(prefix);
  if (schema.enum) return oneOf(...schema.enum);
  if (schema.type === "boolean") return target.isJson ? oneOf(true, false) : oneOf("true", "false");
  if (schema.type === "integer" || schema.type === "number") {
    return fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 2000 })).map(always);
  }
  if (schema.type === "array") {
    const item = valueFor(name, schema.items ?? {}, target, isTidy, depth + 1);
    return fc.array(item, { maxLength: 3 }).map(
      (items): Later =>
        (known, path) =>
          items.map((value) => value(known, path)),
    );
  }
  if (schema.properties && depth < 4) {
    const pairs = Object.entries(schema.properties).map(([key, inner]) =>
      fc
        .option(valueFor(key, inner, target, isTidy, depth + 1), { freq: 4 })
        .map((value) => [key, value] as const),
    );
    return fc.tuple(...pairs).map(
      (drawn): Later =>
        (known, path) =>
          Object.fromEntries(
            drawn.flatMap(([key, value]) => (value === null ? [] : [[key, value(known, path)]])),
          ),
    );
  }
  if (/sid$/i.test(name)) return sid(prefixes[name.replace(/Sid$/, "s")] ?? "");
  if (target.isJson && schema.type !== "string") return fc.jsonValue({ maxDepth: 3 }).map(always);
  return text(name.replace(/([a-z])([A-Z])/g, "$1_$2").toLowerCase());
}

const paging: fc.Arbitrary<Pairs> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Pairs>([]) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: -1, max: 1001 }).map((size): Pairs => [["PageSize", always(size)]]),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: -1, max: 3 })).map(
      ([size, page]): Pairs => [
        ["PageSize", always(size)],
        ["Page", always(page)],
      ],
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.integer({ min: 1, max: 3 }), pick, fc.boolean()).map(
      ([size, number, isWild]): Pairs => [
        ["PageSize", always(size)],
        ["PageToken", (known) => (isWild && number % 3 === 0 ? known.text("", number) : known.token(number))],
      ],
    ),
  },
);

/** Mostly the address of what is there, else with whatever SIDs and names are known. */
function pathOf({ parameters, template, host }: Target): fc.Arbitrary<Later> {
  const pieces = parameters
    .filter((parameter) => parameter.in === "path")
    .map(({ name, schema }) => {
      const prefix = /^\^([A-Z]{2})\[/.exec(schema.pattern ?? "")?.[1] ?? prefixOf(name, template);
      const usual: fc.Arbitrary<Later> =
        name === "CountryCode"
          ? oneOf("US", "GB", "DE", "XX")
          : name === "Revision"
            ? oneOf("1", "2", "LatestPublished", "LatestRevision", "0")
            : sid(prefix);
      return fc
        .oneof(
          { weight: 9, arbitrary: usual },
          { weight: 1, arbitrary: fc.oneof(text("unique_name"), wild, sid("")) },
        )
        .map((value) => [name, value] as const);
    });
  return fc.tuple(fc.nat(19), pick, fc.tuple(...pieces)).map(
    ([chance, number, drawn]): Later =>
      (known) => {
        const there = chance === 0 ? undefined : known.address(host, template, number);
        const values = Object.fromEntries(drawn);
        const filled = (_: string, name: string) => encodeURIComponent(String(values[name]?.(known, "")));
        return there ?? template.replace(/\{(\w+)\}/g, filled);
      },
  );
}

/** In how many of a hundred requests the parameter is. */
function shareOf({ operationId }: Target, name: string, isRequired: boolean, isTidy: boolean): number {
  if (!isTidy) return isRequired ? 95 : 25;
  if (isRequired || wanted[operationId]?.test(name)) return 100;
  return unwanted[operationId]?.test(name) ? 1 : 25;
}

function someOf(
  parameters: Pick<Parameter, "name" | "required" | "schema">[],
  target: Target,
  isTidy: boolean,
) {
  const drawn = parameters.map(({ name, required, schema }) =>
    fc
      .tuple(fc.integer({ min: 0, max: 99 }), valueFor(name, schema, target, isTidy))
      .map(([chance, value]): Pairs => {
        if (chance >= shareOf(target, name, required === true, isTidy)) return [];
        // Now and then a parameter comes twice.
        return chance === 0
          ? [
              [name, value],
              [name, value],
            ]
          : [[name, value]];
      }),
  );
  return fc.tuple(...drawn).map((lists) => lists.flat());
}

const unknown: fc.Arbitrary<Pairs> = fc.oneof(
  { weight: 9, arbitrary: fc.constant<Pairs>([]) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom("Unknown", "__proto__", "constructor", "friendlyname", "a.b", "[]"), wild)
      .map((pair): Pairs => [pair]),
  },
);

const twist: fc.Arbitrary<Twist> = fc.oneof(
  { weight: 30, arbitrary: fc.constant<Twist>("none") },
  { weight: 1, arbitrary: fc.constantFrom(...twists) },
);

/** Requests to one operation. Tidy ones are as its schema wants them. */
export function requestTo(target: Target, isTidy: boolean): fc.Arbitrary<Drawn> {
  const { properties = {}, required = [] } = resolved(target.body ?? {}, target.schemas);
  const inQuery = target.parameters.filter(
    ({ name, in: place }) => place === "query" && !name.startsWith("Page"),
  );
  const inBody = Object.entries(properties).map(([name, schema]) => ({
    name,
    schema,
    required: required.includes(name) || name === "account_sid",
  }));
  const isList = target.parameters.some(({ name }) => name === "PageSize");
  return fc
    .record({
      path: pathOf(target),
      query: someOf(inQuery, target, isTidy),
      pages: isList ? paging : fc.constant<Pairs>([]),
      body: someOf(inBody, target, isTidy),
      unknown,
      twist: isTidy ? fc.constant<Twist>("none") : twist,
    })
    .map(({ path, query, pages, body, unknown, twist }) => ({
      target,
      path,
      query: target.method === "GET" ? [...query, ...pages, ...unknown] : query,
      body: target.method === "POST" ? [...body, ...unknown] : [],
      twist,
    }));
}

/** Requests to any of these operations. Creates come most, so that there is something to read, change and delete. */
export function requestsTo(targets: Target[]): fc.Arbitrary<Drawn> {
  const weightOf = ({ operationId }: Target) =>
    operationId.startsWith("Create") ? 4 : operationId.startsWith("Delete") ? 1 : 2;
  return fc.oneof(
    ...targets.map((target) => ({
      weight: weightOf(target),
      arbitrary: fc.boolean().chain((isTidy) => requestTo(target, isTidy)),
    })),
  );
}
