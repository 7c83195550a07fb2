import type { z } from "zod";
import { digitsAsText, inexactNumbers } from "./jsonText";
import { outputRefused, placesOfOutputs } from "./outputs";
import { isQuotable } from "./secrets";
import { containsUnknown, isRecord, isUnknown, type Path, valueAt } from "./values";

/** One thing that is wrong with the arguments, as a sentence that begins with the path. */
export type Problem = string;

/** A condition across arguments. It must bear ill-typed and unknown values, since it is asked in every case. */
export type Rule = (args: Record<string, unknown>) => Problem | undefined;

/** All that is wrong with `args`. What is not known yet is passed over. */
export function problemsOf(
  schema: z.ZodObject,
  args: Record<string, unknown>,
  rules: readonly Rule[],
  notArguments: { readonly [key: string]: string } = {},
): Problem[] {
  const outputs = placesOfOutputs(args);
  const issues = schema.safeParse(args).error?.issues ?? [];
  const wrong = issues
    .filter((issue) => !outputs.some((place) => isSaidBy(place, issue)))
    .flatMap((issue) => explain(schema, args, issue, notArguments));
  return [
    ...outputs.map((place) => `${written(place)}: ${outputRefused}`),
    ...wrong,
    ...inexactNumbers(args)
      .filter(({ path }) => !issues.some((issue) => written(issue.path) === written(path)))
      .map(({ path, reason }) => `${written(path)}: got ${reason}; give ${digitsAsText}`),
    ...rules.flatMap((rule) => rule(args) ?? []),
  ];
}

/** Whether an issue is only that a value with Pulumi's warning in it does not fit. */
const isSaidBy = (place: Path, { code, path }: z.core.$ZodIssue): boolean =>
  code !== "unrecognized_keys" && path.every((key, index) => index >= place.length || key === place[index]);

/**
 * Lets a schema say in words of its own what is wrong: "got <what>; give <give>". `what` must be fit to be shown; without
 * it, the value is described. Without `give`, it is what the schema describes.
 */
export const refuse = (context: z.RefinementCtx, what?: string, path: Path = [], give?: string): void =>
  context.addIssue({ code: "custom", path: [...path], params: { what, give } });

/** Each argument in its normal form: what the schema's transforms make of it, or as it is while it does not fit. */
export function normalised(schema: z.ZodObject, args: Record<string, unknown>): Record<string, unknown> {
  const normal: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(args)) {
    const field = schema.shape[key];
    const parsed = field && isSchema(field) ? field.safeParse(value) : undefined;
    normal[key] = parsed?.success ? parsed.data : value;
  }
  return normal;
}

export const exactlyOne =
  (...keys: string[]): Rule =>
  (args) => {
    const given = keys.filter((key) => args[key] !== undefined);
    if (given.length === 1) return undefined;
    return given.length === 0
      ? `${keys.join(", ")}: exactly one of them is needed, and none is given`
      : `${given.join(", ")}: these exclude each other; keep one of them`;
  };

export const atLeastOne =
  (...keys: string[]): Rule =>
  (args) =>
    keys.some((key) => args[key] !== undefined)
      ? undefined
      : `${keys.join(", ")}: at least one of them is needed, and none is given`;

function explain(
  schema: z.ZodObject,
  args: Record<string, unknown>,
  issue: z.core.$ZodIssue,
  notArguments: { readonly [key: string]: string },
): Problem[] {
  const path = issue.path.filter((key) => typeof key !== "symbol");
  const value = valueAt(args, path);
  if (isUnknown(value)) return [];
  if (issue.code === "unrecognized_keys") {
    const known = keysAt(schema, args, path);
    return issue.keys.map((key) =>
      path.length === 0 && Object.hasOwn(notArguments, key)
        ? `${key}: ${notArguments[key]}`
        : unknownArgument([...path, key], key, known),
    );
  }
  // A union is judged as a whole, so that a part which is not known yet leaves the whole unjudged.
  if (issue.code === "invalid_union" && containsUnknown(value)) return [];
  const own = ownWords(issue);
  if (own) {
    const place = issue.code === "invalid_union" ? [...path, ...own.path] : path;
    return [`${written(place)}: got ${own.what}; give ${own.give ?? wanted(schema, args, path, issue)}`];
  }
  return [`${written(path)}: ${given(value)}; give ${wanted(schema, args, path, issue)}`];
}

/** What `refuse` was told, also by a member of a union. */
function ownWords(
  issue: z.core.$ZodIssue,
): { what: string; give: string | undefined; path: Path } | undefined {
  if (issue.code === "invalid_union") return issue.errors.flat().map(ownWords).find(Boolean);
  if (issue.code !== "custom") return undefined;
  const { what, give } = issue.params ?? {};
  const path = issue.path.filter((key) => typeof key !== "symbol");
  return typeof what === "string"
    ? { what, give: typeof give === "string" ? give : undefined, path }
    : undefined;
}

function wanted(schema: z.ZodType, args: unknown, path: Path, issue: z.core.$ZodIssue): string {
  const found = schemaAt(schema, args, path);
  const described = found && (found.description ?? past(found).description);
  if (described) return described;
  const members = schemaAt(schema, args, path.slice(0, -1));
  return (members && past(members).description) ?? issue.message;
}

function unknownArgument(path: Path, key: string, known: string[]): Problem {
  const near = nearest(key, known);
  const hint = near ? `did you mean ${near}?` : `known here: ${known.join(", ")}`;
  return `${written(path)}: no such argument; ${hint}`;
}

/** A path as people read it: `args.list[0].key`. */
export const written = (path: readonly PropertyKey[]): string =>
  path
    .filter((key) => typeof key !== "symbol")
    .reduce<string>(
      (text, key) => (typeof key === "number" ? `${text}[${key}]` : text ? `${text}.${key}` : key),
      "",
    ) || "arguments";

/** The value as it may be shown. Anything that could be a credential is described, not quoted. */
export function given(value: unknown): string {
  if (value === undefined || value === null) return "missing";
  if (typeof value === "number" || typeof value === "boolean") return `got ${value}`;
  if (Array.isArray(value)) return "got a list";
  if (typeof value !== "string") return "got an object";
  if (value === "") return "got an empty text";
  return isQuotable(value) ? `got ${JSON.stringify(value)}` : `got a text of ${value.length} characters`;
}

const isSchema = (schema: unknown): schema is z.ZodType => isRecord(schema) && "safeParse" in schema;

/** The schema that holds for one place of the arguments; inside a union, that of the member the value names. */
function schemaAt(schema: z.ZodType, value: unknown, path: Path): z.ZodType | undefined {
  const [key, ...rest] = path;
  if (key === undefined) return schema;
  const inner = unwrapped(schema, value);
  if (!inner) return undefined;
  const next = "shape" in inner ? inner.shape[String(key)] : "element" in inner ? inner.element : undefined;
  return isSchema(next) ? schemaAt(next, valueAt(value, [key]), rest) : undefined;
}

function keysAt(schema: z.ZodType, value: unknown, path: Path): string[] {
  const found = schemaAt(schema, value, path);
  const inner = found && unwrapped(found, valueAt(value, path));
  return inner && "shape" in inner ? Object.keys(inner.shape) : [];
}

/** Past `optional()`. */
function past(schema: z.ZodType): z.ZodType {
  const { def } = schema;
  return def.type === "optional" && "innerType" in def && isSchema(def.innerType)
    ? past(def.innerType)
    : schema;
}

/** Past `optional()` and, by the value's own discriminator, past a union. */
function unwrapped(optional: z.ZodType, value: unknown): z.ZodObject | z.ZodArray | undefined {
  const schema = past(optional);
  const { def } = schema;
  if (def.type === "union" && "options" in def && Array.isArray(def.options)) {
    const discriminator = "discriminator" in def ? String(def.discriminator) : "";
    const member: unknown = def.options.find(
      (option: unknown) =>
        isSchema(option) &&
        "shape" in option &&
        isRecord(option.shape) &&
        isRecord(value) &&
        isSchema(option.shape[discriminator]) &&
        option.shape[discriminator].safeParse(value[discriminator]).success,
    );
    return isSchema(member) ? unwrapped(member, value) : undefined;
  }
  return isObjectOrArray(schema) ? schema : undefined;
}

const isObjectOrArray = (schema: z.ZodType): schema is z.ZodObject | z.ZodArray =>
  schema.def.type === "object" || schema.def.type === "array";

/** The known key that needs the fewest edits, if that is few enough to be a slip of the hand. */
export function nearest(key: string, known: readonly string[]): string | undefined {
  const ranked = known.map((name) => ({ name, edits: distance(key.toLowerCase(), name.toLowerCase()) }));
  const best = ranked.sort((a, b) => a.edits - b.edits)[0];
  return best && best.edits <= Math.min(3, Math.floor(key.length / 2)) ? best.name : undefined;
}

/** Levenshtein's distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const swap = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(swap, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
