import type { Twilio } from "twilio";
import type { Values } from "../values/values";
import type { Run } from "./run";

/** One account, with its settings. */
export interface AccountSession {
  /** The account of the credentials. Throws a refusal where there are none, or half of them. */
  readonly account: string;
  /** Whether a preview may ask the API. */
  readonly online: boolean;
  /** Whether the credentials are an API key instead of the account's auth token. */
  readonly isApiKey: boolean;
  /** Whether creates may take objects that a killed run of this stack left behind. */
  readonly recover: boolean;
  /** For requests that may be repeated: after 429, 5xx and dropped connections. */
  readonly api: Twilio;
  /** For requests that must not be carried out twice: repeated after 429 only. */
  readonly once: Twilio;
  /** A moment of this process by the server's clock. */
  readonly serverTime: (moment: Date) => Date;
  /** Takes credentials out of a text. */
  readonly redact: (text: string) => string;
  readonly warn: (text: string) => void;
  /** Progress of what takes long. */
  readonly say: (text: string) => void;
}

/** What a life cycle may use of the world. */
export interface Session extends AccountSession {
  /** What this run of the provider process has done so far. */
  readonly run: Run;
  /** What earlier runs have begun to create for this resource, and the state does not have. */
  readonly cutOff?: CutOff | undefined;
  /** What is written down beside the state of this resource, in case the run is cut off. */
  readonly notes?: Notes;
}

/** What a write changes, and what was there before this stack changed it. */
export interface Taken {
  /** What tells, facet by facet or parameter by parameter, whether they are as they were written. */
  readonly set: Values;
  readonly previous: Values;
  /** Of an object: what its state has once it has this write. */
  readonly token?: string;
}

interface Notes {
  /** Notes it before the write. */
  take(id: string, taken: Taken): void;
  /** What runs that were cut off have noted of this object. */
  taken(id: string): readonly Taken[];
}

/** Creates of a resource that were cut off. */
interface CutOff {
  /** `at` is in milliseconds by this machine's clock. The id is there where an answer came. */
  readonly creates: readonly { readonly at: number; readonly id?: string }[];
  /** Whether it is known which create has made this object. */
  readonly isAccountedFor: (id: string) => boolean;
}

export interface Checked {
  readonly inputs: Values;
  readonly problems: string[];
}

export interface Difference {
  readonly changes: boolean;
  readonly replaces: string[];
  /** The state is of a create of which nobody knows what became: no input has to differ, and there may be nothing to delete. */
  readonly isDoubtful?: boolean;
  /** Nobody knows whether an earlier update was carried out: no input has to differ. */
  readonly isOpen?: boolean;
}

/** An object as the engine keeps it. */
export interface Kept {
  readonly id: string;
  readonly state: Values;
}

export interface Seen extends Kept {
  /** The arguments that would declare what is there now. */
  readonly inputs: Values;
}

/**
 * The life of one kind of resource over plain values. Knows no engine: a host translates, see `hosts/`.
 * `state` is what create, read and update gave back last; `inputs` are arguments that `check` has normalised.
 */
export interface Life {
  check(session: Session, was: Values, given: Values): Promise<Checked>;
  diff(session: Session, id: string, state: Values, inputs: Values): Difference;
  create(session: Session, inputs: Values): Promise<Kept>;
  /** Undefined when the object is gone. `state` holds arguments only when the object was never read before. */
  read(session: Session, id: string, state: Values): Promise<Seen | undefined>;
  update(session: Session, id: string, state: Values, inputs: Values): Promise<Kept>;
  delete(session: Session, id: string, state: Values): Promise<void>;
  /** Whether a state has what was noted before a write. */
  isKept(state: Values, taken: Pick<Taken, "set" | "token">): boolean;
}
