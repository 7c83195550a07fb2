import { randomUUID } from "node:crypto";
import { HalfMade, mayBeDone, messageOf } from "../values/errors";
import {
  type Args,
  containsUnknown,
  isRecord,
  isUnknown,
  omit,
  same,
  toValues,
  type Values,
  type Wire,
} from "../values/values";
import type { Existing } from "./existing";
import { forgotten } from "./facetLooks";
import { claimOf, mentionRefresh, nameOf, sidIn, step, titled } from "./frame";
import { GiveBack, type Memory, memoryIn } from "./giveBack";
import type { Kept, Session } from "./life";
import type { Model } from "./model";
import type { ObjectState, Origin } from "./objectState";
import { either, listed, signsOf } from "./signs";

/** The life of an object that was there before: taken over, never replaced, and given back on destroy. */
export class Adoption<A, Params extends object, Answer> {
  readonly #giveBack: GiveBack<A, Params, Answer>;

  constructor(
    private readonly model: Model<A, Params, Answer>,
    private readonly existing: Existing<A, Params, Answer>,
    private readonly states: ObjectState<A, Params, Answer>,
  ) {
    this.#giveBack = new GiveBack(model);
  }

  /** Says in preview what an adoption changes, as far as the arguments are known. */
  async announce(session: Session, inputs: Values, args: Args): Promise<"nothing there" | undefined> {
    const isByName = typeof inputs.adopt !== "string" || inputs.adopt === "ifThere";
    const isNamed =
      this.model.keys(args).length > 0 || (inputs.adopt === "ifThere" && !isUnknown(inputs.friendlyName));
    if (isByName && !isNamed) return undefined;
    const uncertain = Object.keys(args).filter((key) => containsUnknown(args[key]));
    const found = await this.existing.adoptable(session, inputs, omit(args, uncertain), "seen");
    if (found === undefined) return "nothing there";
    const changes = this.existing.adoptionChanges(found, args);
    const open = Object.keys(changes).filter((key) => containsUnknown(changes[key]));
    const keys = Object.keys(omit(changes, open));
    const what = keys.length > 0 ? `changes ${keys.join(", ")}` : "changes nothing in it";
    const later = [...Object.keys(inputs).filter((key) => isUnknown(inputs[key])), ...open];
    const rest = later.length > 0 ? `, as far as it is known; not known yet: ${later.join(", ")}` : "";
    session.warn(`adopting ${titled(this.model.kind, inputs, this.model.id(found))} ${what}${rest}`);
    return undefined;
  }

  /** Notes what the program declares: a forced replacement deletes what it then declares anew. */
  note(session: Session, inputs: Values, args: Args): void {
    session.run.declared.push({
      resource: this.#resource(session, inputs),
      adopt: sidGiven(inputs.adopt),
      naturalKey: this.model.keys(args).join(" "),
    });
  }

  /** Undefined where nothing is to be adopted. */
  async create(session: Session, inputs: Values, args: Args): Promise<Kept | undefined> {
    const released = session.run.handedOver.get(this.#resource(session, inputs));
    const isSame = released && [undefined, sidIn(released.id)].includes(sidGiven(inputs.adopt));
    const adopt = isSame ? sidIn(released.id) : inputs.adopt;
    if (!adopt) return undefined;
    return step(session, `adopting ${titled(this.model.kind, inputs)}`, async () => {
      const found = await this.existing.adoptable(session, { ...inputs, adopt }, args);
      if (found === undefined) return undefined;
      const before = this.#inherited(inputs, this.model.id(found));
      if (before?.adopted === false && adopt === "ifThere") return this.#keep(session, inputs, args, found);
      const memory = memoryIn((isSame ? released.state : before) ?? {});
      return this.#take(session, inputs, args, found, this.#withNotes(session, inputs, found, memory));
    });
  }

  /** What this stack has made stays its own under another resource. */
  async #keep(session: Session, inputs: Values, args: Args, found: Answer): Promise<Kept> {
    const changed = this.existing.adoptionChanges(found, args);
    const origin = { ...this.claim(session, found, false), __target: this.model.id(found) };
    const kept = this.states.of(session, inputs, args, found, origin);
    if (Object.keys(changed).length === 0) return kept;
    try {
      const answer = await this.model.writeInPlace(session, kept.id, changed, args);
      return this.states.proved(session, inputs, args, changed, answer, origin);
    } catch (error) {
      throw error instanceof HalfMade ? error : new HalfMade(messageOf(error), kept.id, kept.state);
    }
  }

  async #take(session: Session, inputs: Values, args: Args, found: Answer, memory: Memory): Promise<Kept> {
    const changed = this.existing.adoptionChanges(found, args);
    const declared = this.model.wire(args);
    const remembered = this.#giveBack.wrote(
      this.#remembered(memory, changed, declared, found),
      declared,
      found,
    );
    const origin = { ...this.claim(session, found, true), ...remembered, __target: this.model.id(found) };
    const { id, state } = this.states.of(session, inputs, args, found, origin);
    if (Object.keys(changed).length === 0) return { id, state };
    try {
      const isAsBefore = (answer: Answer) => same(this.model.liveWire(answer), this.model.liveWire(found));
      return await this.#write(session, id, inputs, args, changed, origin, state, isAsBefore);
    } catch (error) {
      if (!(error instanceof HalfMade)) session.run.holders.delete(claimOf(session, id));
      throw error;
    }
  }

  async update(
    session: Session,
    id: string,
    state: Values,
    inputs: Values,
    args: Args,
    changed: Wire,
    origin: Origin,
  ): Promise<Kept> {
    const memory = memoryIn(state);
    const declared = this.model.wire(args);
    const isKnown = this.#giveBack.fresh(memory, changed, declared).length === 0;
    const remembered = isKnown
      ? memory
      : this.#remembered(memory, changed, declared, await this.model.definition.read(session.api, id));
    const isAsBefore = (answer: Answer) => this.states.isAsBefore(state, answer, changed);
    return this.#write(session, id, inputs, args, changed, { ...origin, ...remembered }, state, isAsBefore);
  }

  /** The memory with what runs that were cut off have noted: what they have written was not there before. */
  #withNotes(session: Session, inputs: Values, found: Answer, { previous, __wrote }: Memory): Memory {
    const taken = session.notes?.taken(this.model.id(found)) ?? [];
    const sent: Values = taken.reduce((all, one) => either(all, one.set), {});
    const live = this.model.liveWire(found);
    const ours = Object.keys(sent).filter((key) =>
      listed(sent[key]).some((sign) => this.states.holds(live, key, sign)),
    );
    if (ours.length === 0) return { previous, __wrote };
    const theirs = Object.keys(sent).filter((key) => !ours.includes(key));
    const noted = toValues(omit(Object.assign({}, ...taken.map((one) => one.previous)), theirs));
    for (const key of ours.filter((one) => !(one in noted) && !(one in previous)))
      session.warn(`${titled(this.model.kind, inputs)}: ${forgotten(key)}`);
    return { previous: { ...noted, ...previous }, __wrote: { ...signsOf(live, ours), ...__wrote } };
  }

  /** What is remembered after a change of the declaration that is none to Twilio. */
  declares(origin: Origin, args: Args): Origin {
    if (!origin.adopted) return origin;
    return { ...origin, ...this.#giveBack.declares(memoryIn(toValues(origin)), this.model.wire(args)) };
  }

  /** Lets go of the object: of what destroy gives back, and of what a forced replacement is about to take again. */
  async release(session: Session, id: string, state: Values): Promise<void> {
    if (state.onDelete === "keep") return;
    const doing = `giving back ${titled(this.model.kind, state, id)}`;
    await step(session, doing, () => this.#giveBack.run(session, id, state));
  }

  /** Whether the program still declares this very object; its create then finds what is handed over here. */
  handOver(session: Session, id: string, state: Values): boolean {
    const resource = this.#resource(session, state);
    const key = this.model.keys(this.model.declared(state)).join(" ");
    const isDeclared = session.run.declared.some(
      (other) =>
        other.resource === resource &&
        (other.adopt === undefined ? other.naturalKey === key : other.adopt === sidIn(id)),
    );
    if (isDeclared) session.run.handedOver.set(resource, { id, state });
    return isDeclared;
  }

  /** Takes over an object that was there before, so that the resource which held it lets go of it. */
  claim(session: Session, answer: Answer, adopted: boolean): Origin {
    const origin = { adopted, __claim: randomUUID() };
    session.run.holders.set(claimOf(session, this.model.id(answer)), origin.__claim);
    return origin;
  }

  /** Where the answer is lost, what was there before is not forgotten. */
  async #write(
    session: Session,
    id: string,
    inputs: Values,
    args: Args,
    changed: Wire,
    origin: Origin,
    state: Values,
    isAsBefore: (answer: Answer) => boolean,
  ): Promise<Kept> {
    const memory = memoryIn(toValues(origin));
    const noted = this.states.note(session, id, changed, memory.previous);
    try {
      const answer = await this.model.writeInPlace(session, id, changed, args);
      const wrote = this.#giveBack.wrote(memory, this.model.wire(args), answer);
      const written = { ...origin, ...wrote, ...noted };
      return this.states.proved(session, inputs, args, changed, answer, written);
    } catch (error) {
      if (!(await mayBeDone(error, () => this.model.definition.read(session.api, id), isAsBefore)))
        return mentionRefresh(error);
      throw new HalfMade(messageOf(error), id, {
        ...state,
        ...origin,
        ...this.#giveBack.sent(memory, changed),
      });
    }
  }

  #remembered(memory: Memory, changed: Wire, declared: Wire, found: Answer): Memory {
    const keys = this.#giveBack.fresh(memory, changed, declared);
    return this.#giveBack.remember(memory, keys, this.model.liveWire(found));
  }

  /** The state of another resource of the stack that has the object, in whose place this one has come. */
  #inherited(inputs: Values, id: string): Values | undefined {
    const states = Array.isArray(inputs.__inherited) ? inputs.__inherited : [];
    return states
      .map((state) => (isRecord(state) ? toValues(state) : {}))
      .find((state) => state.__target === id);
  }

  #resource(session: Session, values: Values): string {
    return [session.account, this.model.kind.label, nameOf(values)].join("/");
  }
}

const sidGiven = (adopt: unknown): string | undefined =>
  typeof adopt === "string" && adopt !== "ifThere" ? sidIn(adopt) : undefined;
