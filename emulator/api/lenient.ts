import { isObject } from "./body";
import type { Schema } from "./openapi";
import type { Values } from "./params";

// What the documents rule out and production takes all the same, read as they would have it.

/** The values with a page that is larger than the largest as large as that. */
export function inPageLimits(values: Values, { properties = {} }: Schema): Values {
  const maximum = properties.PageSize?.maximum;
  const { PageSize: given } = values;
  if (maximum === undefined || typeof given !== "string" || !/^\d+$/.test(given)) return values;
  return { ...values, PageSize: String(Math.min(Number(given), maximum)) };
}

const methods = ["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH"];

/** Whether a schema enumerates HTTP methods and nothing else. */
export const isMethod = ({ enum: values = [] }: Schema): boolean => {
  const named = values.filter((value) => value !== null);
  return (
    named.length > 0 &&
    named.every((value) => typeof value === "string" && methods.includes(value.toUpperCase()))
  );
};

/** Whether the document writes them in capitals. Where it does not, what was sent is kept as it was sent. */
const isInCapitals = ({ enum: values = [] }: Schema): boolean =>
  values.every((value) => typeof value !== "string" || value === value.toUpperCase());

/** The values with the HTTP methods in capitals that are so in the document, in nested objects too. */
export function methodsInCapitals(
  values: Values,
  schema: Schema,
  resolve: (schema: Schema) => Schema,
): Values {
  const { properties = {} } = schema;
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const given = Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (!given) return [name, value];
      const known = resolve(given);
      if (isObject(value)) return [name, methodsInCapitals(value, known, resolve)];
      const isToBe = typeof value === "string" && isMethod(known) && isInCapitals(known);
      return [name, isToBe ? value.toUpperCase() : value];
    }),
  );
}
