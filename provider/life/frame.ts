import type { z } from "zod";
import { controls } from "../values/args";
import { ApiError, HalfMade, messageOf, Refusal } from "../values/errors";
import { normalised, type Problem, problemsOf, type Rule } from "../values/validate";
import { type Args, compact, containsUnknown, isRecord, same, toValues, type Values } from "../values/values";
import type { Checked, Session } from "./life";

/** The part of the life cycle that is alike for all kinds of resources: reading inputs and state, and guarding them. */
export interface Kind {
  /** How messages call such an object. */
  readonly label: string;
  readonly schema: z.ZodObject;
  readonly rules: readonly Rule[];
  readonly json: readonly string[];
  /** Whether an empty object says something: that all of it is blank. */
  readonly keepsEmpty: boolean;
  readonly createOnly: readonly string[];
  /** What arguments are worth when they are not given. */
  readonly defaults: { readonly [key: string]: unknown };
  readonly notArguments: { readonly [key: string]: string };
}

const isControl = (key: string) => controls.some((control) => control === key);

/** The arguments among inputs or state, in their normal form. */
export function argsOf(kind: Kind, values: Values): Args {
  const given = Object.entries(values).filter(([key]) => key in kind.schema.shape && !isControl(key));
  return normalised(kind.schema, blanksOut(kind, Object.fromEntries(given)));
}

/** Blank arguments count as not given; what is inside free-form JSON is none of our business. */
export function blanksOut(kind: Kind, args: Args): Args {
  const json = Object.entries(args).filter(([key, value]) => kind.json.includes(key) && value !== null);
  const rest = Object.entries(args).filter(([key]) => !kind.json.includes(key));
  const empty = rest.filter(([, value]) => kind.keepsEmpty && isRecord(value));
  return {
    ...Object.fromEntries(empty.map(([key]) => [key, {}])),
    ...compact(Object.fromEntries(rest)),
    ...Object.fromEntries(json),
  };
}

const controlsOf = (values: Values): Values =>
  Object.fromEntries(controls.flatMap((key) => (values[key] == null ? [] : [[key, values[key]]])));

export const nameOf = (values: Values): string =>
  typeof values.__pulumiName === "string" ? values.__pulumiName : "";

const accountOf = (values: Values): string | undefined =>
  typeof values.accountSid === "string" ? values.accountSid : undefined;

/** What goes with an object besides its own arguments. */
export const companions = (session: Session, values: Values): Values => ({
  ...controlsOf(values),
  ...(nameOf(values) && { __pulumiName: nameOf(values) }),
  ...(typeof values.__at === "string" && { __at: values.__at }),
  accountSid: session.account,
});

/** The check that needs no API: arguments, credentials, account. */
export function checkOffline(kind: Kind, session: Session, was: Values, given: Values): Checked {
  // What the program says for the check alone is not kept.
  const hidden = Object.entries(given).filter(
    ([key]) => key.startsWith("__") && !forCheckAlone.includes(key),
  );
  const rest = Object.entries(given).filter(([key]) => !key.startsWith("__"));
  const args = blanksOut(kind, Object.fromEntries(rest));
  const problems = problemsOf(kind.schema, args, kind.rules, kind.notArguments);
  const inputs = toValues({ ...normalised(kind.schema, args), ...Object.fromEntries(hidden) });
  try {
    inputs.accountSid = session.account;
    problems.push(...wrongAccount(session, was));
  } catch (error) {
    problems.push(messageOf(error));
  }
  return { inputs, problems };
}

const forCheckAlone = ["__isThere", "__isInState", "__namesakes"];

function wrongAccount(session: Session, values: Values): Problem[] {
  const stored = accountOf(values);
  return stored === undefined || stored === session.account
    ? []
    : [
        `this object lives in ${stored}; the credentials are for ${session.account}. Use the credentials of ${stored}`,
      ];
}

/** Before any request: another account's 404 must not pass for "gone". */
export function guardAccount(session: Session, values: Values): void {
  const [problem] = wrongAccount(session, values);
  if (problem) throw new Refusal(problem);
}

export function changedCreateOnly(kind: Kind, was: Args, now: Args): string[] {
  const given = (args: Args, key: string) => args[key] ?? kind.defaults[key];
  return kind.createOnly.filter(
    (key) => containsUnknown(now[key]) || !same(given(was, key), given(now, key)),
  );
}

/** How the run knows an object. */
export const claimOf = (session: Session, id: string): string => `${session.account} ${id}`;

/** How the run knows a resource. */
export const resourceKey = (session: Session, kind: Kind, values: Values): string =>
  JSON.stringify([session.account, kind.label, values.__at ?? "", nameOf(values)]);

/** Notes what the program knows by the last state: objects of other resources, which no create may take for what was lost. */
export function noteNamesakes(session: Session, kind: Kind, { __namesakes, ...inputs }: Values): void {
  if (!isRecord(__namesakes)) return;
  const { declared, others, unknown } = __namesakes;
  const { run } = session;
  for (const claim of Array.isArray(declared) ? declared : []) run.owned.add(String(claim));
  for (const claim of Array.isArray(others) ? others : []) run.undeclared.add(String(claim));
  if (Number(unknown) > 0) run.withUnknownNamesakes.add(resourceKey(session, kind, inputs));
}

export const sameControls = (was: Values, now: Values): boolean => same(controlsOf(was), controlsOf(now));

/** `the Flex Flow "support" (FO…)` */
export const titled = (kind: Kind, values: Values, id?: string): string =>
  `the ${kind.label}${nameOf(values) ? ` "${nameOf(values)}"` : ""}${id ? ` (${sidIn(id)})` : ""}`;

/** Runs a step; where it fails, the error says which step of which object, and keeps no secret. */
export async function step<Result>(
  session: Session,
  doing: string,
  run: () => Promise<Result>,
): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof HalfMade) {
      throw new HalfMade(session.redact(`${doing}: ${error.message}`), error.id, error.state);
    }
    const text = session.redact(`${doing}: ${messageOf(error)}`);
    throw error instanceof ApiError
      ? new ApiError(text, error.status, error.code, error.details)
      : new Refusal(text);
  }
}

/** The SID in an id, which also names the parent of what lives in another object. */
export const sidIn = (id: string): string => id.slice(id.lastIndexOf("/") + 1);

/** The parent in the id of what lives in another object. */
export function parentIn(id: string): string {
  const [parent, sid] = id.split("/");
  if (parent && sid) return parent;
  throw new Refusal(
    `${id}: this kind of object has an id of two SIDs, that of what it is in and its own: "…/${id}"`,
  );
}

export const didNotTake = (keys: string[]): string =>
  `Twilio accepted the request but did not take over ${keys.join(", ")}; the object keeps other values there`;

/** The same error, with more of what a person can do. */
export const withHint = (error: ApiError, ...hints: string[]): ApiError =>
  new ApiError([error.message, ...hints].join(". "), error.status, error.code, error.details);

/** An object that somebody deleted is missing in the state only after a refresh. */
export function mentionRefresh(error: unknown): never {
  if (!(error instanceof ApiError) || !error.gone) throw error;
  throw withHint(error, "Where it was deleted by hand, run pulumi refresh; the next up creates it again");
}
