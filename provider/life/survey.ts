import type { z } from "zod";
import { unlessGone } from "../values/errors";
import { masked } from "../values/secrets";
import { isOptional, problemsOf } from "../values/validate";
import { type Args, isBlank, isRecord, omit, pick, toValues, type Values, withLeaf } from "../values/values";
import type { LookUp, ObjectDefinition, SingletonDefinition } from "./definition";
import { FacetModel } from "./facetModel";
import { argsOf, type Kind } from "./frame";
import type { Session } from "./life";
import { Model } from "./model";
import { differing, withoutDefaults } from "./wire";

/** One object of the account, with what a program has to say to take it over as it is. */
export interface Surveyed {
  readonly id: string;
  /** The name that it bears itself, if any. */
  readonly called: string;
  /** The arguments that declare it, without those that are the default. They may hold credentials. */
  readonly args: Args;
  /** The arguments that name it where the SID in `args` is that of no resource. */
  readonly otherwise: Args;
  /** What of a singleton nobody has set, as arguments. */
  readonly atRest: Args;
  /** Set where Twilio or Flex has made it, so that programs look it up. */
  readonly lookUp?: LookUp;
  /** Arguments that the account has and a program cannot declare, or leaves as they are, each with the reason. */
  readonly leftOut: { readonly [argument: string]: string };
  /** Why no program can declare it. */
  readonly unfit?: string;
}

/** The fields of the Flex Configuration by the SIDs that they hold. */
export type FlexFields = ReadonlyMap<string, string>;

/** Reads all objects of one kind in the account or, where they live in others, in one parent. */
export type Survey = (session: Session, parent: string, flex: FlexFields) => Promise<Surveyed[]>;

export function surveyOfObjects<A, Params extends object, Answer>(
  definition: ObjectDefinition<A, Params, Answer>,
  schema: z.ZodObject,
): Survey {
  const model = new Model(definition, schema);
  const { leftAsItIs = {}, madeByTwilio, createOnly = [] } = definition;
  const { listsInPart } = model.collection.listing;
  const { defaults } = model.kind;
  const isNeeded = (argument: string) =>
    (createOnly.some((key) => key === argument) && defaults[argument] === undefined) ||
    !isOptional(schema, argument);
  return async (session, parent, flex) => {
    const listed = await model.collection.fresh(session, parent);
    const answers = listsInPart
      ? await wholes(listed, (answer) => definition.read(session.api, model.id(answer)))
      : listed;
    return answers.map((answer) => {
      const live = model.named(model.live(answer));
      const declared = withoutDefaults(model.mapping, isNeeded, omit(live, Object.keys(leftAsItIs)));
      const lookUp = madeByTwilio?.(answer, flex.get(model.sid(answer)));
      return {
        id: model.id(answer),
        called: nameIn({ ...model.computed(answer), ...live }),
        otherwise: {},
        atRest: {},
        ...(lookUp && { lookUp }),
        ...fitting(model.kind, declared, reasonsAmong(leftAsItIs, live)),
      };
    });
  };
}

export function surveyOfSingletons<A, Params extends object, Answer>(
  definition: SingletonDefinition<A, Params, Answer>,
  schema: z.ZodObject,
): Survey {
  const model = new FacetModel(definition, schema);
  const { among, naming, leftAsItIs = {}, read } = definition;
  const [sidArgument = ""] = naming;

  async function answersIn(session: Session, parent: string): Promise<Answer[]> {
    const { api } = session;
    if (parent !== "" || !among) return [await read(api, parent)];
    const listed = await among.fresh(session, "");
    return among.listing.listsInPart ? wholes(listed, (answer) => read(api, definition.id(answer))) : listed;
  }

  async function surveyed(session: Session, answer: Answer): Promise<Surveyed> {
    const id = definition.id(answer);
    const around = { accountSid: session.account, facets: [] };
    const all = definition.live(definition.held(answer), around, undefined);
    const filled = Object.entries(omit(argsOf(model.kind, toValues(all)), naming));
    const given = filled.filter(([key, value]) => !(key in leftAsItIs) && !isEmpty(value));
    const values = { ...toValues(Object.fromEntries(given)), accountSid: session.account };
    const { args, atRest, leftOut } = await setAmong(session, answer, values);
    const computed = model.computed(answer);
    const fit = fitting(model.kind, naming.length > 0 ? { [sidArgument]: id, ...args } : args, {
      ...reasonsAmong(leftAsItIs, Object.fromEntries(filled)),
      ...leftOut,
    });
    const isSet = Object.keys(omit(fit.args, naming)).length > 0;
    return {
      id,
      called: nameIn(computed),
      otherwise: pick(computed, naming.slice(1)),
      atRest,
      ...fit,
      ...(!isSet && {
        unfit:
          Object.keys(leftOut).length > 0
            ? `${Object.keys(leftOut).join(", ")}: ${notDeclarable}`
            : nothingSet,
      }),
    };
  }

  /** The arguments without the facets that nobody has set, and without those that a program cannot declare as they are. */
  async function setAmong(session: Session, answer: Answer, values: Values) {
    const all = argsOf(model.kind, values);
    const atRest: Args = {};
    let args = all;
    const leftOut: Record<string, string> = {};
    for (const [facet, { parameters, telling = [] }] of Object.entries(model.facets(values))) {
      const held = pick(model.held(answer, values), parameters);
      const isTaken = definition.taken?.(facet, definition.held(answer)) !== undefined;
      const blank = await model.blank(session, definition.id(answer), parameters);
      // Of what leads to a handler, it is known whether that is anybody's: Twilio's demo is not.
      const compared = definition.taken ? omit(held, telling) : held;
      const isAtRest = !isTaken && Object.keys(blank).length > 0 && differing(compared, blank).length === 0;
      const isAsDeclared = model.isAsDeclared(answer, values, facet);
      if (!isAsDeclared) leftOut[facet] = notDeclarable;
      if (isAtRest) atRest[facet] = all[facet];
      if (isAtRest || !isAsDeclared) args = withLeaf(args, facet.split("."), undefined);
    }
    const set = Object.entries(args).filter(([, value]) => !isEmpty(value));
    return { args: Object.fromEntries(set), atRest, leftOut };
  }

  return async (session, parent) =>
    Promise.all((await answersIn(session, parent)).map((answer) => surveyed(session, answer)));
}

/** Objects of which lists show only a part, without those that have gone meanwhile. */
async function wholes<Answer>(listed: readonly Answer[], read: (answer: Answer) => Promise<Answer>) {
  const answers = await Promise.all(listed.map((answer) => unlessGone(read(answer))));
  return answers.filter((answer) => answer !== undefined);
}

/** The reasons for arguments that are filled. */
const reasonsAmong = (reasons: { readonly [key: string]: string | undefined }, args: Args) =>
  Object.fromEntries(
    Object.entries(reasons).filter(
      (entry): entry is [string, string] => entry[0] in args && entry[1] !== undefined,
    ),
  );

/** Why a singleton is in no program. */
export const nothingSet = "nothing is set in it";

const notDeclarable = "it holds values beside each other that a program cannot declare together";

const isEmpty = (value: unknown): boolean =>
  isBlank(value) ||
  (Array.isArray(value) && value.length === 0) ||
  (isRecord(value) && Object.keys(value).length === 0);

/** What the account has by older or looser rules than those of a check is left out, and named. */
function fitting(
  kind: Kind,
  given: Args,
  left: Record<string, string>,
): Pick<Surveyed, "args" | "leftOut" | "unfit"> {
  const leftOut = { ...left };
  let args = given;
  for (;;) {
    const [problem] = problemsOf(kind.schema, args, kind.rules, kind.notArguments);
    if (problem === undefined) return { args, leftOut };
    const key = /^\w+/.exec(problem)?.[0] ?? "";
    if (!(key in args) || !isOptional(kind.schema, key)) return { args, leftOut, unfit: problem };
    leftOut[key] = problem.replace(/; give .*/, "");
    args = omit(args, [key]);
  }
}

const names = [
  "friendlyName",
  "uniqueName",
  "alphaSender",
  "address",
  "phoneNumber",
  "shortCode",
  "senderId",
  "sender",
];

/** What people call an object. */
const nameIn = (args: Args): string => String(masked(rawNameIn(args)));

const rawNameIn = (args: Args): string =>
  names.map((key) => args[key]).find((name): name is string => typeof name === "string" && name !== "") ?? "";
