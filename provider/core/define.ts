import { z } from "zod";
import type { ObjectDefinition, SchemaOf, SingletonDefinition } from "./definition";
import { Refusal } from "./errors";
import type { Life } from "./life";
import { ObjectLife } from "./lifecycle";
import type { Shape } from "./resource";
import { SingletonLife } from "./singleton";

/** What a kind of resource is to the hosts. */
export interface Resource extends Shape {
  readonly life: Life;
}

const resources = new Map<string, Resource>();

/** A kind of resource by its class name; every module under `index.ts` has defined its own by then. */
export function resourceNamed(type: string): Resource {
  const found = resources.get(type);
  if (!found) throw new Refusal(`this version of pulumi-twilio-flex has no ${type}; update the package`);
  return found;
}

function register(resource: Resource): Resource {
  resources.set(resource.type, resource);
  return resource;
}

/**
 * Defines an object that is created and deleted. Curried, so that `Args` is given and the rest is inferred:
 * `defineResource<FlexFlowArgs>()("FlexFlow", { args: z.strictObject({ … }), … })`.
 */
export const defineResource =
  <Args>() =>
  <Schema extends z.ZodObject, Params extends object, Answer>(
    type: string,
    definition: ObjectDefinition<Args, Params, Answer> & { readonly args: SchemaOf<Args, Schema> & Schema },
  ): Resource =>
    register({
      type,
      life: new ObjectLife(definition, definition.args),
      keys: [
        ...Object.keys(definition.args.shape),
        ...Object.keys(definition.computed ?? {}),
        "accountSid",
        "adopted",
        "baseline",
      ],
      secrets: [],
      unique: definition.naturalKey !== undefined,
    });

/** Defines something that is always there, and of which the program takes over facets. */
export const defineSingleton =
  <Args>() =>
  <Schema extends z.ZodObject, Params extends object, Answer>(
    type: string,
    definition: SingletonDefinition<Args, Params, Answer> & {
      readonly args: SchemaOf<Args, Schema> & Schema;
    },
  ): Resource =>
    register({
      type,
      life: new SingletonLife(definition, definition.args),
      keys: [
        ...new Set([
          ...Object.keys(definition.args.shape),
          ...Object.keys(definition.computed),
          "accountSid",
          "adopted",
          "previous",
        ]),
      ],
      secrets: ["previous"],
      unique: true,
    });

/** The schema of `Adoptable`. */
export const adoptable = {
  adopt: z.union([z.string(), z.boolean()]).describe("a SID, or true").optional(),
  deleteAdopted: z.boolean().describe("true or false").optional(),
};
