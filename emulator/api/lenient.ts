import type { Schema } from "./openapi";
import type { Values } from "./params";

type Reading = (text: string) => string;

/**
 * What the documents rule out and production takes all the same, read as they would have it: an HTTP method in small letters,
 * and a page larger than the largest, which is as large as that.
 */
export function lenient(properties: Record<string, Schema>): (values: Values) => Values {
  const readings = Object.entries(properties).flatMap(([name, schema]): [string, Reading][] => {
    const reading = readingOf(name, schema);
    return reading ? [[name, reading]] : [];
  });
  return (values) => {
    const read = readings.flatMap(([name, reading]) => {
      const value = values[name];
      return typeof value === "string" ? [[name, reading(value)]] : [];
    });
    return { ...values, ...Object.fromEntries(read) };
  };
}

/** HTTP methods, if these values are some. */
export const methodsIn = ({ enum: values = [] }: Schema): string[] =>
  values.filter((value): value is string => typeof value === "string" && /^(get|post)$/i.test(value));

function readingOf(name: string, schema: Schema): Reading | undefined {
  const { maximum } = schema;
  if (name === "PageSize" && maximum !== undefined)
    return (text) => (/^\d+$/.test(text) && Number(text) > maximum ? String(maximum) : text);
  const methods = methodsIn(schema);
  const capitals = methods.filter((method) => method === method.toUpperCase());
  if (capitals.length === 0) return undefined;
  return (text) => capitals.find((method) => method === text.toUpperCase()) ?? text;
}
