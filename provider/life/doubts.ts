import { randomUUID } from "node:crypto";
import { HalfMade, messageOf, Refusal, unlessGone } from "../values/errors";
import { type Args, isRecord, pick, same, toValues, type Values, type Wire } from "../values/values";
import type { Doubtful } from "./creation";
import type { Deletion } from "./deletion";
import type { Existing } from "./existing";
import { companions, nameOf, resourceKey, titled } from "./frame";
import type { Kept, Session } from "./life";
import type { Model } from "./model";
import { fresh, type ObjectState } from "./objectState";
import type { Run } from "./run";
import { differing } from "./wire";

/** A create in doubt that the program still declares, and what became of it, once that is known. */
interface Expected<Answer> {
  readonly id: string;
  readonly state: Values;
  outcome?: { readonly found: Answer | undefined };
  isSaid?: boolean;
}

/**
 * Creates of which nobody knows what became. The engine keeps such a one like an object, under an id that says so. It is looked
 * for before anything else is done with it: a refresh then gives it its true id. `up` cannot do that, so it replaces the
 * doubtful one; the deletion only looks, and the create takes what was found, or makes it.
 */
export class Doubts<A, Params extends object, Answer> {
  readonly #expected = new WeakMap<Run, Map<string, Expected<Answer>>>();

  constructor(
    private readonly model: Model<A, Params, Answer>,
    private readonly existing: Existing<A, Params, Answer>,
    private readonly states: ObjectState<A, Params, Answer>,
    private readonly deletion: Deletion<A, Params, Answer>,
  ) {}

  /** What the engine keeps of such a create. What was sent is known from the arguments, but for what was chosen. */
  kept(session: Session, inputs: Values, args: Args, { message, since, sent }: Doubtful): HalfMade {
    const declared = this.#sent(inputs, args);
    const chosen = pick(sent, differing(sent, declared));
    const state = {
      ...companions(session, inputs),
      ...this.model.outputs(args, {}),
      adopted: false,
      __doubt: { since: since.toISOString(), chosen, token: randomUUID() },
    };
    return new HalfMade(message, `in-doubt-since-${since.toISOString()}`, toValues(state));
  }

  /** Notes that the program still declares it, so that what is found is not deleted. */
  expect(session: Session, id: string, state: Values, inputs: Values): void {
    const all = this.#expected.get(session.run) ?? new Map<string, Expected<Answer>>();
    this.#expected.set(session.run, all);
    const key = this.#key(session, inputs);
    const known = all.get(key);
    if (known === undefined || tokenIn(known.state) !== tokenIn(state)) all.set(key, { id, state });
    this.warn(session, inputs);
  }

  isExpected(session: Session, inputs: Values): boolean {
    return this.#of(session, inputs) !== undefined;
  }

  /** Says once a run what is about to be done, also where the engine then refuses a replacement. */
  warn(session: Session, inputs: Values): void {
    const expected = this.#of(session, inputs);
    if (expected === undefined || expected.isSaid) return;
    expected.isSaid = true;
    session.warn(`${titled(this.model.kind, inputs)}: ${whatUpDoes}`);
  }

  /** What an earlier create has made after all, as long as it can become as declared. Where nobody can tell, the doubt stays. */
  async take(session: Session, inputs: Values, args: Args): Promise<Kept | undefined> {
    const expected = this.#of(session, inputs);
    if (expected === undefined) return undefined;
    try {
      const found = (await this.#settle(session, expected)) ?? (await this.#asNow(session, expected, inputs));
      if (found === undefined) return undefined;
      const made = this.found(session, expected.state, found);
      if (this.model.replacing(made.id, made.state, args).length === 0) return made;
      await this.deletion.run(session, made.id, made.state);
      return undefined;
    } catch (error) {
      const state = { ...expected.state, ...companions(session, inputs) };
      throw new HalfMade(messageOf(error), expected.id, toValues(state));
    }
  }

  /** Another object is taken in its place. */
  drop(session: Session, inputs: Values): void {
    const expected = this.#of(session, inputs);
    if (expected) expected.outcome ??= { found: undefined };
  }

  /** Deletes what was made, unless the program still declares it: then it is only looked for. */
  async delete(session: Session, state: Values): Promise<void> {
    const all = [...(this.#expected.get(session.run)?.values() ?? [])];
    const expected = all.find((one) => tokenIn(one.state) === tokenIn(state));
    if (expected) {
      await this.#settle(session, expected);
      return;
    }
    const found = await this.look(session, state);
    if (found !== undefined) await this.deletion.run(session, this.model.id(found), state);
  }

  /** The object that was made, if there is one. Several are an error. */
  async look(session: Session, state: Values): Promise<Answer | undefined> {
    const { since, chosen } = doubtIn(state) ?? {};
    const args = this.#args(state);
    const sent = { ...this.#sent(state, args), ...(isRecord(chosen) ? chosen : {}) };
    return unlessGone(this.existing.since(session, args, sent, () => new Date(String(since))));
  }

  /** The state of what was found, as if its create had been answered. */
  found(session: Session, state: Values, answer: Answer): Kept {
    return this.states.of(session, state, this.#args(state), answer, fresh);
  }

  /** A run that was cut off may have brought it to what is declared now. */
  async #asNow(session: Session, { state }: Expected<Answer>, inputs: Values): Promise<Answer | undefined> {
    const isChanged = !same(this.#args(state), this.#args(inputs));
    return isChanged ? this.look(session, { ...inputs, __doubt: state.__doubt ?? null }) : undefined;
  }

  async #settle(session: Session, expected: Expected<Answer>): Promise<Answer | undefined> {
    expected.outcome ??= { found: await this.look(session, expected.state) };
    return expected.outcome.found;
  }

  #args(state: Values): Args {
    return this.model.declared(state);
  }

  #sent(values: Values, args: Args): Wire {
    const { onCreate, createTakes } = this.model.definition;
    const wire: Wire = { ...onCreate?.(nameOf(values)), ...this.model.wire(args) };
    return createTakes ? pick(wire, createTakes) : wire;
  }

  #of(session: Session, inputs: Values): Expected<Answer> | undefined {
    return this.#expected.get(session.run)?.get(this.#key(session, inputs));
  }

  #key(session: Session, values: Values): string {
    return resourceKey(session, this.model.kind, values);
  }
}

const whatUpDoes =
  "nobody knows whether an earlier run has made it; up looks for it, takes what it finds, and creates it only where it is not there. Where it is protected, Pulumi refuses that: run pulumi refresh first, which gives it its id";

const doubtIn = ({ __doubt }: Values) => (isRecord(__doubt) ? __doubt : undefined);

const tokenIn = (state: Values): unknown => doubtIn(state)?.token;

export const isDoubtful = (state: Values): boolean => doubtIn(state) !== undefined;

/** Only a create or a refresh can give it the id of what was made. */
export const refuseUpdate = (): never => {
  throw new Refusal("nobody knows whether it was made; run pulumi refresh, which looks for it, and then up");
};
