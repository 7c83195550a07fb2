import * as pulumi from "@pulumi/pulumi";
import type { z } from "zod";
import type { SchemaOf } from "../life/definition";
import type { AccountSession } from "../life/life";
import { checkConfiguration } from "../program/configuration";
import { endProgram, ifKnown, isUnitTest, programError } from "../program/program";
import { givenTo } from "../program/twilioProvider";
import { Operation } from "../twilio/operation";
import { openSession } from "../twilio/session";
import { configuration, environment } from "../twilio/settings";
import { messageOf } from "../values/errors";
import { mayHoldSecret } from "../values/secrets";
import { problemsOf, type Rule } from "../values/validate";
import { compact } from "../values/values";
import type { LookupOptions } from "./options";

/** A question to the API, behind which its arguments' types are hidden. */
export interface Lookup<Result> {
  /** Name of the function, which its errors begin with. */
  readonly name: string;
  /** All that is wrong with the arguments. */
  readonly problems: (args: object) => string[];
  readonly ask: (session: AccountSession, args: object) => Promise<Result>;
}

/**
 * Defines a lookup. Curried, so that `Args` is given and the rest is inferred:
 * `defineLookup<GetProxyServiceArgs>()("getProxyService", { args: z.strictObject({ … }), … })`.
 */
export const defineLookup =
  <Args extends object>() =>
  <Schema extends z.ZodObject, Result>(
    name: string,
    definition: {
      readonly args: SchemaOf<Args, Schema> & Schema;
      readonly rules?: readonly Rule[];
      readonly ask: (session: AccountSession, args: z.output<Schema>) => Promise<Result>;
    },
  ): Lookup<Result> => {
    const schema: Schema = definition.args;
    return {
      name,
      problems: (args) => problemsOf(schema, compact(args), definition.rules ?? []),
      ask: (session, args) => definition.ask(session, schema.parse(compact(args))),
    };
  };

/** Asks now. Rejects where the credentials are not known yet. */
export async function lookUp<Result>(
  lookup: Lookup<Result>,
  args: object,
  opts: LookupOptions = {},
): Promise<Result> {
  const place = placeOf(lookup, opts);
  if (isUnitTest()) return mocked(lookup, args);
  const config = await ifKnown(place.config);
  if (config === undefined) {
    throw programError(
      `${lookup.name}: the credentials of ${place.name} are not known yet in this preview; use ${lookup.name}Output, whose result waits for them`,
    );
  }
  return answer(lookup, args, sessionOf(place, config));
}

/** Asks once arguments and credentials are known. A secret argument makes the result a secret; credentials do not. */
export function lookUpOutput<Result>(
  lookup: Lookup<Result>,
  args: pulumi.Input<object>,
  opts: LookupOptions = {},
): pulumi.Output<Result> {
  const place = placeOf(lookup, opts);
  if (isUnitTest()) return pulumi.output(args).apply((given) => mocked(lookup, given));
  const asked = pulumi
    .all([pulumi.output(args), place.config])
    .apply(([given, config]) => answer(lookup, given, sessionOf(place, config)).catch(endProgram));
  const secret = pulumi.secret(undefined);
  return asked.apply((result) => (mayHoldSecret(result) ? secret.apply(() => result) : asked));
}

/** With Pulumi's mocks, what their `call` answers to `twilio-flex:index:getX`. */
async function mocked<Result>({ name, problems }: Lookup<Result>, args: object): Promise<Result> {
  const wrong = problems(args);
  if (wrong.length > 0) throw programError(`${name}: ${wrong.join("; ")}`);
  return pulumi.runtime.invoke(`twilio-flex:index:${name}`, compact(args));
}

/** Whose credentials a lookup uses. */
interface Place {
  readonly name: string;
  /** What a session belongs to: the provider, or else the run of the program, of which each has its own monitor. */
  readonly owner: object | undefined;
  /** Without the mark of a secret, which would pass on to the result. */
  readonly config: pulumi.Output<Config>;
}

/** By keys such as `twilio:accountSid`. */
type Config = Record<string, string>;

function placeOf({ name }: Lookup<unknown>, { provider, parent }: LookupOptions): Place {
  checkConfiguration();
  const chosen = provider ?? parent?.getProvider(anyOfOurs);
  if (chosen === undefined) {
    const config = pulumi.output(pulumi.runtime.allConfig());
    return { name: "the stack configuration", owner: pulumi.runtime.getMonitor(), config };
  }
  const given = givenTo(chosen);
  if (given === undefined) {
    throw programError(
      `${name}: the provider must be a TwilioProvider; this one keeps its credentials to itself`,
    );
  }
  return { name: given.name, owner: chosen, config: pulumi.unsecret(given.inputs) };
}

/** Providers are found by package, which the token of any of our classes names. */
const anyOfOurs = "pulumi-nodejs:dynamic/twilio-flex:Lookup";

/** What resources under this one share: their provider, or else the run of the program, of which each has its own monitor. */
export const ownerAt = (parent: pulumi.Resource): object =>
  parent.getProvider(anyOfOurs) ?? pulumi.runtime.getMonitor() ?? parent;

const sessions = new WeakMap<object, AccountSession>();

function sessionOf({ owner }: Place, config: Config): AccountSession {
  const known = owner && sessions.get(owner);
  if (known) return known;
  const here = configuration((key) => config[key], false);
  const session = openSession([here, environment], {
    warn: (text) => void pulumi.log.warn(text),
    say: (text) => void pulumi.log.info(text),
  });
  if (owner) sessions.set(owner, session);
  return session;
}

async function answer<Result>(
  { name, problems, ask }: Lookup<Result>,
  args: object,
  session: AccountSession,
): Promise<Result> {
  const wrong = problems(args);
  if (wrong.length > 0) throw programError(`${name}: ${wrong.join("; ")}`);
  try {
    return await new Operation({ say: session.say }).run(() => ask(session, args));
  } catch (error) {
    throw programError(`${name}: ${oneLine(redacted(session, messageOf(error)))}`);
  }
}

/** Where the settings themselves are at fault, there is nothing that could be taken out. */
function redacted(session: AccountSession, text: string): string {
  try {
    return session.redact(text);
  } catch (error) {
    return messageOf(error);
  }
}

const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, " ");
