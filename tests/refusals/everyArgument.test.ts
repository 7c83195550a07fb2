import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import * as api from "../../provider/index";
import { resourceNamed } from "../../provider/life/define";
import { TwilioResource } from "../../provider/program/resource";
import { outputRefused } from "../../provider/values/outputs";
import { isBlank, isRecord, toValues, withLeaf } from "../../provider/values/values";
import { sessionOn } from "../life/session";

/** Values of which each kind of argument refuses at least one. */
const wrongs = ["not right!", -0.5, true, "x".repeat(5000), [{ not: "right" }]];

interface Place {
  path: string[];
  /** What has to stand beside it, so that the member of a union is known. */
  beside: Record<string, unknown>;
  schema: z.ZodType;
}

const isSchema = (value: unknown): value is z.ZodType => isRecord(value) && "def" in value;

/** Every place of a schema that takes a value, in every member of a union. */
function placesIn(schema: z.ZodType, path: string[] = [], beside: Record<string, unknown> = {}): Place[] {
  const { def } = schema;
  if ("innerType" in def && isSchema(def.innerType)) return placesIn(def.innerType, path, beside);
  if ("discriminator" in def && "options" in def && Array.isArray(def.options)) {
    const key = String(def.discriminator);
    return def.options.filter(isSchema).flatMap((option: z.ZodType) => {
      const discriminated = "shape" in option && isRecord(option.shape) ? option.shape[key] : undefined;
      const [name] =
        isSchema(discriminated) && "values" in discriminated.def ? [discriminated.def.values].flat() : [];
      return placesIn(option, path, { ...beside, ...withLeaf({}, [...path, key], name) });
    });
  }
  if ("shape" in schema && isRecord(schema.shape)) {
    return Object.entries(schema.shape).flatMap(([key, inner]) =>
      isSchema(inner) ? placesIn(inner, [...path, key], beside) : [],
    );
  }
  return [{ path, beside, schema }];
}

const valueIn = (record: Record<string, unknown>, [key = "", ...rest]: string[]): unknown => {
  const value = record[key];
  return rest.length > 0 && isRecord(value) ? valueIn(value, rest) : value;
};

const session = sessionOn(`AC${"e".repeat(32)}`, { validate: "offline" }, () => {});

/** What preview says of a wrong value at each place, by path. */
async function refusals(type: string): Promise<string[]> {
  const { schema, life } = resourceNamed(type);
  const said = new Set<string>();
  for (const place of placesIn(schema)) {
    // The discriminator itself: what is wrong there is told of the union.
    if (!isBlank(valueIn(place.beside, place.path))) continue;
    const path = place.path.join(".");
    const wrong = wrongs.find((value) => !place.schema.safeParse(value).success);
    const args = toValues(withLeaf(place.beside, place.path, wrong));
    const { problems } = await life.check(session, {}, args);
    const own = problems.filter(
      (problem) => problem.startsWith(`${path}: `) || problem.startsWith(`${path}[`),
    );
    expect({ type, path, wrong, problems: own }).toMatchObject({
      problems: [expect.stringMatching(/: got .*; give (?!Invalid)/)],
    });
    said.add(own.join());
  }
  return [...said];
}

const types = Object.entries(api)
  .filter(([, value]) => typeof value === "function" && value.prototype instanceof TwilioResource)
  .map(([name]) => name);

test.each(types)(
  "%s refuses a wrong value of each argument in preview, and says what to give",
  async (type) => {
    expect((await refusals(type)).join("\n")).toMatchSnapshot();
  },
);

/** What a program makes of an output that it puts into a text, or stringifies. */
const inText = `${pulumi.output("x")}`;
const inJson = JSON.stringify({ list: [{ url: pulumi.output("x") }] });

test("Pulumi still writes what we look for", () => {
  expect([inText, inJson]).toEqual([
    expect.stringContaining("Calling [toString] on an [Output<T>]"),
    expect.stringContaining("Calling [toJSON] on an [Output<T>]"),
  ]);
});

test.each(types)("%s refuses an output inside a text wherever it takes a value", async (type) => {
  const { schema, life } = resourceNamed(type);
  for (const place of placesIn(schema)) {
    if (!isBlank(valueIn(place.beside, place.path))) continue;
    const path = place.path.join(".");
    for (const [value, where] of [
      [inText, path],
      [`https://example.com/${inText}`, path],
      [`https://example.com/?sid=${encodeURIComponent(inText)}`, path],
      [`https://example.com/?${new URLSearchParams({ sid: inText })}`, path],
      [[inText], `${path}[0]`],
      [inJson, `${path}.list[0].url`],
      [JSON.parse(inJson), `${path}.list[0].url`],
      [`{"url": "${inText}"}`, path],
    ]) {
      const args = toValues(withLeaf(place.beside, place.path, value));
      const { problems } = await life.check(session, {}, args);
      const own = problems.filter((problem) => problem.startsWith(path));
      expect({ type, value, own }).toEqual({ type, value, own: [`${where}: ${outputRefused}`] });
    }
  }
});
