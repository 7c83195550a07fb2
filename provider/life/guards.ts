import type { Twilio } from "twilio";
import type { Controlling, Declared } from "../values/args";
import { unlessGone } from "../values/errors";
import type { Values } from "../values/values";

/** What a program declares, and what it declared before. */
export interface Declaration<Args> {
  readonly args: Declared<Args>;
  /** Undefined for a new object. */
  readonly was: Declared<Args> | undefined;
  /** Changed arguments that only a new object can take. */
  readonly replacing: readonly string[];
  /** The control arguments among others. */
  readonly inputs: Values;
  /** Whether the credentials are an API key instead of the account's auth token. */
  readonly isApiKey: boolean;
}

/** An object that is to be deleted. */
interface ToDelete {
  readonly id: string;
  readonly state: Values;
  /** Whether the program lets data be lost, in the state or in the declaration that replaces the object. */
  readonly mayLose: boolean;
}

/** Why an object is not deleted: as an error, or as a warning with which destroy goes on. */
type Spared = { readonly refused: string } | { readonly left: string } | undefined;

/**
 * A condition that a class puts on the life of its objects. Each function is asked at one moment and answers with
 * what a person has to know, or with undefined.
 */
export interface Guard<Args, Answer = unknown> {
  /** In preview, without a request: why the declaration is refused. Values may not be known yet. */
  readonly check?: (declaration: Declaration<Args>) => string | undefined;
  /** In preview, without a request: what to warn of though it works. */
  readonly caution?: (declaration: Declaration<Args>) => string | undefined;
  /** In preview, where the API may be asked: throws what the API refuses. */
  readonly inspect?: (twilio: Twilio, declaration: Declaration<Args>) => Promise<void>;
  /** Before an adoption that lets destroy delete the object: why it must not. */
  readonly adopt?: (twilio: Twilio, id: string) => Promise<string | undefined>;
  /** Before the object is deleted. */
  readonly delete?: (twilio: Twilio, object: ToDelete) => Promise<Spared> | Spared;
  /** After a write and in a refresh: what to warn of though nothing is to be done. */
  readonly seen?: (answer: Answer, args: Declared<Args>) => string | undefined;
}

/** Only the account's auth token may do this, no API key. */
export const authTokenOnly = (label: string): Guard<unknown> => ({
  check: ({ isApiKey }) =>
    isApiKey
      ? `a ${label} needs twilio:accountSid with twilio:authToken; Twilio does not let an API key do this`
      : undefined,
});

/** A change that replaces the object loses what is in it: refused unless `deleteData: true`. */
export const replacingLoses = (why: string): Guard<unknown> => ({
  check: ({ replacing, inputs, was }) =>
    was && replacing.length > 0 && inputs.deleteData !== true
      ? `${replacing.join(", ")}: ${why}; to replace it all the same, set deleteData: true`
      : undefined,
});

/** Deleting an object that holds customers' data needs `deleteData: true`. `held` says in words what it holds. */
export const holding = (
  held: (twilio: Twilio, id: string) => Promise<string | undefined>,
): Guard<unknown> => ({
  delete: async (twilio, { id, mayLose }) => {
    const what = mayLose ? undefined : await unlessGone(held(twilio, id));
    return what === undefined
      ? undefined
      : {
          refused: `it holds ${what}, which would be lost. To delete it all the same, first set deleteData: true and run up`,
        };
  },
});

/** Some of these objects are never deleted; `reason` says in words why this one is not. */
export const neverDeleting = (
  reason: (twilio: Twilio, id: string) => Promise<string | undefined>,
): Guard<unknown> => {
  const why = async (twilio: Twilio, id: string) => {
    const found = await reason(twilio, id);
    return found && `${found}, and is never deleted`;
  };
  return {
    adopt: why,
    delete: async (twilio, { id }) => {
      const found = await why(twilio, id);
      return found
        ? {
            refused: `${found}. Where it was adopted, take deleteAdopted away and run up; else let the stack forget it with pulumi state delete`,
          }
        : undefined;
    },
  };
};

/** Without this control argument, destroy leaves the object as it is, with this warning. */
export const leftUnless = (control: Controlling, warning: string): Guard<unknown> => ({
  delete: (_, { state }) => (state[control] === true ? undefined : { left: warning }),
});
