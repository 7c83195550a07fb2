import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { isObject } from "./body";
import { inPageLimits, methodsInCapitals } from "./lenient";
import { ListedObjects } from "./listed";
import type { OpenApiDocument, Parameter, Schema } from "./openapi";
import type { Operation } from "./operations";
import type { Values } from "./params";
import { classPatches, type Side } from "./patches";

interface Compiled {
  path: ValidateFunction;
  query: ValidateFunction;
  body: ValidateFunction;
  answer: ValidateFunction | undefined;
  /** The objects of the answer, where it is a list. */
  listed: ListedObjects | undefined;
  queryNames: Set<string>;
  bodyNames: Set<string>;
  /** The values of a request as the document would have them, where production takes more than it says. */
  lenient: (values: Values) => Values;
  /** Names in a body that the document does not know, those inside objects too: `webhook.callbackUrl`. */
  unknownInBody: (body: Values) => string[];
}

/** Twilio's documents hold keywords that Ajv does not know. They are not checked themselves: that took half of the start. */
const leniently = { strict: false, logger: false, validateSchema: false } as const;

/** Checks requests and answers against Twilio's documents. Compiles an operation when it is first met. */
export class Checks {
  /** Values in forms and queries are text, and a list of one looks like a single value. */
  private readonly texts = new Ajv({ ...leniently, coerceTypes: "array" });
  /** Values in JSON must have the right types by themselves. */
  private readonly json = new Ajv(leniently);
  private readonly answers = new Ajv(leniently);
  private readonly compiled = new Map<Operation, Compiled>();
  private readonly added = new Set<string>();

  constructor(private readonly documents: Map<string, OpenApiDocument>) {
    for (const ajv of [this.texts, this.json, this.answers]) addFormats(ajv);
  }

  of(operation: Operation): Compiled {
    const known = this.compiled.get(operation);
    if (known) return known;
    this.addDocument(operation.document);
    const { parameters = [], requestBody, responses } = operation.documented;
    const [mediaType, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
    const isJson = mediaType === "application/json";
    const body = this.resolve(content?.schema ?? { type: "object" }, operation.document);
    const answer = responses[operation.successStatus]?.content?.["application/json"]?.schema;
    const query = objectOf(parameters.filter((parameter) => parameter.in === "query"));
    const { document } = operation;
    const parts: Schema = { properties: { ...query.properties, ...body.properties } };
    const texts = (schema: Schema) => this.texts.compile(prepare(schema, "request", document));
    const compiled: Compiled = {
      path: texts(objectOf(parameters.filter((parameter) => parameter.in === "path"))),
      query: texts(query),
      body: isJson ? this.json.compile(prepare(body, "request", document)) : texts(body),
      answer: answer && this.answers.compile(prepare(answer, "answer", document)),
      listed: answer && this.listedIn(answer, document),
      queryNames: new Set(Object.keys(query.properties ?? {})),
      bodyNames: new Set(Object.keys(body.properties ?? {})),
      lenient: (values) =>
        methodsInCapitals(inPageLimits(values, parts), parts, (schema) => this.resolve(schema, document)),
      unknownInBody: (values) => this.unknownNames(values, body, document),
    };
    this.compiled.set(operation, compiled);
    return compiled;
  }

  private addDocument(name: string): void {
    if (this.added.has(name)) return;
    this.added.add(name);
    const schemas = Object.entries(this.documents.get(name)?.components.schemas ?? {});
    const rootFor = (side: Side) => ({
      $id: rootOf(name),
      components: {
        schemas: Object.fromEntries(schemas.map(([key, schema]) => [key, prepare(schema, side, name)])),
      },
    });
    const request = rootFor("request");
    this.texts.addSchema(request);
    this.json.addSchema(request);
    this.answers.addSchema(rootFor("answer"));
  }

  private listedIn(answer: Schema, document: string): ListedObjects | undefined {
    const { meta, page_size, ...others } = answer.properties ?? {};
    const [key, { items } = {}] = Object.entries(others).find(([, { type }]) => type === "array") ?? [];
    if (key === undefined || !items || !(meta ?? page_size)) return undefined;
    return new ListedObjects(key, this.answers.compile(prepare(items, "answer", document)));
  }

  private resolve(schema: Schema, document: string): Schema {
    const name = schema.$ref?.split("/").at(-1) ?? "";
    return this.documents.get(document)?.components.schemas[name] ?? schema;
  }

  private unknownNames(values: Values, { properties = {} }: Schema, document: string): string[] {
    return Object.entries(values).flatMap(([name, value]) => {
      const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (!known) return [name];
      const inner = this.resolve(known, document);
      if (!isObject(value) || !inner.properties) return [];
      return this.unknownNames(value, inner, document).map((unknown) => `${name}.${unknown}`);
    });
  }
}

/** Says where an answer departs from its schema, in a few words. */
export function describe(errors: ErrorObject[] | null | undefined): string {
  // Behind a failed `anyOf` stand the failures of its branches: the last one sums them up.
  const error = errors?.at(-1);
  if (!error) return "unknown reason";
  const { missingProperty, additionalProperty } = error.params;
  const key = missingProperty ?? additionalProperty ?? "";
  return `${error.instancePath || "/"} ${error.message ?? error.keyword}${key && ` (${key})`}`;
}

const rootOf = (document: string) => `https://documents.invalid/${document}`;

function objectOf(parameters: Parameter[]): Schema {
  return {
    type: "object",
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
  };
}

/**
 * Applies the class patches to a schema and everything in it. Twilio's documents neither require a property of an answer
 * nor forbid one, so `{}` would pass for anything: here an answer must hold every property and no other, but for objects
 * that a patch calls partial.
 */
function prepare(schema: Schema, side: Side, document: string): Schema {
  let patched: Schema = { ...schema };
  if (patched.$ref?.startsWith("#")) patched.$ref = `${rootOf(document)}${patched.$ref}`;
  if (patched.items) patched.items = prepare(patched.items, side, document);
  if (patched.properties) {
    patched.properties = Object.fromEntries(
      Object.entries(patched.properties).map(([key, value]) => [key, prepare(value, side, document)]),
    );
    if (side === "answer") {
      patched.required = patched.isPartial ? [] : Object.keys(patched.properties);
      patched.additionalProperties = false;
    }
  }
  for (const patch of classPatches) patched = patch.apply(patched, side);
  return patched;
}
