import { isRecord, type Path } from "./values";

/**
 * What Pulumi writes in place of an output's value where a program puts an output into a text or stringifies it, also as
 * URLs escape it: https://www.pulumi.com/docs/iac/concepts/inputs-outputs/apply/#outputs-and-strings
 */
const warning = /Calling(?:\s|\+|%20)(?:\[|%5B)to(?:String|JSON)(?:\]|%5D)/i;

export const holdsOutput = (text: string): boolean => warning.test(text);

/** What to say of such a text. */
export const outputRefused =
  "holds Pulumi's warning about an output in place of the output's value; build texts with pulumi.interpolate and JSON text with pulumi.jsonStringify";

/** Where in a value such texts are, also inside JSON text. */
export function placesOfOutputs(value: unknown, path: Path = []): Path[] {
  if (typeof value === "string") {
    if (!holdsOutput(value)) return [];
    const inside = placesOfOutputs(structureIn(value), path);
    return inside.length > 0 ? inside : [path];
  }
  if (Array.isArray(value)) return value.flatMap((item, index) => placesOfOutputs(item, [...path, index]));
  if (!isRecord(value)) return [];
  const inside = Object.entries(value).flatMap(([key, item]) =>
    holdsOutput(key) ? [] : placesOfOutputs(item, [...path, key]),
  );
  // A key that is no name is not written into the place.
  return Object.keys(value).some(holdsOutput) ? [path, ...inside] : inside;
}

/** The list or record that a JSON text stands for. */
function structureIn(text: string): unknown {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" ? parsed : undefined;
  } catch {
    return undefined;
  }
}
