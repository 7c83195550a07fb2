import { z } from "zod";
import type { Shape, SingletonShape } from "../program/resource";
import { controls, type Declared } from "../values/args";
import { Refusal } from "../values/errors";
import { Collection, registerDirectory } from "./collection";
import type { Coverage, ObjectDefinition, SchemaOf, SingletonDefinition } from "./definition";
import { SingletonLife } from "./facets";
import type { Life, Session } from "./life";
import { ObjectLife } from "./object";
import { type Survey, surveyOfObjects, surveyOfSingletons } from "./survey";

/** What a kind of resource is to the hosts. */
export interface Resource extends Shape {
  readonly life: Life;
  readonly schema: z.ZodObject;
  readonly api: Coverage;
  readonly label: string;
  /** The class of the objects that these live in. */
  readonly parent: string | undefined;
  readonly survey: Survey;
  /** Whether an argument is an object that is merged into the one that is there, so that its keys have to be known. */
  readonly isMerged: (argument: string) => boolean;
}

const resources = new Map<string, Resource>();

/** A kind of resource by its class name; every module under `index.ts` has defined its own by then. */
export function resourceNamed(type: string): Resource {
  const found = resources.get(type);
  if (!found) throw new Refusal(`this version of pulumi-twilio-flex has no ${type}; update the package`);
  return found;
}

/** All kinds that are defined. */
export const allResources = (): readonly Resource[] => [...resources.values()];

function register<Kind extends Resource>(resource: Kind): Kind {
  resources.set(resource.type, resource);
  return resource;
}

/** Tells the run of what may change something, when it begins and when it is over. */
function watched(life: Life): Life {
  const during = async <Result>({ run }: Session, change: () => Promise<Result>): Promise<Result> => {
    run.endRefresh();
    try {
      return await change();
    } finally {
      run.endRefresh();
    }
  };
  return {
    check: (session, was, given) => during(session, () => life.check(session, was, given)),
    diff: (session, id, state, inputs) => life.diff(session, id, state, inputs),
    create: (session, inputs) => during(session, () => life.create(session, inputs)),
    read: (session, id, state) => life.read(session, id, state),
    update: (session, id, state, inputs) => during(session, () => life.update(session, id, state, inputs)),
    delete: (session, id, state) => during(session, () => life.delete(session, id, state)),
    isKept: (state, taken) => life.isKept(state, taken),
  };
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
  ): Resource => {
    const collection = definition.collection ?? new Collection(definition);
    if (definition.prefix) registerDirectory(definition.prefix, collection, definition.within !== undefined);
    return register({
      type,
      label: definition.label,
      parent: definition.parent,
      life: watched(new ObjectLife({ ...definition, collection }, definition.args)),
      survey: surveyOfObjects({ ...definition, collection }, definition.args),
      isMerged: () => false,
      schema: definition.args,
      api: definition.api,
      keys: [
        ...Object.keys(definition.args.shape),
        ...Object.keys(definition.computed ?? {}),
        "accountSid",
        "adopted",
        "baseline",
        "previous",
      ],
      secrets: ["previous"],
      unique:
        definition.replacement === undefined
          ? definition.naturalKey !== undefined
          : definition.replacement === "deleteFirst",
    });
  };

/** Defines something that is always there, and of which the program takes over facets. */
export const defineSingleton =
  <Args>() =>
  <Schema extends z.ZodObject, Params extends object, Answer>(
    type: string,
    definition: SingletonDefinition<Args, Params, Answer> & {
      readonly args: SchemaOf<Args, Schema> & Schema;
    },
  ): Resource & SingletonShape => {
    const { among } = definition;
    if (among?.listing.prefix) registerDirectory(among.listing.prefix, among, false);
    return register({
      type,
      label: definition.label,
      parent: definition.parent,
      survey: surveyOfSingletons(definition, definition.args),
      isMerged: (argument) => definition.json?.some((key) => key === argument) ?? false,
      naming: definition.naming,
      facets: (args) => facetsIn(definition, args),
      life: watched(new SingletonLife(definition, definition.args)),
      schema: definition.args,
      api: definition.api,
      keys: [
        ...new Set([
          ...Object.keys(definition.args.shape),
          ...Object.keys(definition.computed ?? {}),
          "accountSid",
          "adopted",
          "previous",
        ]),
      ],
      secrets: ["previous"],
      unique: true,
    });
  };

/** The facets of arguments as a program gives them, unchecked. */
function facetsIn<Args, Params extends object, Answer>(
  { facets }: SingletonDefinition<Args, Params, Answer>,
  args: object,
): string[] {
  const given = Object.entries(args).filter(([key]) => !controls.some((control) => control === key));
  // Facets are told by keys; values that are not known yet have been left out.
  return Object.keys(facets(Object.fromEntries(given) as Declared<Args>, []));
}

/** The schema of `Adoptable`. */
export const adoptable = {
  adopt: z.union([z.string(), z.boolean()]).describe('a SID, true or "ifThere"').optional(),
  deleteAdopted: z.boolean().describe("true or false").optional(),
  onDelete: z.enum(["restore", "keep"]).describe("one of restore, keep").optional(),
};
