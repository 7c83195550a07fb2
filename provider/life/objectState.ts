import { randomUUID } from "node:crypto";
import { HalfMade, mayBeDone, messageOf } from "../values/errors";
import {
  type Args,
  isBlank,
  pick,
  same,
  toValues,
  type Value,
  type Values,
  type Wire,
} from "../values/values";
import { claimOf, companions, didNotTake, mentionRefresh } from "./frame";
import { type Memory, memoryIn } from "./giveBack";
import type { Kept, Session } from "./life";
import type { Model } from "./model";
import { either, listed, signOf, signsOf } from "./signs";
import { baselineOf, defaultsOf, observed } from "./wire";

/** How an object came to be the program's own. */
export type Origin = {
  readonly adopted: boolean;
  readonly __claim?: string;
  /** The id of an adopted object, for another resource that comes in the place of this one. */
  readonly __target?: string;
  /** The last write, as it is noted beside the state. */
  readonly __write?: string;
} & Partial<Memory>;

export const fresh: Origin = { adopted: false };

export const originOf = (state: Values): Origin => ({
  adopted: state.adopted === true,
  ...(typeof state.__claim === "string" && { __claim: state.__claim }),
  ...(typeof state.__target === "string" && { __target: state.__target }),
  ...(state.adopted === true && memoryIn(state)),
});

/** What the engine keeps of an object after a write. */
export class ObjectState<A, Params extends object, Answer> {
  constructor(private readonly model: Model<A, Params, Answer>) {}

  /** The state with what runs that were cut off have written since. */
  withNotes(session: Session, id: string, state: Values): Values {
    const taken = session.notes?.taken(id) ?? [];
    if (taken.length === 0) return state;
    const sent: Values = taken.reduce((all, one) => either(all, one.set), {});
    const there = this.model.wire(this.model.args(state));
    const keys = Object.keys(sent).filter(
      (key) => !listed(sent[key]).every((sign) => this.holds(there, key, sign)),
    );
    if (state.adopted !== true)
      return { ...state, __open: [...new Set([...this.model.open(state), ...keys])] };
    const { previous, __wrote } = memoryIn(state);
    const remembered = Object.assign({}, ...taken.map((one) => one.previous), previous);
    const before = { ...signsOf(there, keys), ...__wrote };
    return { ...state, previous: remembered, __wrote: either(before, toValues(pick(sent, keys))) };
  }

  /** Whether parameters hold what a sign stands for. What is at rest may be left out of them. */
  holds(wire: Wire, key: string, sign: Value): boolean {
    const resting: Wire = { none: null, empty: "", rest: defaultsOf(this.model.mapping)[key] };
    const isAtRest = isBlank(wire[key]) && Object.keys(resting).some((one) => signOf(resting, one) === sign);
    return isAtRest || signOf(wire, key) === sign;
  }

  /** Writes down a write that is about to be sent, in case the run is cut off. Answers with what says in the state that it has it. */
  note(session: Session, id: string, changed: Wire, previous: Values): { __write?: string } {
    if (session.notes === undefined) return {};
    const token = randomUUID();
    session.notes.take(id, { set: signsOf(changed, Object.keys(changed)), previous, token });
    return { __write: token };
  }

  /** What the engine keeps after an update that failed. It may have been carried out: then the next one sends all of it again. */
  async failed(
    session: Session,
    id: string,
    state: Values,
    inputs: Values,
    changed: Wire,
    error: unknown,
  ): Promise<never> {
    const read = () => this.model.definition.read(session.api, id);
    if (!(await mayBeDone(error, read, (answer) => this.isAsBefore(state, answer, changed))))
      return mentionRefresh(error);
    const __open = [...new Set([...this.model.open(state), ...Object.keys(changed)])];
    throw new HalfMade(messageOf(error), id, { ...state, ...companions(session, inputs), __open });
  }

  /** Whether what an update was to change is still as the state has it. */
  isAsBefore(state: Values, answer: Answer, changed: Wire): boolean {
    const keys = Object.keys(changed);
    const signs = [this.model.wire(this.model.args(state)), this.model.liveWire(answer)];
    const [before, now] = signs.map((wire) => signsOf(wire, keys));
    return this.model.open(state).length === 0 && same(before, now);
  }

  of(session: Session, inputs: Values, args: Args, answer: Answer, origin: Origin): Kept {
    const live = this.model.live(answer);
    const baseline = baselineOf(this.model.mapping, this.model.wire(args), this.model.wire(live));
    const declared = { ...observed(this.model.mapping, args, live, baseline), ...this.model.unseen(args) };
    const state = {
      ...companions(session, inputs),
      ...this.model.outputs(declared, live),
      ...this.model.computed(answer),
      ...origin,
      baseline,
    };
    const id = this.model.id(answer);
    session.run.looks.note(id);
    session.run.owned.add(claimOf(session, id));
    return { id, state: toValues(state) };
  }

  /** The same, once the answer shows all that was sent. */
  proved(session: Session, inputs: Values, args: Args, sent: Wire, answer: Answer, origin: Origin): Kept {
    const kept = this.of(session, inputs, args, answer, origin);
    const missing = this.model.missing(sent, answer);
    if (missing.length > 0) throw new HalfMade(didNotTake(missing), kept.id, kept.state);
    return kept;
  }
}
